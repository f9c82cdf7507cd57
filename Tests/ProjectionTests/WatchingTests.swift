import EventLog
import Events
import Postgres
import Projection
import TestSupport
import Testing

@Suite struct `What an operator watches` {
  private let day = CivilDate(daysSinceEpoch: 20_000)

  private func facts(_ watching: Watching) throws -> Watching.Projection {
    try #require(watching.projections.first { $0.projection == "fact" })
  }

  @Test func `lag comes from the log itself`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day), sessionDraft("s2", heldOn: day)])
    _ = try log.writer().record([sessionDraft("s3", heldOn: day)])
    let session = try log.session("varde_projector")
    let before = try facts(try Watching(session))
    #expect(before.events == 3 && before.blocks == 2 && before.position == 0)
    #expect(before.eventsBehind == 3 && before.blocksBehind == 2 && before.secondsBehind > 0)
    #expect(before.secondsSinceServed == nil)
    try log.project()
    _ = try log.writer().record([sessionDraft("s4", heldOn: day)])
    let after = try facts(try Watching(session))
    #expect(after.eventsBehind == 1 && after.blocksBehind == 1 && after.position == 3)
    #expect(after.secondsBehind < before.secondsBehind)
    try log.project()
    #expect(try facts(try Watching(session)).secondsBehind == 0)
  }

  @Test func `a failure is counted and has an age`() throws {
    let log = try TestLog(readSide: true)
    var poison = sessionDraft("s1", heldOn: day)
    poison.body = Array(#"{"programme":"TST","session":"s1","minutes":"many"}"#.utf8)
    _ = try log.writer().record([poison])
    try log.project()
    let watching = try Watching(try log.session("varde_projector"))
    #expect(watching.failures == 1)
    #expect(watching.oldestFailure != nil)
    #expect(try facts(watching).attempts == 1)
    #expect(try facts(watching).reason?.contains("position 1") == true)
  }

  /// As `PoisonTests` has it for events, and a right that is missing for what is nobody's fault.
  @Test(arguments: [true, false])
  func `what fails is not served by trying`(isPoison: Bool) throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s0", heldOn: day)])
    try log.project()
    try log.administrator.execute("UPDATE ops.checkpoint SET served_at = now() - interval '1 hour'")
    var next = sessionDraft("s1", heldOn: day)
    if isPoison {
      next.body = Array(#"{"programme":"TST","session":"s1","minutes":"many"}"#.utf8)
    } else {
      try log.administrator.execute("REVOKE INSERT ON fact.session FROM varde_projector")
    }
    _ = try log.writer().record([next])
    try log.project()
    let watching = try Watching(try log.session("varde_projector"))
    #expect(try facts(watching).reason != nil)
    #expect(try #require(try facts(watching).secondsSinceServed) > 3_000)
    #expect(watching.failures == 1)
  }

  @Test func `the metrics say the same and end as OpenMetrics must`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    let watching = try Watching(try log.session("varde_projector"))
    let text = OpenMetrics(watching).rendered
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.suffix(2) == ["# EOF", ""])
    let code = try #require(watching.projections.first?.institution)
    #expect(
      lines.contains("varde_projection_lag_events{institution=\"\(code)\",projection=\"fact\"} 1.0")
    )
    try expectFamilies(of: text)
  }

  @Test func `a worker adds what it has done itself, also when the database does not answer`()
    throws
  {
    var reading = WorkerPulse.Reading()
    reading.events = 12
    let text = OpenMetrics(nil, isUp: false, of: reading, version: "1.2\"3").rendered
    #expect(text.contains("varde_build_info{version=\"1.2\\\"3\"} 1.0\n"))
    #expect(text.contains("varde_database_up 0.0\n"))
    #expect(text.contains("varde_worker_projected_events_total 12.0\n"))
    #expect(text.contains("varde_worker_claim_duration_seconds_bucket{le=\"0.005\"} 0.0\n"))
    try expectFamilies(of: text)
  }

  @Test func `what was signed last has an age, in seconds and in blocks`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    let session = try log.session("varde_projector")
    #expect(try Watching(session).checkpoints.map(\.blocksSince) == [1])
    #expect(try Watching(session).checkpoints.map(\.secondsSince) == [nil])
    try LogCheckpoint(of: log.institution, session)?.keep(of: log.institution, session)
    _ = try log.writer().record([sessionDraft("s2", heldOn: day)])
    _ = try log.writer().record([sessionDraft("s3", heldOn: day)])
    let signed = try #require(try Watching(session).checkpoints.first)
    #expect(signed.blocksSince == 2 && signed.secondsSince.map { $0 > 0 } == true)
    try LogCheckpoint(of: log.institution, session)?.keep(of: log.institution, session)
    #expect(try Watching(session).checkpoints.map(\.blocksSince) == [0])
  }

  /// Every sample stands under the type of its own family and has the suffix of that type; a unit is
  /// the end of a name.
  private func expectFamilies(of text: String) throws {
    let suffixes = [
      "gauge": [""], "counter": ["_total"], "info": ["_info"],
      "histogram": ["_bucket", "_count", "_sum"],
    ]
    var names: [String] = []
    var family = ""
    for line in text.split(separator: "\n").dropLast() {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE ") {
        family = String(words[2])
        names = try #require(suffixes[String(words[3])]).map { family + $0 }
      } else if line.hasPrefix("# UNIT ") {
        #expect(family.hasSuffix("_" + words[3]))
      } else if !line.hasPrefix("#") {
        #expect(names.contains { line.hasPrefix($0 + "{") || line.hasPrefix($0 + " ") }, "\(line)")
        #expect(Double(words.last ?? "") != nil)
      }
    }
  }
}
