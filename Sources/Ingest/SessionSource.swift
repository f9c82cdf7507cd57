internal import EventLog
public import FoundationEssentials
public import Postgres

/// Somewhere sessions are known by their codes.
public protocol SessionSource {
  /// The sessions of those codes; unknown ones are absent from the answer.
  func sessions(_ codes: [String]) throws -> [String: Register.SessionEntry]
  /// Codes to find the nearest one to a misspelled one among; none where there are too many for that
  /// to be worth its cost.
  func codes() throws -> [String]
  /// Those of the people whose attendance at a session somebody has recorded. That they were absent
  /// because nobody named them does not count: it follows from their membership.
  func attendanceRecorded(at session: String, of people: [UUID]) throws -> Set<UUID>
}

/// The sessions of the log, looked up as a file names them: a run over one month's attendance does
/// not read the sessions of twenty years.
public struct LogSessions: SessionSource {
  private let session: Session
  private let institution: Int32
  private let lookup: RecordLookup
  private static let most = 20_000

  /// - Parameter session: one that nobody uses while a file is read, in the recorder's part.
  public init(session: Session, institution: Int32, keySecret: [UInt8]) {
    self.session = session
    self.institution = institution
    lookup = RecordLookup(session: session, institution: institution, keySecret: keySecret)
  }

  public func sessions(_ codes: [String]) throws -> [String: Register.SessionEntry] {
    let names = codes.map { NaturalKey.make("session", $0) }
    let bodies = try lookup.bodies(of: names)
    var found: [String: Register.SessionEntry] = [:]
    for (code, name) in zip(codes, names) {
      found[code] = bodies[name].flatMap { Register.SessionEntry(JSONMembers($0)) }
    }
    return found
  }

  public func attendanceRecorded(
    at session: String, of people: [UUID]
  ) throws -> Set<UUID> {
    let names = people.map { NaturalKey.make("attendance", session, subject: $0) }
    let bodies = try lookup.bodies(of: names)
    let recorded = zip(people, names).filter { _, name in
      bodies[name].map { JSONMembers($0).text("match") != MatchMethod.membership.rawValue } ?? false
    }
    return Set(recorded.map(\.0))
  }

  public func codes() throws -> [String] {
    let rows = try session.query(
      """
      SELECT e.body
        FROM log.event AS e
       WHERE e.institution_id = $1 AND e.type = 'session_recorded' AND e.body IS NOT NULL
         AND e.position <= (SELECT h.last_position FROM log.head($1) AS h)
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       LIMIT $2
      """, [.int(Int64(institution)), .int(Int64(LogSessions.most + 1))])
    guard rows.count <= LogSessions.most else { return [] }
    return rows.compactMap { row in row.utf8(0).flatMap { JSONMembers($0).text("session") } }
  }
}

/// Sessions that are in memory already.
struct KnownSessions: SessionSource {
  let entries: [String: Register.SessionEntry]

  func sessions(_ codes: [String]) -> [String: Register.SessionEntry] {
    var found: [String: Register.SessionEntry] = [:]
    for code in codes { found[code] = entries[code] }
    return found
  }

  func codes() -> [String] { Array(entries.keys) }

  /// Of sessions in memory nothing else is known.
  func attendanceRecorded(at session: String, of people: [UUID]) -> Set<UUID> { [] }
}
