internal import Dispatch
public import Events

/// Records blocks on a thread of its own while the caller prepares the next one.
///
/// The server needs longer for a block than the client for reading, checking and hashing it; side
/// by side, a long import takes the longer of the two instead of their sum. One block is on its
/// way at most, so memory stays bounded. One thread submits and collects; the writer is the
/// queue's alone, and the semaphore hands the answers over.
public final class LogPipeline: @unchecked Sendable {
  /// Only the queue touches it.
  private let writer: LogWriter
  private let preparer: DraftPreparer
  private let queue = DispatchQueue(label: "varde.log")
  private let done = DispatchSemaphore(value: 0)
  /// Written on the queue before `done` is signalled, read after waiting for it.
  private var result: Result<[RecordedOutcome], any Error> = .success([])
  private var isUnderWay = false

  public init(_ writer: LogWriter) {
    self.writer = writer
    preparer = writer.preparer
  }

  /// Prepares a block while the one before is still under way, waits for that one, and sends this
  /// one on its way.
  /// - Returns: the answers to the block before, in the order of its drafts; empty if there was
  ///   none.
  public func submit(_ drafts: [EventDraft]) throws -> [RecordedOutcome] {
    let prepared = preparer.prepare(drafts)
    let answers = try collect()
    isUnderWay = true
    queue.async { [self] in
      result = Result { try writer.record(prepared) }
      done.signal()
    }
    return answers
  }

  /// Waits for the block under way; its answers, empty if there is none.
  public func collect() throws -> [RecordedOutcome] {
    guard isUnderWay else { return [] }
    done.wait()
    isUnderWay = false
    return try result.get()
  }

  deinit {
    // The session must not go while the queue still uses it.
    if isUnderWay { done.wait() }
  }
}
