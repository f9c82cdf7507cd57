import Dispatch
import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import Synchronization
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `A rebuild of a log with an event that facts cannot take` {
  private func poisoned() throws -> TestLog {
    let log = try TestLog(readSide: true)
    var drafts = (0..<9).map { sessionDraft("s\($0)", heldOn: day) }
    drafts[6].body = Array(
      #"{"programme":"TST","group":"G1","session":"s6","minutes":"many"}"#.utf8)
    _ = try log.writer().record(Array(drafts[..<3]))
    _ = try log.writer().record(Array(drafts[3...]))
    return log
  }

  @Test(arguments: [0, 3])
  func `ends where the live facts end, and says so`(livePosition: Int) throws {
    let log = try poisoned()
    if livePosition > 0 { try log.project() }
    let report = try Rebuild(session: log.administrator, jobs: 2, slice: 2).run()
    #expect(report.halts.map(\.position) == [3])
    #expect(report.halts[0].reason.hasPrefix("position 7: "))
    #expect(report.facts.filter { !$0.isEqual } == [])
    #expect(report.isSwapped)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 3)
    #expect(try log.number("SELECT position FROM ops.failure") == 7)
  }

  @Test func `does not make a halt younger than it is`() throws {
    let log = try poisoned()
    try log.project()
    try log.administrator.execute("UPDATE ops.failure SET first_at = '2020-01-01'")
    try Rebuild(session: log.administrator, jobs: 2).run()
    let row = try log.administrator.query(
      "SELECT first_at::date, last_at > now() - interval '1 h' FROM ops.failure")[0]
    #expect(try row.text(0) == "2020-01-01")
    #expect(try row.bool(1))
  }

  /// Live and rebuild agree on what is left out later than facts were made of it.
  @Test func `does not take facts away that people have, until they are left out`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<9).map { sessionDraft("s\($0)", heldOn: day) })
    try log.project()
    let before = try log.number("SELECT generation FROM ops.read_side")
    // As if a newer varde had been stricter.
    try log.administrator.execute(
      """
      SET session_replication_role = replica;
      UPDATE log.event SET body = '{"programme":"TST","minutes":"many"}' WHERE position = 7;
      RESET session_replication_role
      """)
    let problem = #expect(throws: RebuildProblem.self) {
      try Rebuild(session: log.administrator, jobs: 2, slice: 2).run()
    }
    #expect(problem?.code == "VD670")
    #expect(problem?.description.contains("varde quarantine 7 --institution prøve ") == true)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 9)
    #expect(try log.number("SELECT generation FROM ops.read_side WHERE live") == before)
    let failures = Failures(session: try log.session("varde_steward"))
    #expect(try failures.isFailing(7, of: log.institution.id))
    #expect(try !failures.isFailing(6, of: log.institution.id))
    // Only that event, and only if it was this varde that could not take it.
    let other = #expect(throws: PostgresError.self) {
      try failures.quarantine(6, of: log.institution.id, reason: "why")
    }
    #expect(other?.sqlstate == "VL428")
    try log.administrator.execute("UPDATE ops.read_side SET digest = 'x' || digest WHERE NOT live")
    let another = #expect(throws: PostgresError.self) {
      try failures.quarantine(7, of: log.institution.id, reason: "why")
    }
    #expect(another?.sqlstate == "VL428")
    try log.administrator.execute(
      "UPDATE ops.read_side SET digest = substr(digest, 2) WHERE NOT live")
    #expect(
      try failures.quarantine(7, of: log.institution.id, reason: "no number of minutes") == 10)
    try log.project()
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 8)
    let report = try Rebuild(session: log.administrator, jobs: 2, slice: 2).run()
    #expect(report.isResumed && report.isSwapped && report.halts.isEmpty)
    #expect(report.facts.filter { !$0.isEqual } == [])
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 8)
    #expect(try log.number("SELECT count(*) FROM ops.failure") == 0)
  }

  @Test func `halts at a type it does not know`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s0", heldOn: day)])
    try log.administrator.execute("INSERT INTO log.event_type VALUES ('session_recorded', 9)")
    var strange = sessionDraft("s1", heldOn: day)
    strange.schemaVersion = 9
    _ = try log.writer().record([strange])
    try log.administrator.execute("DELETE FROM log.event_type WHERE schema_version = 9")
    try log.project()
    let report = try Rebuild(session: log.administrator).run()
    #expect(report.halts.map(\.position) == [1])
    #expect(report.halts[0].reason.contains("version 9 is unknown"))
  }
}

/// People read and record all the time, and whatever is killed, they never see an error, nor fewer
/// records than a moment before.
@Suite struct `While people read and record, a rebuild` {
  private final class Reader: Sendable {
    private let state = Mutex((isStopped: false, errors: [String](), steps: 0))
    var isStopped: Bool { state.withLock { $0.isStopped } }
    var errors: [String] { state.withLock { $0.errors } }
    var steps: Int { state.withLock { $0.steps } }
    func stop() { state.withLock { $0.isStopped = true } }
    func step() { state.withLock { $0.steps += 1 } }
    func say(_ error: String) { state.withLock { $0.errors.append(error) } }
  }

  private static func read(_ conninfo: String, _ query: String, _ reader: Reader) throws {
    let session = try Session(conninfo: conninfo, role: "varde_analyst")
    try session.execute("SET application_name = 'reader'")
    var seen = 0
    while !reader.isStopped {
      let rows = try session.query(query)[0].int(0)
      if rows < seen { reader.say("\(query): \(rows) after \(seen)") }
      seen = rows
      reader.step()
    }
  }

  /// Records and projects until the reader stops.
  private static func record(
    _ conninfo: String, _ institution: Int32, _ reader: Reader
  ) throws {
    let session = try Session(conninfo: conninfo, role: "varde_recorder")
    let projector = try Session(conninfo: conninfo, role: "varde_projector")
    for session in [session, projector] {
      try session.execute("SET application_name = 'reader'")
    }
    let writer = try LogWriter(
      session: session, institution: institution, run: UUID(),
      keySecret: [UInt8](repeating: 7, count: 32))
    var block = 0
    while !reader.isStopped {
      _ = try writer.record((0..<20).map { sessionDraft("s\(block)-\($0)", heldOn: day) })
      try FactWorker(session: projector).runToEnd()
      block += 1
    }
  }

  private static func kill(_ conninfo: String) throws {
    try Session(conninfo: conninfo).query(
      """
      SELECT pg_terminate_backend(pid, 100) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = '' AND pid <> pg_backend_pid()
      """)
  }

  @Test(arguments: 1...3)
  func `is killed at any moment and never seen half done`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<400).map { sessionDraft("first\($0)", heldOn: day) })
    try log.project()
    try log.administrator.execute("SET application_name = 'reader'")
    let (conninfo, institution) = (log.conninfo, log.institution.id)
    let reader = Reader()
    let group = DispatchGroup()
    // Threads of their own: what waits for a database would hold up every other test's tasks.
    func start(_ name: String, _ work: @escaping @Sendable () throws -> Void) {
      DispatchQueue(label: name).async(group: group) {
        do { try work() } catch { reader.say("\(name): \(error)") }
      }
    }
    for query in [
      "SELECT count(*) FROM evaluation.session", "SELECT count(*) FROM fact.session",
      "SELECT sum(position)::bigint FROM evaluation.projection_status",
    ] {
      start(query) { try Self.read(conninfo, query, reader) }
    }
    start("recording") { try Self.record(conninfo, institution, reader) }
    for _ in 0..<6 {
      let pause = Int.random(in: 5...400, using: &random)
      let killed = DispatchSemaphore(value: 0)
      DispatchQueue(label: "killer").asyncAfter(deadline: .now() + .milliseconds(pause)) {
        try? Self.kill(conninfo)
        killed.signal()
      }
      do {
        try Rebuild(session: try Session(conninfo: conninfo), jobs: 2, slice: 50, large: 0).run()
      } catch is PostgresError {
        // Killed: the next one goes on.
      } catch RebuildProblem.busy {
        // The one before has not gone yet.
      }
      killed.wait()
    }
    let report = Result {
      try Rebuild(session: try Session(conninfo: conninfo), jobs: 2, slice: 50, large: 0).run()
    }
    reader.stop()
    group.wait()
    #expect(reader.errors == [])
    #expect(reader.steps > 20)
    #expect(try report.get().facts.filter { !$0.isEqual } == [])
    try log.project()
    let last = try Rebuild(session: log.administrator).run()
    #expect(last.facts.filter { !$0.isEqual } == [])
    #expect(
      try log.number("SELECT count(*) FROM evaluation.session")
        == log.number("SELECT count(*) FROM log.event"))
  }
}
