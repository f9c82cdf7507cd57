public import Postgres

/// How the work is going, as an operator watches it; read from the log and the checkpoints.
public struct Watching: Sendable, Equatable, Codable {
  /// One projection of one institution.
  public struct Projection: Sendable, Equatable, Codable {
    public let institution: String
    /// `fact` or `cell`.
    public let projection: String
    /// Events and blocks of the log.
    public let events: Int
    public let blocks: Int
    /// How far the projection has come.
    public let position: Int
    public let eventsBehind: Int
    public let blocksBehind: Int
    /// Seconds since the first block it has not taken was appended; 0 when it has taken all.
    public let secondsBehind: Double
    /// `new`, `active` or `halted`.
    public let state: String
    public let reason: String?
    /// Tries at an event it cannot take.
    public let attempts: Int
    /// Seconds since a worker advanced it last.
    public let secondsSinceServed: Double?
  }

  /// The checkpoint of one institution's log that was signed last.
  public struct Checkpoint: Sendable, Equatable, Codable {
    public let institution: String
    /// Blocks the log has grown by since; all of them where no checkpoint was ever signed.
    public let blocksSince: Int
    /// Seconds since it was signed; `nil` where none ever was.
    public let secondsSince: Double?
  }

  /// A transaction that has kept facts open for a while: a rebuild cannot swap until it ends.
  public struct Reader: Sendable, Equatable, Codable {
    public let pid: Int
    public let login: String
    public let application: String
    /// As `pg_stat_activity` says it, for example `idle in transaction`.
    public let state: String
    /// Seconds since it began.
    public let seconds: Double
  }

  /// Whether the read models are of this varde's version.
  public enum ReadModels: String, Sendable, Codable {
    case current, outdated
  }

  public let readModels: ReadModels
  public let projections: [Projection]
  /// What workers hold at this moment, as far as one may see others' sessions.
  public let claims: [Claim]
  /// A rebuild that is under way or was left.
  public let rebuild: RebuildUnderWay?
  public let checkpoints: [Checkpoint]
  /// Groups of cells that no longer fit the facts, by institution.
  public let stale: [String: Int]
  /// Ranges of positions a projection could not take, and projections that something else hinders: a
  /// right that is missing, a limit.
  public let failures: Int
  /// Seconds since the oldest of those ranges was tried first.
  public let oldestFailure: Double?
  /// Workers that were seen within the last minute.
  public let workers: Int
  /// Whether others' sessions may be seen; if not, there may be snapshots and readers.
  public let seesSessions: Bool
  /// Seconds the oldest snapshot has been held; `nil` if there is none one may see.
  public let oldestSnapshot: Double?
  /// Those that have been at it for ten seconds or wait for their own program, the oldest first.
  public let readers: [Reader]
  /// Whether a rebuild is ready to swap, so that no figures of the old facts are begun: for three
  /// minutes at most.
  public let isSwapNear: Bool

  /// - Parameter session: acts as projector.
  public init(_ session: Session) throws {
    readModels = try ReadSide(session: session).isCurrent() ? .current : .outdated
    claims = try Claim.all(session)
    rebuild = try RebuildUnderWay.any(session)
    projections = try session.query(
      """
      SELECT institution, projection, log_position, log_append_no, position, events_behind,
             blocks_behind, seconds_behind, state, reason, attempts,
             extract(epoch FROM clock_timestamp() - served_at)::float8
        FROM ops.projection
       ORDER BY institution, projection DESC
      """
    ).map { try Projection($0) }
    var stale: [String: Int] = [:]
    for row in try session.query(
      """
      SELECT i.code, count(s.institution_id)
        FROM ops.institution AS i
        LEFT JOIN fact.stale AS s ON s.institution_id = i.institution_id
       GROUP BY i.code
      """)
    { stale[try row.text(0)] = try row.int(1) }
    self.stale = stale
    checkpoints = try session.query(
      """
      SELECT institution, blocks_since, seconds_since FROM ops.checkpoint_age ORDER BY institution
      """
    ).map {
      Checkpoint(
        institution: try $0.text(0), blocksSince: try $0.int(1), secondsSince: $0.optionalDouble(2))
    }
    let rest = try session.query(
      """
      SELECT f.failures + h.hindered, f.oldest,
             (SELECT count(*) FROM ops.worker
               WHERE seen_at > clock_timestamp() - interval '1 minute'),
             ops.sees_sessions(), (SELECT max(seconds) FROM ops.snapshot WHERE holds_snapshot)
        FROM (SELECT count(*) AS failures,
                     extract(epoch FROM clock_timestamp() - min(f.first_at))::float8 AS oldest
                FROM ops.failure AS f
                JOIN ops.read_side AS r ON r.generation = f.generation AND r.live) AS f
       CROSS JOIN (SELECT count(*) AS hindered
                     FROM ops.checkpoint AS c
                     JOIN ops.read_side AS r ON r.generation = c.generation AND r.live
                    WHERE c.reason IS NOT NULL
                      AND NOT EXISTS (SELECT FROM ops.failure AS f
                                       WHERE f.institution_id = c.institution_id
                                         AND f.projection = c.projection
                                         AND f.generation = c.generation)) AS h
      """)[0]
    failures = try rest.int(0)
    oldestFailure = rest.optionalDouble(1)
    workers = try rest.int(2)
    seesSessions = try rest.bool(3)
    oldestSnapshot = rest.optionalDouble(4)
    readers = try session.query(
      """
      SELECT pid, coalesce(login, ''), application, state, seconds FROM ops.snapshot
       WHERE holds_facts AND (seconds > 10 OR state LIKE 'idle in transaction%')
       ORDER BY seconds DESC
      """
    ).map {
      Reader(
        pid: try $0.int(0), login: try $0.text(1), application: try $0.text(2),
        state: try $0.text(3), seconds: try $0.double(4))
    }
    isSwapNear = try session.query("SELECT EXISTS (SELECT FROM ops.swap_near)")[0].bool(0)
  }

  /// How far the facts are behind where nothing is in their way, in seconds: those of an institution
  /// that stands still at an event, or is being tried again, say nothing of the workers.
  public var factLag: Double {
    projections.filter { $0.projection == "fact" && $0.state != "halted" && $0.attempts == 0 }
      .map(\.secondsBehind).max() ?? 0
  }
}

extension Watching.Projection {
  fileprivate init(_ row: Row) throws {
    institution = try row.text(0)
    projection = try row.text(1)
    events = try row.int(2)
    blocks = try row.int(3)
    position = try row.int(4)
    eventsBehind = try row.int(5)
    blocksBehind = try row.int(6)
    secondsBehind = try row.double(7)
    state = try row.text(8)
    reason = row.optionalText(9)
    attempts = try row.int(10)
    secondsSinceServed = row.optionalDouble(11)
  }
}
