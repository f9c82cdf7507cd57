import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `Projection` {
  @Test func `facts follow the log, corrections close what they replace`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<4).map { sessionDraft("s\($0)", heldOn: day) })
    #expect(try log.project() == 4)
    _ = try log.writer().record([sessionDraft("s2", heldOn: day, minutes: 60)])
    #expect(try log.project() == 1)
    #expect(try log.project() == 0)
    let versions = try log.administrator.query(
      """
      SELECT position, minutes, superseded_by FROM fact.session WHERE session = 's2'
       ORDER BY position
      """)
    #expect(versions.map { $0.optionalInt(1) } == [45, 60])
    #expect(versions.map { $0.optionalInt(2) } == [5, nil])
    let times = """
      SELECT count(*) FROM fact.session AS f JOIN log.append AS a ON a.append_no = 2
       WHERE f.position = 3 AND f.superseded_at = a.recorded_at
      """
    #expect(try log.number(times) == 1)
  }

  @Test func `a retraction closes without a successor`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    try log.project()
    try log.writer().retract(
      [Retraction(position: 1, type: "session_recorded", occurredAt: 0)])
    try log.project()
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 0)
  }

  @Test(arguments: 1...6)
  func `a rebuild gives the facts the live workers made, byte for byte`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    for _ in 0..<8 {
      let drafts = (0..<20).filter { _ in Bool.random(using: &random) }.map {
        sessionDraft("s\($0)", heldOn: day, minutes: Int.random(in: 40...42, using: &random))
      }
      _ = try log.writer().record(drafts)
      if Bool.random(using: &random) { try log.project() }
    }
    let parity = try Rebuild(session: log.administrator, jobs: 3, slice: 7).run().facts
    #expect(parity.count >= 18)
    #expect(parity.filter { !$0.isEqual } == [])
    #expect(parity.first { $0.fact == "session" }.map { $0.rowsAfter > 0 } == true)
    // The swapped-in side goes on from where it is, and analysts still may read it.
    _ = try log.writer().record([sessionDraft("after", heldOn: day)])
    let worker = try FactWorker(session: try log.session("varde_projector"))
    #expect(try worker.runToEnd() == 1)
    let analyst = try log.session("varde_analyst")
    #expect(
      try analyst.query("SELECT FROM evaluation.session WHERE session = 'after'").count == 1)
  }

  @Test func `a rebuild notices facts that somebody changed`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    try log.project()
    try log.administrator.execute("UPDATE fact.session SET minutes = 1")
    let parity = try Rebuild(session: log.administrator).run().facts
    #expect(parity.filter { !$0.isEqual }.map(\.fact) == ["session"])
    #expect(try log.number("SELECT minutes FROM evaluation.session") == 45)
  }

  @Test func `an unknown event type halts and says what to install`() throws {
    let log = try TestLog(readSide: true)
    var strange = sessionDraft("s1", heldOn: day)
    strange.schemaVersion = 9
    _ = try log.writer().record([sessionDraft("s0", heldOn: day)])
    try log.administrator.execute("INSERT INTO log.event_type VALUES ('session_recorded', 9)")
    _ = try log.writer().record([strange])
    try log.administrator.execute("DELETE FROM log.event_type WHERE schema_version = 9")
    #expect(try log.project() == 1)
    let state = try log.administrator.query("SELECT state, reason FROM ops.checkpoint")[0]
    #expect(state.optionalText(0) == "halted")
    #expect(
      state.optionalText(1)?.hasPrefix(
        "position 2: event type session_recorded version 9 is unknown") == true)
  }

  @Test func `a poison event is found, named and waited for`() throws {
    let log = try TestLog(readSide: true)
    var drafts = (0..<9).map { sessionDraft("s\($0)", heldOn: day) }
    drafts[6].body = Array(
      #"{"programme":"TST","group":"G1","session":"s6","minutes":"many"}"#.utf8)
    _ = try log.writer().record(Array(drafts[..<3]))
    _ = try log.writer().record(Array(drafts[3...]))
    #expect(try log.project() == 3)
    #expect(try log.number("SELECT position FROM ops.failure") == 7)
    #expect(try log.number("SELECT count(*) FROM evaluation.session") == 3)
    let waits =
      "SELECT count(*) FROM ops.checkpoint WHERE not_before > served_at AND state = 'active'"
    #expect(try log.number(waits) == 1)
  }

  @Test func `a log restored to an earlier state is noticed`() throws {
    let log = try TestLog(readSide: true)
    for block in 0..<3 { _ = try log.writer().record([sessionDraft("s\(block)", heldOn: day)]) }
    try log.project()
    try log.administrator.execute(
      """
      SET session_replication_role = replica;
      DELETE FROM log.event WHERE append_no = 3; DELETE FROM log.append WHERE append_no = 3;
      RESET session_replication_role
      """)
    #expect(try log.project() == 0)
    let reason = try log.administrator.query("SELECT reason FROM ops.checkpoint")[0].optionalText(0)
    #expect(reason?.hasPrefix("log and checkpoint disagree") == true)
  }

  @Test func `workers that are killed lose and repeat nothing`() async throws {
    let log = try TestLog(readSide: true)
    let conninfo = log.conninfo
    let institution = log.institution.id
    let writing = Task {
      let session = try Session(conninfo: conninfo, role: "varde_recorder")
      let writer = try LogWriter(
        session: session, institution: institution, run: UUID(),
        keySecret: [UInt8](repeating: 7, count: 32))
      for block in 0..<60 {
        // Every third block corrects a session of the one before.
        let name = block % 3 == 2 ? block - 1 : block
        _ = try writer.record(
          (0..<20).map { sessionDraft("s\(name)-\($0)", heldOn: day, minutes: 30 + block) })
      }
    }
    let projecting = (0..<3).map { _ in
      Task {
        while !Task.isCancelled {
          do {
            let session = try Session(conninfo: conninfo, role: "varde_projector")
            let worker = try FactWorker(session: session)
            while !Task.isCancelled {
              try worker.runToEnd()
              try await Task.sleep(for: .milliseconds(5))
            }
          } catch is PostgresError {
            continue  // its backend was killed; the next one takes over
          }
        }
      }
    }
    let killer = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(15))
        let session = try Session(conninfo: conninfo)
        try session.query(
          """
          SELECT pg_terminate_backend(pid, 100) FROM pg_stat_activity
           WHERE datname = current_database() AND query LIKE '%project%'
             AND pid <> pg_backend_pid()
          """)
      }
    }
    // The killer never touches the recorder: its statements are COPY and seal.
    _ = try await writing.value
    killer.cancel()
    for task in projecting { task.cancel() }
    for task in projecting { _ = try? await task.value }
    _ = try? await killer.value
    try log.project()
    let reached = try log.number("SELECT position FROM ops.checkpoint")
    #expect(try reached == log.number("SELECT max(position) FROM log.event"))
    let parity = try Rebuild(session: log.administrator).run().facts
    #expect(parity.filter { !$0.isEqual } == [])
  }
}
