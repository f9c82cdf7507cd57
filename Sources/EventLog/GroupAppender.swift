internal import Dispatch
public import Events
internal import FoundationEssentials
internal import Glibc
internal import Postgres
internal import Synchronization

/// Lets many waiting callers of one institution share blocks and commits.
///
/// The log's lock is held until the commit is on disk, so callers that append one by one wait for
/// each other's disk. Here, while one block is on its way, the drafts of all who come meanwhile
/// gather, and the next block takes them together: the order stays gapless, and a commit serves
/// everybody who waited for it.
public final class GroupAppender: Sendable {
  private struct Waiting: Sendable {
    let drafts: [EventDraft]
    let answer: CheckedContinuation<ClosedRange<Int64>, any Error>
  }

  private struct State {
    var waiting: [Waiting] = []
    var isUnderWay = false
  }

  /// A session belongs to one thread at a time; only the queue touches it.
  private struct Appender: @unchecked Sendable {
    let appender: LogAppender
  }

  private let state = Mutex(State())
  private let appender: Appender
  private let queue = DispatchQueue(label: "varde.log.group")

  /// - Parameter appender: this object's alone from now on, with its session.
  public init(_ appender: sending LogAppender) { self.appender = Appender(appender: appender) }

  /// Appends drafts, together with those of other callers; their positions, in order.
  ///
  /// A caller that loses the connection cannot know whether its drafts were appended; with a natural
  /// key in each it may simply try again.
  ///
  /// Where the block is refused, each caller's drafts are tried alone, so that nobody pays for
  /// another's mistake.
  public func append(_ drafts: [EventDraft]) async throws -> ClosedRange<Int64> {
    precondition(
      (1...LogWriter.blockLimit).contains(drafts.count), "a block is 1 to 5,000 events")
    return try await withCheckedThrowingContinuation { answer in
      let isFirst = state.withLock { state in
        state.waiting.append(Waiting(drafts: drafts, answer: answer))
        defer { state.isUnderWay = true }
        return !state.isUnderWay
      }
      if isFirst { queue.async { self.appendAll() } }
    }
  }

  /// How long, in steps of 20 µs, a block waits for the callers whom the one before has answered:
  /// they are on their way back, and a commit takes longer than that.
  private static let patience = 25

  /// Appends what has gathered, until nobody waits.
  private func appendAll() {
    var callers = 0
    while true {
      var step = 0
      while callers > 1, step < GroupAppender.patience,
        state.withLock({ $0.waiting.count }) < callers
      {
        usleep(20)
        step += 1
      }
      let group = state.withLock { state -> [Waiting] in
        var count = 0
        let fitting = state.waiting.prefix { waiting in
          count += waiting.drafts.count
          return count <= LogWriter.blockLimit
        }
        state.waiting.removeFirst(fitting.count)
        state.isUnderWay = !fitting.isEmpty
        return Array(fitting)
      }
      guard !group.isEmpty else { return }
      callers = group.count
      append(group)
    }
  }

  private func append(_ group: [Waiting]) {
    do {
      let block = try appender.appender.append(group.flatMap(\.drafts), key: UUID())
      var next = block.positions.lowerBound
      for waiting in group {
        let end = next + Int64(waiting.drafts.count) - 1
        waiting.answer.resume(returning: next...end)
        next = end + 1
      }
    } catch  where group.count == 1 || isConnectionFailure(error) {
      for waiting in group { waiting.answer.resume(throwing: error) }
    } catch {
      for waiting in group { append([waiting]) }
    }
  }

  private func isConnectionFailure(_ error: any Error) -> Bool {
    (error as? PostgresError)?.isConnectionFailure ?? false
  }
}
