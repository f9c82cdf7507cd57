internal import EventLog
public import Postgres

/// A projection of one institution that stands still, or has something it could not take.
public struct FailingProjection: Sendable, Equatable, Codable {
  /// `*` for all of them.
  public let institution: String
  /// `fact` or `cell`.
  public let projection: String
  /// `halted`; `active` while it is tried again; `outdated` where the read models are of another
  /// version and no worker touches them.
  public let state: String
  /// The event it cannot take, in the institution's log; for cells, how far the facts had come. `nil`
  /// where no event is to blame.
  public let position: Int?
  /// The event's type.
  public let type: String?
  /// `nil` where it was not the server that refused.
  public let sqlstate: String?
  /// Quotes no value of the event.
  public let message: String
  /// How often this event was tried.
  public let attempts: Int
  /// What stands in the way that is not Varde's: a constraint of the site's, as `'NAME' of TABLE`.
  public let constraint: String?
  /// Statements that give the projector back what it lacks.
  public let grants: [String]
  /// First and last try, ISO 8601 in UTC.
  public let firstAt: String?
  public let lastAt: String?
}

/// What projections could not take, and what people decide about it.
public struct Failures {
  private let session: Session

  /// - Parameter session: acts as projector, or as steward for `quarantine`.
  public init(session: Session) { self.session = session }

  /// What the live read side is stuck at: all of it where it is of another version, then by
  /// institution.
  public func all() throws -> [FailingProjection] {
    let outdated = FailingProjection(
      institution: "*", projection: "fact", state: "outdated", position: nil, type: nil,
      sqlstate: nil, message: ReadSide.Outdated.notice, attempts: 0, constraint: nil, grants: [],
      firstAt: nil, lastAt: nil)
    return try (ReadSide(session: session).isCurrent() ? [] : [outdated]) + byInstitution()
  }

  private func byInstitution() throws -> [FailingProjection] {
    let causes = SiteCauses(session: session)
    return try session.query(
      """
      SELECT i.code, c.projection, c.state, f.position, e.type, f.sqlstate,
             coalesce(f.message, c.reason), coalesce(f.attempts, c.attempts),
             to_char(f.first_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
             to_char(f.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM ops.checkpoint AS c
        JOIN ops.read_side AS r ON r.generation = c.generation AND r.live
        JOIN ops.institution AS i ON i.institution_id = c.institution_id
        LEFT JOIN ops.failure AS f
          ON f.institution_id = c.institution_id AND f.projection = c.projection
         AND f.generation = c.generation
        LEFT JOIN log.event AS e
          ON e.institution_id = f.institution_id AND e.position = f.position
         AND f.projection = 'fact'
       WHERE c.reason IS NOT NULL OR f.position IS NOT NULL
       ORDER BY i.code, c.projection DESC, f.position
      """
    ).map { row in
      let message = try row.text(6)
      return FailingProjection(
        institution: try row.text(0), projection: try row.text(1), state: try row.text(2),
        position: row.optionalInt(3), type: row.optionalText(4), sqlstate: row.optionalText(5),
        message: message, attempts: try row.int(7),
        constraint: try causes.constraint(in: message, row.optionalText(5)),
        grants: message.hasSuffix("[42501]") ? try causes.missingGrants() : [],
        firstAt: row.optionalText(8), lastAt: row.optionalText(9))
    }
  }

  /// Lets everything of an institution that stands still or waits be tried at once, from the first
  /// try on; whether there was any.
  public func retry(_ institution: Int32) throws -> Bool {
    let rows = try session.query(
      """
      UPDATE ops.checkpoint AS c
         SET state = 'active', reason = NULL, attempts = 0, not_before = '-infinity'
       WHERE c.institution_id = $1 AND c.reason IS NOT NULL
      RETURNING c.projection
      """, [.int(Int64(institution))])
    wakeWorkers()
    return !rows.isEmpty
  }

  /// Whether facts that people read, or those of a rebuild that was not swapped in, stand still at a
  /// position.
  public func isFailing(_ position: Int64, of institution: Int32) throws -> Bool {
    try session.query(
      """
      SELECT EXISTS (SELECT FROM ops.failure
                      WHERE institution_id = $1 AND projection = 'fact' AND position = $2)
      """, [.int(Int64(institution)), .int(position)])[0].bool(0)
  }

  /// Whether it was decided before that the event at a position is left out of all facts.
  public func isQuarantined(_ position: Int64, of institution: Int32) throws -> Bool {
    try session.query(
      """
      SELECT EXISTS (SELECT FROM log.quarantine WHERE institution_id = $1 AND position = $2)
      """, [.int(Int64(institution)), .int(position)])[0].bool(0)
  }

  /// Leaves an event out of all facts, now and in every rebuild: a decision that is recorded in the
  /// log. What halted at the event goes on. Facts that have it lose it, which is possible only where a
  /// rebuild by this varde has halted at it. Acts as steward.
  /// - Returns: the position of the decision.
  /// - Throws: `PostgresError`, VL425 to VL429 where it is refused.
  public func quarantine(
    _ position: Int64, of institution: Int32, reason: String
  ) throws -> Int64 {
    let row = try session.query(
      "SELECT o_decision FROM ops.quarantine($1, $2, $3, $4)",
      [
        .int(Int64(institution)), .int(position), .text(reason),
        .text(try ReadSide(session: session).digest()),
      ])[0]
    wakeWorkers()
    return Int64(try row.int(0))
  }

  private func wakeWorkers() {
    var announcer = LogAnnouncer(session: session)
    announcer.appended()
  }
}
