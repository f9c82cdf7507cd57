import EventLog
import Events
import FoundationEssentials
import Glibc
import Postgres
import Synchronization
import Vault

/// Appends single events as a platform does, with an append key for each, beside the files of the
/// same institution.
final class SingleAppender: SoakedAppender {
  let name: String
  private let ground: Ground
  private let institution: String
  /// Where the log said each of them stands, in order.
  private let promised = Mutex<[Int64]>([])

  init(_ ground: Ground, institution: String) {
    self.ground = ground
    self.institution = institution
    name = "single-\(institution)"
  }

  func prepare() throws {}

  func run() {
    var appender: LogAppender?
    while !ground.ends {
      let number = promised.withLock { $0.count }
      let key = UUID()
      var position: Int64?
      while position == nil {
        do {
          let ready = try appender ?? connect()
          appender = ready
          position = try ready.append([draft(number)], key: key).positions.lowerBound
        } catch let error as PostgresError where error.isConnectionFailure || error.isRetryable {
          ground.count("appends tried again")
          appender = nil
          usleep(100_000)
        } catch {
          return ground.fault("\(name): \(error)")
        }
      }
      promised.withLock { $0.append(position ?? 0) }
      usleep(10_000)
    }
    ground.count("single events", by: promised.withLock { $0.count })
  }

  /// It has no process of its own; its backend is killed with the others'.
  func strike() -> Bool { false }

  func account(_ session: Session) throws {
    let rows = try session.query(
      """
      SELECT body ->> 'session', position FROM log.event
       WHERE institution_id = $1 AND type = 'session_recorded' AND body ->> 'session' LIKE 'S%'
      """, [.int(try ground.number(of: institution, session))])
    var found: [String: [Int64]] = [:]
    for row in rows { found[try row.text(0), default: []].append(Int64(try row.int(1))) }
    let promised = promised.withLock { $0 }
    for (number, position) in promised.enumerated() where found["S\(number)"] != [position] {
      ground.fault("\(name): S\(number) is not at \(position) alone: \(found["S\(number)"] ?? [])")
    }
    if found.count != promised.count {
      ground.fault("\(name): \(promised.count) were promised, the log holds \(found.count)")
    }
  }

  private func connect() throws -> LogAppender {
    let session = try ground.session("varde_recorder")
    let id = Int32(try ground.number(of: institution, session))
    let secret = try IdentityVault(session: session, institution: id).sourceKeySecret()
    return LogAppender(session: session, institution: id, keySecret: secret)
  }

  private func draft(_ number: Int) -> EventDraft {
    var body = JSONWriter()
    body.string("programme", "B")
    body.string("group", "B-1")
    body.string("session", "S\(number)")
    body.string("status", "held")
    body.integer("minutes", 45)
    return EventDraft(
      type: "session_recorded", occurredAt: 1_740_000_000_000_000, precision: .day,
      naturalKey: "session\u{1F}S\(number)", body: body.finish())
  }
}
