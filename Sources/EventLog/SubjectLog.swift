internal import Events
public import FoundationEssentials
public import Postgres

/// Why two ids cannot be made one, or one not taken apart.
public enum MergeRefusal: Error, Equatable {
  /// The two are one person already.
  case samePerson
  /// The first was merged into another before.
  case alreadyMerged(into: UUID)
  /// The person was erased; there is nothing left to say of them.
  case erased(UUID)
  /// There is no merge to take back.
  case notMerged
}

/// Says in the log that two subject ids are one person, and takes that back. Acts as recorder.
///
/// No event is changed. Facts follow, for all of the past, and `split` puts everything back where
/// it was.
public struct SubjectLog {
  private let session: Session
  private let institution: Int32
  private let keySecret: [UInt8]

  public init(session: Session, institution: Int32, keySecret: [UInt8]) {
    self.session = session
    self.institution = institution
    self.keySecret = keySecret
  }

  /// One merge that holds.
  public struct Merge: Sendable, Equatable {
    public let position: Int64
    public let from: UUID
    public let into: UUID
    public let reason: String
    /// Day it was recorded.
    public let recordedOn: String
  }

  /// Appends `subjects_merged`; the position of the event. Somebody who appends at the same time
  /// costs another look, not a circle.
  public func merge(_ from: UUID, into: UUID, reason: String) throws -> Int64 {
    let appender = LogAppender(session: session, institution: institution, keySecret: keySecret)
    while true {
      let end = try session.query(
        "SELECT last_position FROM log.head($1)", [.int(Int64(institution))])[0].int(0)
      let merges = try SubjectMerges.load(from: session, institution: institution)
      let target = merges.current(into)
      guard merges.current(from) != target else { throw MergeRefusal.samePerson }
      guard merges.current(from) == from else {
        throw MergeRefusal.alreadyMerged(into: merges.current(from))
      }
      for id in [from, target] where try isErased(id) { throw MergeRefusal.erased(id) }
      do {
        return try appender.append(
          [draft(from, target, reason)], key: UUID(), expecting: Int64(end)
        ).positions.lowerBound
      } catch AppendRefusal.unexpectedEnd {
        continue
      }
    }
  }

  /// Takes back the merge of an id; the position of the merge.
  public func split(_ from: UUID) throws -> Int64 {
    guard let merge = try merges(of: [from]).first(where: { $0.from == from }) else {
      throw MergeRefusal.notMerged
    }
    let writer = try LogWriter(
      session: session, institution: institution, run: UUID(), keySecret: keySecret)
    let retraction = Retraction(
      position: merge.position, type: SubjectLog.eventType, occurredAt: SubjectLog.now)
    guard try writer.retract([retraction]) == 1 else { throw MergeRefusal.notMerged }
    return merge.position
  }

  /// The merges that hold and name one of these ids, oldest first.
  public func merges(of ids: [UUID]) throws -> [Merge] {
    try session.query(
      """
      SELECT e.position, e.subject_id, (e.body ->> 'into')::uuid, e.body ->> 'reason',
             to_char(e.recorded_at, 'YYYY-MM-DD')
        FROM log.entry AS e
       WHERE e.institution_id = $1 AND e.type = $2 AND e.body IS NOT NULL
         AND (e.subject_id = ANY ($3::uuid[]) OR (e.body ->> 'into')::uuid = ANY ($3::uuid[]))
         AND NOT EXISTS (SELECT FROM log.entry AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       ORDER BY e.position
      """, [.int(Int64(institution)), .text(SubjectLog.eventType), .uuidArray(ids)]
    ).map { row in
      Merge(
        position: Int64(try row.int(0)), from: try row.uuid(1), into: try row.uuid(2),
        reason: try row.text(3), recordedOn: try row.text(4))
    }
  }

  /// Whether a person's erasure stands in the log.
  public func isErased(_ id: UUID) throws -> Bool {
    try session.query(
      """
      SELECT EXISTS (SELECT FROM log.entry AS e
                      WHERE e.institution_id = $1 AND e.type = 'subject_erased'
                        AND e.subject_id = $2)
      """, [.int(Int64(institution)), .uuid(id)])[0].bool(0)
  }

  private static let eventType = "subjects_merged"

  private static var now: Int64 {
    Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
  }

  private func draft(_ from: UUID, _ into: UUID, _ reason: String) -> EventDraft {
    var body = JSONWriter()
    body.string("from", from.uuidString.lowercased())
    body.string("into", into.uuidString.lowercased())
    body.string("reason", reason)
    return EventDraft(
      type: SubjectLog.eventType, occurredAt: SubjectLog.now, precision: .instant, subject: from,
      naturalKey: nil, body: body.finish())
  }
}
