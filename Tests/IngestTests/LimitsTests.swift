import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Where a run ends early, and what is left out")
struct LimitsTests {
  private let header = "session;person_id;status;minutes\r\n"

  @Test func `reading stops after so many rejected rows`() throws {
    let rows = ["S1;F1001;present;1", "S1;F9;present;", "S1;F1002;asleep;", "S1;F1003;present;5"]
    let text = header + rows.map { $0 + "\r\n" }.joined()
    let stopped = try Scene().send(
      "attendance", text, options: IngestOptions(rejects: .nowhere, maxErrors: 2))
    #expect(stopped.summary == "read 3: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 2 rejected")
    #expect(stopped.stoppedEarly && stopped.isBalanced)
    #expect(stopped.diagnostics.map(\.code) == ["VD243", "VD401", "VD308"])
    #expect(stopped.bytes == text.utf8.count, "its digest is that of the whole file")
    let one = try Scene().send(
      "attendance", text, options: IngestOptions(rejects: .nowhere, maxErrors: 1))
    #expect((one.read, one.rejected) == (2, 1))
    let enough = try Scene().send(
      "attendance", text, options: IngestOptions(rejects: .nowhere, maxErrors: 3))
    #expect((enough.read, enough.stoppedEarly) == (4, false))
  }

  @Test func `it stops in the block where the number is reached`() throws {
    let rows = (0..<12_000).map { "S1;F1001;\($0 % 2 == 0 ? "presnt" : "absnt");\n" }
    let report = try Scene().send(
      "attendance", header + rows.joined(),
      options: IngestOptions(rejects: .nowhere, maxErrors: 7_000))
    #expect((report.read, report.rejected, report.errorCount) == (7_000, 7_000, 7_001))
  }

  private final class Impatient: RunObserver {
    var told: [RunProgress] = []
    func reached(_ progress: RunProgress) { told.append(progress) }
    var wantsToStop: Bool { told.count == 2 }
  }

  @Test func `an observer is told how far it is, and may end it between blocks`() throws {
    let folder = try Folder()
    let scene = Scene()
    let text = header + String(repeating: "S1;F1001;present;5\n", count: 12_000)
    let file = try folder.write("a.csv", Array(text.utf8))
    let observer = Impatient()
    scene.log.startRun()
    let run = IngestRun(
      id: Scene.run, register: scene.register, people: scene.vault, sink: scene.log,
      zones: OsloTime(), observer: observer)
    let report = try run.ingest(AttendanceKind(), file: file)
    #expect(report.isInterrupted && report.isBalanced)
    #expect(report.read == 10_000)
    #expect(observer.told.map(\.rows) == [5_000, 10_000])
    #expect(observer.told.allSatisfy { $0.totalBytes == text.utf8.count && $0.bytes > 0 })
    #expect(report.sha256.isEmpty, "not all of the file was seen")
    #expect(report.text().contains("interrupted"))
  }

  @Test func `a column left out warns where that empties what is recorded`() throws {
    let scene = Scene()
    _ = try scene.send(
      "attendance", header + "S1;F1001;present;60\nS1;F1002;present;50\nS1;F1003;absent;\n")
    let less = try scene.send(
      "attendance", "session;person_id;status\nS1;F1001;present\nS1;F1002;late\nS1;F1003;absent\n")
    #expect(less.corrected == 2)
    #expect(less.diagnostics.map(\.code) == ["VD242"])
    #expect(
      less.diagnostics.first?.message
        == "there is no column 'minutes' ('minutter'), so 2 recorded values are emptied, first by this row"
    )
    #expect(less.diagnostics.first?.line == 2)
    #expect(less.errorCount == 0)
    let nothing = try scene.send("attendance", "session;person_id;status\nS1;F1003;late\n")
    #expect(nothing.corrected == 1 && nothing.diagnostics.isEmpty, "nothing was there to empty")
  }

  @Test func `an item left out warns, too`() throws {
    let scene = Scene()
    let both = "response;instrument;wave;person_id;on;pit_1;pit_2\nR;pit;W0;F1001;2025-01-25;6;5\n"
    #expect(try scene.send("responses", both).new == 1)
    let one = try scene.send(
      "responses", "response;instrument;wave;person_id;on;pit_1\nR;pit;W0;F1001;2025-01-25;7\n")
    #expect(one.corrected == 1)
    #expect(
      one.diagnostics.map(\.message) == [
        "there is no column 'pit_2', so a recorded value is emptied by this row"
      ])
  }

  @Test func `what is left out is named as the input names it`() throws {
    let scene = Scene()
    let full = #"{"session": "S1", "person_id": "F1001", "status": "present", "minutes": 60}"#
    _ = try scene.send("attendance", full)
    let line = #"{"session": "S1", "person_id": "F1001", "status": "present"}"#
    let lines = try scene.send("attendance", line).diagnostics
    #expect(
      lines.map(\.message) == [
        "there is no member 'minutes' ('minutter'), so a recorded value is emptied by this row"
      ])
    #expect(lines.first?.hint?.hasPrefix("add the member with its values") == true)
    _ = try scene.send("attendance", full)
    let folder = try Folder()
    let binding = try Binding(
      yaml:
        "tool: table\nkind: attendance\ncolumns: {session: Dag, person_id: Hvem, status: Hva}\n",
      file: "b.yaml")
    let file = try folder.write("a.csv", Array("Dag;Hvem;Hva\nS1;F1001;present\n".utf8))
    scene.log.startRun()
    let bound = try scene.runner(IngestOptions(rejects: .nowhere)).ingest(binding, file: file)
    #expect(
      bound.diagnostics.map(\.message) == [
        "the binding takes nothing for 'minutes', so a recorded value is emptied by this row"
      ])
    #expect(bound.diagnostics.first?.hint?.contains("in the binding") == true)
  }

  @Test func `reports of earlier versions can be read`() throws {
    let kept = """
      {"bytes":7,"codes":[],"corrected":0,"corrections":[],"diagnostics":[],"duplicate":0,\
      "errorCount":0,"file":"a.csv","isDryRun":false,"kind":"hours","matches":{},"new":1,"read":1,\
      "rejected":0,"run":"00000000-0000-4000-8000-000000000001","sha256":"ab","stoppedEarly":false,\
      "unchanged":0,"warningCount":0}
      """
    let report = try IngestReport(kept: kept)
    #expect(report.text().hasPrefix("a.csv: hours, 7 bytes, sha256 ab\n"))
    #expect(report.summary.hasPrefix("read 1: 1 new,"))
  }
}

@Suite("One record by hand")
struct RecordArgumentTests {
  private func record(_ arguments: String..., kind: String = "attendance", in scene: Scene) throws
    -> IngestReport
  {
    scene.log.startRun()
    return try scene.runner(IngestOptions(rejects: .nowhere)).record(
      RecordKinds.named(kind) ?? AttendanceKind(),
      arguments.enumerated().compactMap { RecordArgument($1, number: $0 + 1) })
  }

  @Test func `it is checked and recorded like a row`() throws {
    let scene = Scene()
    let made = try record("session=S1", "ansattnr=F1001", "status=til_stede", in: scene)
    #expect(made.new == 1)
    let row = Scene()
    _ = try row.send("attendance", "session;person_id;status\nS1;F1001;present\n")
    #expect(scene.log.stored == row.log.stored)
    #expect(try record("session=S1", "person_id=F1001", "status=present", in: scene).unchanged == 1)
    let other = try record("session=S1", "person_id=F1001", "status=late", in: scene)
    #expect(other.corrections.map(\.description) == ["(S1): status present → late"])
    #expect(other.text().hasPrefix("record: attendance\n"))
  }

  @Test func `what is wrong is shown in its argument, and nobody is named`() throws {
    let report = try record(
      "session=S1", "person_id=F9999", "status=presnet", "minutes=9;9", in: Scene())
    #expect(
      report.diagnostics.map(\.rendered) == [
        """
        argument 2: error[VD401]: no person with person_id 'F9•••' is known
              | person_id=F9•••
              |           ^
          hint: send the person's enrolment first
        """,
        """
        argument 3: error[VD308]: 'status': 'presnet' is not one of the values this column takes
              | status=presnet
              |        ^
          hint: did you mean 'present'? one of present ('til_stede'), late ('sen'), \
        partial ('delvis'), excused ('gyldig_fravær'), absent ('fravær'), unknown ('ukjent')
        """,
        """
        argument 4: error[VD305]: 'minutes': '•••' is not a whole number
              | minutes=•••
              |         ^
          hint: write digits only
        """,
      ])
  }

  @Test func `a key that is not known names the nearest, a missing one is named`() throws {
    let error = #expect(throws: InputError.self) {
      try record("session=S1", "stauts=present", in: Scene())
    }
    #expect(
      error?.diagnostics.map(\.rendered) == [
        """
        argument 2: error[VD213]: key 'stauts' is not known
              | stauts=present
              | ^
          hint: did you mean 'status'?
        """,
        """
        record: error[VD214]: required key 'status' is missing
          hint: add it; 'varde template KIND' shows it
        """,
      ])
    let none = #expect(throws: InputError.self) { try record("x=1", in: Scene()) }
    #expect(none?.diagnostics.map(\.message) == ["none of the keys is a column of attendance"])
  }

  @Test func `what looks like a spreadsheet's damage is mended in the argument`() throws {
    let report = try record(
      "session=1,23E+15", "person_id=F1001", "status=present", "minutes=6E1", in: Scene())
    #expect(report.diagnostics.map(\.code) == ["VD314", "VD314"])
    #expect(
      report.diagnostics.allSatisfy {
        $0.hint?.contains("column") == false && $0.message.contains("a spreadsheet has changed")
      })
  }

  @Test(arguments: ["", "=", "=x", "status"])
  func `what is no key and value is none`(text: String) {
    #expect(RecordArgument(text, number: 1) == nil)
  }
}
