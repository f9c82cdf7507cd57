import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Workbooks whose table is not where it is looked for, and rows of them that come back as text.
@Suite("Workbooks, and what comes back of them")
struct WorkbookBackTests {
  private func book(
    _ sheets: [(name: String, rows: String)], _ folder: Folder, _ name: String = "a.xlsx"
  ) throws -> String {
    let file = "\(folder.path)/\(name)"
    try WorkbookMaker(sheets: sheets).write(to: file)
    return file
  }

  private func number(_ place: String, _ value: String) -> String {
    "<c r=\"\(place)\"><v>\(value)</v></c>"
  }

  private func row(_ number: Int, _ texts: [String], _ cells: String) -> String {
    WorkbookMaker.row(number, texts).replacing("</row>", with: cells + "</row>")
  }

  @Test func `decimals come back behind a comma, so that no spreadsheet makes dates of them`()
    throws
  {
    let folder = try Folder()
    let header = WorkbookMaker.row(1, ["person_id", "programme", "term", "allocated", "spent"])
    let wrong = row(
      2, ["F1001", "TST", "2025-H"], number("D2", "7.5") + number("E2", "1234.125"))
    let file = try book([("Ark1", header + wrong)], folder)
    let report = try Scene().ingest("hours", file: file, options: IngestOptions())
    let rejects = try #require(report.rejectsFile)
    let text = String(decoding: try folder.read("a.rejected.csv"), as: UTF8.self)
    #expect(text.contains("F1001;TST;2025-H;7,5;1234,125;VD315;"))

    let mended = try folder.write("b.csv", Array(text.replacing("2025-H;", with: "2025H;").utf8))
    let scene = Scene()
    #expect(try scene.ingest("hours", file: mended).new == 1)
    #expect(scene.log.bodies[0].contains(#""allocated":7.5,"spent":1234.125,"#))
    #expect(try rows(of: rejects).count == 2)
  }

  @Test func `codes, texts and what somebody has typed stay as they are`() throws {
    let folder = try Folder()
    let header = WorkbookMaker.row(1, ["person_id", "programme", "term", "allocated", "spent"])
    let wrong = WorkbookMaker.row(2, ["F1.5", "TST", "2.5", "1.250", "x.5"])
    let file = try book([("Ark1", header + wrong)], folder)
    _ = try Scene().ingest("hours", file: file, options: IngestOptions())
    #expect(
      try rows(of: "\(folder.path)/a.rejected.csv")[1].prefix(5) == [
        "F1.5", "TST", "2.5", "1.250", "x.5",
      ])
    // With commas between the cells a point is what such a spreadsheet has.
    let options = IngestOptions(delimiter: .comma)
    let points = try book(
      [("Ark1", header + row(2, ["F1001", "TST", "x"], number("D2", "7.5")))], folder, "b.xlsx")
    _ = try Scene().ingest("hours", file: points, options: options)
    #expect(try rows(of: "\(folder.path)/b.rejected.csv")[1][3] == "7.5")
  }

  private static let list = """
    tool: table
    kind: outreach
    header: 3
    columns: {group: Lag, term: Semester, requests: Spurt}

    """

  private func sheets() -> [(name: String, rows: String)] {
    let table =
      WorkbookMaker.row(1, ["Deltakere"]) + WorkbookMaker.row(3, ["Lag", "Semester", "Spurt"])
      + WorkbookMaker.row(4, ["TST-1", "2025V", "3"])
    return [("Les meg", WorkbookMaker.row(1, ["Om arket"])), ("Vår 2025", table)]
  }

  private func send(_ yaml: String, _ file: String, sheet: String? = nil) throws -> IngestReport {
    try Scene().runner(IngestOptions(rejects: .nowhere, sheet: sheet))
      .ingest(try Binding(yaml: yaml, file: "b.yaml"), file: file)
  }

  @Test func `a header that lies below the sheet's last line is told with the other sheets`() throws
  {
    let folder = try Folder()
    let file = try book(sheets(), folder)
    let error = try #require(throws: InputError.self) { try send(Self.list, file) }
    #expect(error.diagnostics.map(\.code) == ["VD224"])
    #expect(error.diagnostics[0].message.contains("sheet 'Les meg' of 2) ends above line 3"))
    #expect(
      error.diagnostics[0].hint?.contains("other sheets are 'Vår 2025': name one with 'sheet:'")
        == true)
  }

  @Test func `a binding names the sheet, and --sheet overrules it`() throws {
    let folder = try Folder()
    let file = try book(sheets(), folder)
    let yaml = Self.list + "sheet: vår 2025\n"
    #expect(try send(yaml, file).new == 1)
    #expect(codes { _ = try send(yaml, file, sheet: "1") } == ["VD224"])
    #expect(codes { _ = try send(Self.list + "sheet: Høst\n", file) } == ["VD252"])
    // The rows that come back are in a file without sheets.
    let csv = try folder.write(
      "a.rejected.csv", Array("Lag;Semester;Spurt;error_code;error\nTST-1;2025V;3;;\n".utf8))
    #expect(try send(yaml, csv).new == 1)
  }

  @Test func `a draft for one sheet names it`() throws {
    let folder = try Folder()
    let file = try book(sheets(), folder)
    let draft = try Binding.draft(for: file, options: IngestOptions(sheet: "Vår 2025"))
    #expect(draft.contains("sheet: \"Vår 2025\""))
    _ = try Binding(yaml: draft, file: "d.yaml")
  }

  @Test func `a table that came into one column is told as that`() throws {
    let csv = "\"session,person_id,status\"\n\"S1,F1001,present\"\n"
    let error = try #require(throws: InputError.self) { try Scene().send("attendance", csv) }
    #expect(error.diagnostics.map(\.code) == ["VD212"])
    #expect(error.diagnostics[0].hint?.hasPrefix("each row is one cell with commas in it") == true)
    let sheet = ["session;person_id;status", "S1;F1001;present"].enumerated()
      .map { WorkbookMaker.row($0 + 1, [$1]) }.joined()
    let folder = try Folder()
    let file = try book([("Ark1", sheet)], folder)
    let other = try #require(throws: InputError.self) {
      try Scene().ingest("attendance", file: file)
    }
    #expect(other.diagnostics[0].hint?.hasPrefix("each row is one cell with semicolons") == true)
  }
}
