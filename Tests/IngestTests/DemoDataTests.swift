import Events
import Testing

@testable import Ingest

/// The files of the demo, sent in the order its page gives, with what is bad on purpose in them.
@Suite("The demo's files", .serialized)
struct DemoDataTests {
  private func bad(_ report: IngestReport) -> [String] {
    report.diagnostics.filter { $0.severity == .error }.map { "\($0.line ?? 0) \($0.code)" }
  }

  @Test func `everything goes in but what is bad on purpose`() throws {
    let office = DemoOffice()
    try office.apply("tst.yaml")
    try office.apply("opm.yaml")
    let enrolments = try office.send("enrolments", "enrolments.csv")
    #expect(bad(enrolments).isEmpty)
    #expect(enrolments.encoding?.encoding == .windows1252)
    #expect(bad(try office.send("sessions", "sessions.csv")).isEmpty)
    let attendance = try office.send("attendance", "attendance.csv")
    #expect(bad(attendance) == ["42 VD408", "43 VD401", "122 VD308"])
    #expect(attendance.duplicate == 0)
    let corrected = try office.send("attendance", "attendance-corrected.csv")
    #expect(bad(corrected) == ["42 VD408", "43 VD401", "122 VD308"])
    #expect(corrected.corrections.map(\.line) == [131, 342])
    #expect(corrected.new == 0)
    let teams = try office.send(
      "attendance", "teams-TST-3-2025-09-23.csv", binding: "teams.binding.yaml")
    #expect(bad(teams).isEmpty)
    #expect(teams.externalGuests == 1)
    #expect(bad(try office.send("observations", "observations.csv")).isEmpty)
    #expect(bad(try office.send("logs", "logs.csv")) == ["9 VD303", "21 VD211"])
    for (wave, expected) in [("w0", []), ("w2", ["7 VD310"]), ("w3", ["6 VD401"])] {
      let report = try office.send(
        "responses", "survey-\(wave).csv", binding: "survey-\(wave).binding.yaml")
      #expect(bad(report) == expected)
      #expect(report.new > 10)
    }
    #expect(bad(try office.send("hours", "hours.csv")).isEmpty)
    #expect(bad(try office.send("support-acts", "support-acts.csv")).isEmpty)
    let outreach = try office.send("outreach", "outreach.csv")
    #expect(bad(outreach).isEmpty)
    #expect(outreach.delimiter == .tab)
    #expect(try office.send("outreach", "outreach.csv").unchanged == outreach.new)
  }
}
