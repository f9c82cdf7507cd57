import Events
import Testing

@testable import Ingest

/// Values that can be true and seldom are: recorded, with a warning.
@Suite("Values that can hardly be true")
struct PlausibleTests {
  private let header = "session;person_id;status;minutes\n"

  @Test(arguments: [
    ("S1;F1001;present;1400", true), ("S1;F1001;present;90", false),
    ("S1;F1001;absent;90", true), ("S1;F1001;excused;1", true), ("S1;F1001;absent;0", false),
    ("S1;F1001;present;", false),
  ])
  func `minutes are held against the session and the status`(row: String, isTold: Bool) throws {
    var scene = Scene()
    scene.register.sessions["S1"]?.minutes = 60
    let report = try scene.send("attendance", header + row + "\n")
    #expect((report.new, report.rejected) == (1, 0))
    #expect(report.diagnostics.map(\.code) == (isTold ? ["VD266"] : []))
  }

  @Test(arguments: [("2025-03-02", true), ("2025-03-01", false), ("2025-02-20", false)])
  func `nothing was held on a day that has not come`(day: String, isTold: Bool) throws {
    let scene = Scene()
    var options = IngestOptions(rejects: .nowhere)
    options.today = CivilDate("2025-02-28")
    let folder = try Folder()
    let file = try folder.write(
      "s.csv",
      Array("session;group;status;held_on\nS9;TST-1;held;\(day)\n".utf8))
    let kind = try #require(RecordKinds.named("sessions"))
    let report = try scene.runner(options).ingest(kind, file: file)
    #expect(report.rejected == 0)
    #expect(report.diagnostics.contains { $0.code == "VD266" } == isTold)
  }
}
