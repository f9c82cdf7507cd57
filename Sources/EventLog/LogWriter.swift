public import Events
public import FoundationEssentials
public import Postgres

/// Records drafts in one institution's log: one run, one writer.
///
/// Each block is one transaction: lock the institution, number here, one binary COPY, seal. What
/// the log already holds under a draft's key is left out (unchanged) or superseded (corrected).
public final class LogWriter {
  /// Most events a block may hold.
  public static let blockLimit = 5_000

  let session: Session
  let institution: Int32
  private let run: UUID
  private let dryRun: Bool
  /// Hashes and encodes drafts; may do so on another thread.
  public let preparer: DraftPreparer
  private var chunk: Int64 = 0
  /// Positions this run has written: a key found in them came twice in one file.
  private var ownPositions: [ClosedRange<Int64>] = []
  /// Where nothing is written, the keys themselves must be remembered.
  private var dryKeys: [SourceKey: Int] = [:]
  /// The last position this run knows of; 0 before the first append.
  public private(set) var lastPosition: Int64 = 0

  /// - Parameters:
  ///   - run: id of this run; its blocks' append keys are made from it, so that the log itself
  ///     refuses a block that is sent twice.
  ///   - keySecret: the vault's secret for this institution's row keys.
  ///   - dryRun: answers the same and writes nothing.
  public init(
    session: Session, institution: Int32, run: UUID, keySecret: [UInt8], dryRun: Bool = false
  ) throws {
    self.session = session
    self.institution = institution
    self.run = run
    self.dryRun = dryRun
    preparer = DraftPreparer(
      institution: institution, keys: SourceKeyMaker(secret: keySecret), encodes: !dryRun)
  }

  /// Appends what is new or changed among at most `blockLimit` drafts; one answer per draft.
  public func record(_ drafts: [EventDraft]) throws -> [RecordedOutcome] {
    try record(preparer.prepare(drafts))
  }

  /// Appends what is new or changed among prepared drafts; one answer per draft.
  public func record(_ prepared: PreparedDrafts) throws -> [RecordedOutcome] {
    precondition(prepared.count <= LogWriter.blockLimit, "a block is 5,000 events")
    guard prepared.count > 0 else { return [] }
    chunk += 1
    guard !dryRun else { return remember(try outcomes(prepared), prepared) }
    return try retryingLostRaces {
      let (answers, written) = try session.transaction {
        let head = try lockHead()
        let answers = try outcomes(prepared)
        return (answers, try append(prepared, answers, after: head))
      }
      note(written)
      return answers
    }
  }

  /// Takes records back: one event each, naming the position that no longer holds.
  public func retract(_ retractions: [Retraction]) throws {
    precondition(retractions.count <= LogWriter.blockLimit, "a block is 5,000 events")
    guard !retractions.isEmpty, !dryRun else { return }
    chunk += 1
    try retryingLostRaces {
      let written = try session.transaction {
        let head = try lockHead()
        var rows = RowEncoder(institution: institution, reserving: retractions.count)
        for retraction in retractions {
          rows.add(retraction.draft, sourceKey: nil, supersedes: retraction.position)
        }
        return try send(&rows, Array(retractions.indices), after: head)
      }
      note(written)
    }
  }

  // MARK: - What is known already

  private func outcomes(_ prepared: PreparedDrafts) throws -> [RecordedOutcome] {
    let drafts = prepared.drafts
    let digests = prepared.keys
    let known = try newest(of: digests.compactMap { $0 })
    var seen: [SourceKey: Int] = [:]
    return drafts.indices.map { index in
      guard let digest = digests[index] else { return .new }
      if let earlier = seen[digest] {
        return same(drafts[earlier], drafts[index]) ? .duplicate : .conflicting
      }
      seen[digest] = index
      if let content = dryKeys[digest] {
        return content == fingerprint(drafts[index]) ? .duplicate : .conflicting
      }
      guard let stored = known[digest] else { return .new }
      let isOwn = ownPositions.contains { $0.contains(stored.position) }
      if stored.holds(drafts[index]) { return isOwn ? .duplicate : .unchanged }
      guard !isOwn else { return .conflicting }
      return .corrected(position: stored.position, before: stored.body ?? [])
    }
  }

  private func newest(of digests: [SourceKey]) throws -> [SourceKey: StoredRecord] {
    guard !digests.isEmpty else { return [:] }
    var known: [SourceKey: StoredRecord] = [:]
    let rows = try session.query(
      StoredRecord.newestQuery, [.int(Int64(institution)), .uuidArray(digests.map(\.uuid))])
    for row in rows {
      known[SourceKey(try row.uuid(0))] = try StoredRecord(row)
    }
    return known
  }

  private func same(_ left: EventDraft, _ right: EventDraft) -> Bool {
    left.type == right.type && left.occurredAt == right.occurredAt
      && left.subject == right.subject && left.body == right.body
  }

  private func fingerprint(_ draft: EventDraft) -> Int {
    var hasher = Hasher()
    hasher.combine(draft.type)
    hasher.combine(draft.occurredAt)
    hasher.combine(draft.subject)
    hasher.combine(draft.body)
    return hasher.finalize()
  }

  /// How many keys a dry run remembers (about 100 MB); beyond that, a repetition far down the file
  /// is not noticed, as it would be in earnest.
  private static let dryKeyLimit = 1_000_000

  private func remember(
    _ answers: [RecordedOutcome], _ prepared: PreparedDrafts
  ) -> [RecordedOutcome] {
    for (index, answer) in answers.enumerated() {
      guard dryKeys.count < LogWriter.dryKeyLimit else { break }
      guard let digest = prepared.keys[index], answer != .duplicate, answer != .conflicting else {
        continue
      }
      dryKeys[digest] = fingerprint(prepared.drafts[index])
    }
    return answers
  }

  // MARK: - One block

  private struct Head {
    let appendNo: Int64
    let lastPosition: Int64
  }

  /// Append key of the current chunk: the run's id with the chunk's number folded in.
  private var key: UUID {
    let run = SourceKey(run)
    return SourceKey(high: run.high, low: run.low ^ UInt64(bitPattern: chunk)).uuid
  }

  private func lockHead() throws -> Head {
    let row = try session.query(
      "SELECT append_no, last_position FROM log.lock_head($1, $2)",
      [.int(Int64(institution)), .uuid(key)])[0]
    return Head(appendNo: Int64(try row.int(0)), lastPosition: Int64(try row.int(1)))
  }

  private func append(
    _ prepared: PreparedDrafts, _ answers: [RecordedOutcome], after head: Head
  ) throws -> ClosedRange<Int64>? {
    var rows = prepared.rows
    var wanted: [Int] = []
    for (index, answer) in answers.enumerated() {
      switch answer {
      case .new:
        wanted.append(index)
      case .corrected(let position, _):
        // The leaf covers what is superseded, so a correction is hashed anew.
        wanted.append(rows.offsets.count - 1)
        rows.add(
          prepared.drafts[index], sourceKey: prepared.keys[index], supersedes: position)
      case .unchanged, .duplicate, .conflicting:
        break
      }
    }
    return try send(&rows, wanted, after: head)
  }

  /// Only what is committed is this run's own.
  private func note(_ written: ClosedRange<Int64>?) {
    guard let written else { return }
    ownPositions.append(written)
    lastPosition = written.upperBound
  }

  /// Copies the wanted rows, numbered after the head, and seals them as one block.
  private func send(
    _ rows: inout RowEncoder, _ wanted: [Int], after head: Head
  ) throws -> ClosedRange<Int64>? {
    guard !wanted.isEmpty else { return nil }
    for (place, index) in wanted.enumerated() {
      rows.number(
        index, position: head.lastPosition + 1 + Int64(place), appendNo: head.appendNo + 1)
    }
    try session.copyIn(RowEncoder.copyStatement) { copy in
      try copy.write(RowEncoder.header)
      // Neighbours travel together; where all rows are new that is everything at once.
      var start = wanted.startIndex
      while start < wanted.endIndex {
        var end = start + 1
        while end < wanted.endIndex, wanted[end] == wanted[end - 1] + 1 { end += 1 }
        try copy.write(rows.bytes, rows.offsets[wanted[start]]..<rows.offsets[wanted[end - 1] + 1])
        start = end
      }
      try copy.write(RowEncoder.trailer)
    }
    let sealed = try session.query(
      "SELECT o_first, o_last FROM log.seal($1, $2)", [.int(Int64(institution)), .uuid(key)])[0]
    return Int64(try sealed.int(0))...Int64(try sealed.int(1))
  }

  /// Another writer of the same institution, or a deadlock, may cost a turn but not the run.
  private func retryingLostRaces<R>(_ body: () throws -> R) throws -> R {
    var attempt = 0
    while true {
      do {
        return try body()
      } catch let error as PostgresError where error.isRetryable && attempt < 5 {
        attempt += 1
      }
    }
  }
}
