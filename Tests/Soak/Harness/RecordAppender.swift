import Postgres
import Synchronization

/// Records sessions by hand, one `varde record` after the other.
final class RecordAppender: SoakedAppender {
  let name: String
  private let ground: Ground
  private let institution: String
  private let command: Retrying
  private let recorded = Mutex(0)

  init(_ ground: Ground, institution: String) {
    self.ground = ground
    self.institution = institution
    name = "record-\(institution)"
    command = Retrying(ground, name)
  }

  func prepare() throws { try ground.found(institution, members: 5) }

  func run() {
    while !ground.ends {
      let number = recorded.withLock { $0 }
      let arguments = [
        "record", "sessions", "--institution", institution, "session=R\(number)", "group=B-1",
        "status=held", "held_on=2025-03-\(10 + number % 20)", "minutes=45",
      ]
      guard command.run(arguments) else { return }
      recorded.withLock { $0 += 1 }
      ground.count("records by hand")
    }
  }

  func strike() -> Bool { command.strike() }

  func account(_ session: Session) throws {
    let found = try session.query(
      """
      SELECT body ->> 'session' FROM log.event WHERE institution_id = $1 AND type = 'session_recorded'
       ORDER BY position
      """, [.int(try ground.number(of: institution, session))]
    ).map { try $0.text(0) }
    let promised = (0..<recorded.withLock { $0 }).map { "R\($0)" }
    if found != promised {
      ground.fault(
        "\(name): \(promised.count) records were promised, the log holds \(found.count)")
    }
  }
}
