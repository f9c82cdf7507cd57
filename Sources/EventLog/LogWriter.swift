public import Events
public import FoundationEssentials
public import Postgres

/// Records drafts in one institution's log: one run, one writer.
///
/// Each block is one transaction: lock the institution, number here, one binary COPY, seal. What
/// the log already holds under a draft's key is left out (unchanged) or superseded (corrected).
///
/// While the log knows nothing of what is sent, it is not asked: a block whose keys turn out to be
/// known is refused by the index of row keys and recorded again the careful way.
public final class LogWriter {
  /// Most events a block may hold.
  public static let blockLimit = 5_000
  /// So many blocks without a known key, and the next ones are sent without asking.
  private static let blocksBeforeTrust = 1
  /// After a block that had to be sent twice, more are needed.
  private static let blocksBeforeTrustAgain = 8

  let session: Session
  let institution: Int32
  private let run: UUID
  private let dryRun: Bool
  /// Hashes and encodes drafts; may do so on another thread.
  public let preparer: DraftPreparer
  /// Number of the block that is being recorded, from 1.
  private var block: Int64 = 0
  /// Blocks still to be looked up before the log is trusted to know nothing.
  private var wary = LogWriter.blocksBeforeTrust
  /// Positions this run has written or found unchanged: a key found in them came twice in one file.
  private(set) var answered = PositionSet()
  /// Those that the block under way has found unchanged.
  var unchangedPositions: [Int64] = []
  /// Where nothing is written, the keys themselves must be remembered.
  var dryKeys = MetKeys()
  /// The keys of what is recorded, where they are kept, see `beginSnapshot`.
  var snapshotKeys: KeySpool?
  private var announcer: LogAnnouncer
  /// The first position this run has written; 0 before the first append.
  public private(set) var firstPosition: Int64 = 0
  /// The last position this run knows of; 0 before the first append.
  public private(set) var lastPosition: Int64 = 0

  /// - Parameters:
  ///   - run: id of this run. A block's append key is made from it and from the block's number and
  ///     size: a run that was interrupted and is begun again under the same id is answered what it
  ///     was answered before, block by block, and goes on where it stopped.
  ///   - keySecret: the vault's secret for this institution's row keys.
  ///   - dryRun: answers the same and writes nothing.
  public init(
    session: Session, institution: Int32, run: UUID, keySecret: [UInt8], dryRun: Bool = false
  ) throws {
    self.session = session
    self.institution = institution
    self.run = run
    self.dryRun = dryRun
    announcer = LogAnnouncer(session: session)
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
    block += 1
    if let snapshotKeys { try keep(prepared, in: snapshotKeys) }
    guard !dryRun else { return remember(try outcomes(prepared, trusting: false), prepared) }
    if wary == 0 {
      do {
        return try record(prepared, trusting: true)
      } catch let error as PostgresError where error.isDuplicateKey {
        wary = LogWriter.blocksBeforeTrustAgain
      }
    }
    return try record(prepared, trusting: false)
  }

  private typealias Answers = (outcomes: [RecordedOutcome], written: ClosedRange<Int64>?)

  private func record(
    _ prepared: PreparedDrafts, trusting: Bool
  ) throws -> [RecordedOutcome] {
    try retryingLostRaces {
      let (answers, written) = try session.transaction { () throws -> Answers in
        let (head, before) = try lockHead(key(count: prepared.count))
        let answers = try outcomes(prepared, trusting: trusting && before == nil)
        if let before, let then = try replayed(prepared, before, answers) { return (then, before) }
        if let before { answered.insert(before) }
        // A key that made another block is of no use for this one.
        let key = before == nil ? key(count: prepared.count) : UUID()
        return (answers, try append(prepared, answers, after: head, key: key))
      }
      note(written)
      if !trusting { wary = answers.contains(where: \.isKnown) ? max(wary, 1) : max(wary - 1, 0) }
      return answers
    }
  }

  /// Takes records back: one event each, naming the position that no longer holds.
  /// - Returns: how many; those that somebody else has superseded meanwhile are passed over.
  @discardableResult
  public func retract(_ retractions: [Retraction]) throws -> Int {
    precondition(retractions.count <= LogWriter.blockLimit, "a block is 5,000 events")
    guard !retractions.isEmpty, !dryRun else { return retractions.count }
    return try retryingLostRaces {
      let written = try session.transaction { () throws -> ClosedRange<Int64>? in
        // A key of its own: what was retracted before is not asked for again.
        let key = UUID()
        let head = try lockHead(key).head
        var rows = RowEncoder(institution: institution, reserving: retractions.count)
        let retractions = try stillStanding(retractions)
        for retraction in retractions {
          rows.add(retraction.draft, sourceKey: nil, supersedes: retraction.position)
        }
        return try send(&rows, Array(retractions.indices), after: head, key: key)
      }
      note(written)
      return written?.count ?? 0
    }
  }

  /// Without those that somebody has superseded since they were looked up. Under the log's lock.
  private func stillStanding(_ retractions: [Retraction]) throws -> [Retraction] {
    let gone = try session.query(
      "SELECT supersedes FROM log.event WHERE institution_id = $1 AND supersedes = ANY($2::bigint[])",
      [.int(Int64(institution)), .int64Array(retractions.map(\.position))]
    ).map { Int64(try $0.int(0)) }
    guard !gone.isEmpty else { return retractions }
    let set = Set(gone)
    return retractions.filter { !set.contains($0.position) }
  }

  // MARK: - One block

  struct Head {
    let appendNo: Int64
    let lastPosition: Int64
  }

  /// Append key of the current block: the run's id with the block's number and size folded in.
  private func key(count: Int) -> UUID {
    let run = SourceKey(run)
    let range = UInt64(bitPattern: block) << 13 | UInt64(count)
    return SourceKey(high: run.high, low: run.low ^ range).uuid
  }

  /// Takes the log's lock; the positions of the block that an earlier attempt at this one has made,
  /// if there was one.
  private func lockHead(_ key: UUID) throws -> (head: Head, before: ClosedRange<Int64>?) {
    let row = try session.query(
      """
      SELECT append_no, last_position, replayed_first, replayed_last FROM log.lock_head($1, $2)
      """, [.int(Int64(institution)), .uuid(key)])[0]
    let head = Head(appendNo: Int64(try row.int(0)), lastPosition: Int64(try row.int(1)))
    guard let first = row.optionalInt(2), let last = row.optionalInt(3) else { return (head, nil) }
    return (head, Int64(first)...Int64(last))
  }

  private func append(
    _ prepared: PreparedDrafts, _ answers: [RecordedOutcome], after head: Head, key: UUID
  ) throws -> ClosedRange<Int64>? {
    var rows = prepared.rows
    var wanted: [Int] = []
    wanted.reserveCapacity(prepared.count)
    for (index, answer) in answers.enumerated() {
      switch answer {
      case .new:
        wanted.append(index)
      case .corrected(let position, _, _, _), .restored(let position):
        // The leaf covers what is superseded, so such an event is hashed anew.
        wanted.append(rows.offsets.count - 1)
        rows.add(
          prepared.drafts[index], sourceKey: prepared.keys[index], supersedes: position)
      case .unchanged, .erased, .duplicate, .conflicting:
        break
      }
    }
    return try send(&rows, wanted, after: head, key: key)
  }

  /// Only what is committed is this run's own.
  private func note(_ written: ClosedRange<Int64>?) {
    answered.insert(unchangedPositions)
    unchangedPositions.removeAll(keepingCapacity: true)
    guard let written else { return }
    answered.insert(written)
    if firstPosition == 0 { firstPosition = written.lowerBound }
    lastPosition = written.upperBound
    announcer.appended()
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
