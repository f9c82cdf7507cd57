import Postgres
import Synchronization

/// Sends the same list of attendance again and again as `varde ingest --snapshot`, each time with
/// rows that are new, changed or gone.
final class FileAppender: SoakedAppender {
  private struct Key: Hashable {
    let session: Int
    let person: Int
  }

  private struct List {
    var dice: Dice
    var minutes: [Key: Int] = [:]
    /// Events the log must hold: one for every row that was new, changed or gone.
    var events = 0
  }

  private static let sessions = 60
  private static let people = 40

  let name: String
  private let ground: Ground
  private let institution: String
  private let command: Retrying
  private let list: Mutex<List>

  init(_ ground: Ground, institution: String, seed: UInt64) {
    self.ground = ground
    self.institution = institution
    name = "files-\(institution)"
    command = Retrying(ground, name)
    list = Mutex(List(dice: Dice(seed: seed)))
  }

  func prepare() throws {
    try ground.found(institution, members: FileAppender.people)
    let held = (0..<FileAppender.sessions).map { "F\($0);B-1;held;2025-02-13;60\n" }.joined()
    try ground.write("session;group;status;held_on;minutes\n" + held, to: "\(name)-held.csv")
    try ground.must("ingest", "sessions", "--institution", institution, "\(name)-held.csv")
  }

  func run() {
    while !ground.ends {
      do {
        try ground.write(list.withLock { next(&$0) }, to: "\(name).csv")
      } catch {
        return ground.fault("\(name): \(error)")
      }
      let arguments = [
        "ingest", "attendance", "--institution", institution, "--snapshot", "\(name).csv",
      ]
      guard command.run(arguments) else { return }
      ground.count("files sent")
    }
  }

  /// The next version of the file; the log must hold what it says once it was sent.
  private func next(_ list: inout List) -> String {
    let before = list.minutes
    for key in before.keys.sorted(by: FileAppender.inOrder) {
      switch Int.random(in: 0..<100, using: &list.dice) {
      case ..<10: list.minutes[key, default: 0] += 1
      case 10: list.minutes[key] = nil
      default: break
      }
    }
    for _ in 0..<150 {
      let key = Key(
        session: .random(in: 0..<FileAppender.sessions, using: &list.dice),
        person: .random(in: 0..<FileAppender.people, using: &list.dice))
      list.minutes[key] = list.minutes[key] ?? 30
    }
    list.events += Set(before.keys).union(list.minutes.keys)
      .count { before[$0] != list.minutes[$0] }
    let rows = list.minutes.sorted { FileAppender.inOrder($0.key, $1.key) }
    return "session;person_id;status;minutes\n"
      + rows.map { "F\($0.key.session);M\($0.key.person);present;\($0.value)\n" }.joined()
  }

  private static func inOrder(_ first: Key, _ second: Key) -> Bool {
    (first.session, first.person) < (second.session, second.person)
  }

  func strike() -> Bool { command.strike() }

  func account(_ session: Session) throws {
    let id = try ground.number(of: institution, session)
    let list = list.withLock { $0 }
    let events = try session.query(
      """
      SELECT count(*) FROM log.event
       WHERE institution_id = $1 AND type IN ('attendance_recorded', 'record_retracted')
      """, [.int(id)])[0].int(0)
    if events != list.events {
      ground.fault("\(name): \(list.events) events were promised, the log holds \(events)")
    }
    ground.count("events of files", by: events)
    // What holds now, by the log alone.
    let effective = try session.query(
      """
      SELECT e.body ->> 'session', e.body ->> 'minutes', count(*), count(DISTINCT e.subject_id)
        FROM log.event AS e
       WHERE e.institution_id = $1 AND e.type = 'attendance_recorded'
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       GROUP BY 1, 2
      """, [.int(id)])
    var held: [String: Int] = [:]
    for row in effective {
      held["\(try row.text(0)) \(try row.text(1))"] = try row.int(2)
      if try row.int(2) != row.int(3) {
        ground.fault("\(name): somebody is listed twice in session \(try row.text(0))")
      }
    }
    let wanted = Dictionary(
      list.minutes.map { ("F\($0.key.session) \($0.value)", 1) }, uniquingKeysWith: +)
    if held != wanted { ground.fault("\(name): the log does not say what the last file said") }
  }
}
