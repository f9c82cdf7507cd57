import Events
import FoundationEssentials
import Glibc
import Testing

@testable import Ingest

@Suite("Exports sent, mended and sent again")
struct ExportTests {
  private static let list = """
    tool: attendance-list
    kind: attendance
    columns: {person_id: Ansattnr, name: Navn}
    sessions: {12.02.2025: S1, 25.03.2025: S3}
    status: {x: present}

    """

  @Test func `a list's rejects that are still wrong come back again`() throws {
    let exports = try Exports(Scene())
    let text = "Navn;Ansattnr;12.02.2025;25.03.2025\nHvem Vet;;x;\n"
    let first = try exports.ingest(ExportTests.list, "a.csv", text)
    #expect(first.rejected == 1)
    let again = try exports.ingest(ExportTests.list, "a.rejected.csv")
    #expect(again.summary == "read 1: 0 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    #expect(try exports.text("a.rejected.csv").contains("Hvem Vet;;x;;VD401"))
    #expect(try exports.text("a.rejected-2.csv") == exports.text("a.rejected.csv"))
  }

  @Test func `a list's rejects with the reasons in front come back again`() throws {
    let exports = try Exports(Scene())
    let text = "error_code;Navn;Ansattnr;12.02.2025;25.03.2025;error\nVD401;Hvem Vet;;x;;why\n"
    _ = try exports.ingest(ExportTests.list, "a.csv", text)
    #expect(try exports.text("a.rejected.csv").contains("\r\nHvem Vet;;x;;VD401;"))
  }

  @Test(arguments: ["responses-codes.sav", "responses-codes.dta"])
  func `mended cases of a statistics file go in with its binding`(name: String) throws {
    let exports = try Exports()
    let yaml = """
      tool: statistics
      kind: responses
      programme: TST
      instrument: pit
      wave: W0
      response: response
      time: "on"
      subject: {column: person_id, identifier: person_id}
      items: {pit_1: pit_1, pit_2: pit_2}
      missing: {skipped: ["-99", ".a"]}
      drop: [instrument, wave]

      """
    let golden = "\(GoldenTests.folder)/statistics/\(name)"
    let file = "\(exports.folder.path)/s.\(name.suffix(3))"
    try FileManager.default.copyItem(atPath: golden, toPath: file)
    let first = try exports.ingest(yaml, "s.\(name.suffix(3))")
    #expect(first.rejected == 2)
    let mended = try exports.text("s.rejected.csv")
      .replacing("2025-01-27;9;2,5", with: "2025-01-27;7;2").replacing("Fåø", with: "F1001")
    let again = try exports.ingest(yaml, "mended.csv", mended)
    #expect(again.summary == "read 2: 2 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected")
    #expect(
      exports.scene.log.bodies.contains {
        $0.contains(#""pit_1":{"v":1,"s":"answered"},"pit_2":{"s":"skipped"}"#)
      })
  }

  @Test func `lines of JSON are no statistics file`() throws {
    let yaml = "tool: statistics\nkind: responses\nprogramme: TST\ninstrument: pit\nresponse: r\n"
    let said = try Exports().check(yaml + "items: {pit_1: a}\n", "a.ndjson", "{\"r\":1,\"a\":2}\n")
    #expect(said.count == 1 && said[0].contains("VD289"))
  }

  // MARK: Whose the responses are

  private func form(_ subject: String, drop: String = "[]") -> String {
    """
    tool: nettskjema
    kind: responses
    programme: TST
    instrument: peer
    wave: W0
    \(subject)
    items: {iso_1: a}
    drop: \(drop)

    """
  }

  private func rows(_ who: String..., answer: Int = 6) -> String {
    "$submission_id;$created;kode;a;$answer_time_ms\n"
      + who.enumerated().map { "\($0 + 1);2025-01-25T08:00:00+01:00;\($1);\(answer);1\n" }.joined()
  }

  @Test func `a response that becomes another person's is told, whatever else has changed`() throws
  {
    let exports = try Exports()
    let yaml = form("subject: {column: kode, identifier: person_id}")
    _ = try exports.ingest(yaml, "a.csv", rows("F1001", "F1002"))
    let report = try exports.ingest(yaml, "b.csv", rows("F1002", "F1001", answer: 5))
    #expect(report.corrected == 2)
    #expect(
      report.corrections.first?.description == "line 2 (peer W0): another person, iso_1 6 → 5")
    let said = report.said("VD366")
    #expect(said.count == 1 && said[0].contains("2 recorded records become another person's"))
    #expect(!report.text().contains("F1001"))
  }

  @Test func `responses that lose their people are told in plain words`() throws {
    let exports = try Exports()
    _ = try exports.ingest(
      form("subject: {column: kode, identifier: person_id}"), "a.csv", rows("F1001", "F1002"))
    let report = try exports.ingest(form("", drop: "[kode]"), "b.csv", rows("F1001", "F1002"))
    #expect(report.corrections.map(\.person) == [.unlinked, .unlinked])
    #expect(report.corrections.first?.description == "line 2 (peer W0): a person → nobody")
    #expect(report.said("VD367").first?.contains("2 recorded records lose the person") == true)
    #expect(!report.text().contains("match"))
    let back = try exports.ingest(
      form("subject: {column: kode, identifier: person_id}"), "c.csv", rows("F1001", "F1002"))
    #expect(back.corrections.first?.description == "line 2 (peer W0): nobody → a person")
    #expect(back.warningCount == 0)
  }

  @Test func `one person's ids are one person`() throws {
    var exports = try Exports()
    let yaml = form("subject: {column: kode, identifier: person_id}")
    _ = try exports.ingest(yaml, "a.csv", rows("F1001"))
    exports.scene.merge(2, into: 1)
    let report = try exports.ingest(yaml, "b.csv", rows("F1002", answer: 5))
    #expect(report.corrections.map(\.person) == [nil])
    #expect(report.said("VD366").isEmpty)
  }

  @Test func `responses without a person are counted, where the binding says who`() throws {
    let exports = try Exports()
    let yaml = form("subject: {column: kode, identifier: person_id}")
    let report = try exports.ingest(yaml, "a.csv", rows("F1001", "", ""))
    #expect(report.new == 3)
    let said = report.said("VD440")
    #expect(said.count == 1 && said[0].contains("a.csv:3"))
    #expect(said.first?.contains("2 responses are recorded without a person") == true)
    let anonymous = try exports.ingest(form("", drop: "[kode]"), "b.csv", rows("", ""))
    #expect(anonymous.said("VD440").isEmpty)
  }

  // MARK: What nobody wanted

  @Test func `rejected rows are for their owner's eyes, however many files there are`() throws {
    let exports = try Exports()
    let yaml = form("subject: {column: kode, identifier: person_id}")
    _ = try exports.ingest(yaml, "a.csv", rows("F1001", "nobody"))
    _ = try exports.ingest(yaml, "a.rejected.csv")
    _ = try exports.ingest(
      yaml, "b.csv", rows("nobody"),
      options: IngestOptions(rejects: .path("\(exports.folder.path)/c")))
    for name in ["a.rejected.csv", "a.rejected-2.csv", "c"] {
      var status = stat()
      #expect(stat("\(exports.folder.path)/\(name)", &status) == 0, "\(name)")
      #expect(status.st_mode & 0o777 == 0o600, "\(name)")
    }
  }

  @Test func `a file of which nothing is recorded says why, and what to write`() throws {
    let exports = try Exports()
    let golden = "\(GoldenTests.folder)/qualtrics"
    let yaml = try String(contentsOfFile: "\(golden)/binding.yaml", encoding: .utf8)
    let lines = try String(contentsOfFile: "\(golden)/good.csv", encoding: .utf8)
      .split(separator: "\n").map { String($0) }
    let rows = lines[3...4].map { $0.replacing(":48,0,", with: ":48,IP-adresse,") }
      .map { $0.replacing(":48,1,", with: ":48,IP-adresse,") }
    let text = (lines[..<3] + rows).joined(separator: "\n")
    let report = try exports.ingest(yaml, "q.csv", text)
    let said = report.said("VD369")
    #expect(said.count == 1 && said[0].contains("all 2 were left out: 2 with a status that is not"))
    #expect(said.first?.contains("'Status' has 'IP-adresse'") == true)
    #expect(said.first?.contains("status: [IP-adresse]") == true)
    let personal = try exports.ingest(
      yaml, "p.csv", text.replacing("IP-adresse,192", with: "Kari,192"))
    #expect(!personal.text().contains("Kari"))
    #expect(personal.said("VD369").count == 1)
    let taken = try exports.ingest(yaml + "status: [IP-adresse]\n", "q.csv", text)
    #expect((taken.new, taken.said("VD369").count) == (2, 0))
  }

  @Test func `events of another programme are named with the key that leaves them out`() throws {
    let exports = try Exports()
    let yaml = """
      tool: dhis2
      kind: sessions
      zone: UTC
      programs: [pRoGrAmMe99]
      columns: {session: event, group: {value: TST-1}, held_on: occurredAt, status: {value: held}}
      drop: [dEmInUtEs01, dEmOdE00001, dEnOtE00001]

      """
    let text = try String(
      contentsOfFile: "\(GoldenTests.folder)/dhis2/events.csv", encoding: .utf8)
    let said = try exports.ingest(yaml, "e.csv", text).said("VD369")
    #expect(said.count == 1)
    #expect(
      said.first?.contains("'programs' in the binding takes pRoGrAmMe99, the file has") == true)
  }
}
