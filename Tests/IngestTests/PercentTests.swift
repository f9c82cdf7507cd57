import Foundation
import Testing

@testable import Ingest

@Suite("Percents with their sign")
struct PercentTests {
  private func enrolment(_ share: String, _ scene: Scene) throws -> IngestReport {
    try scene.send(
      "enrolments",
      "person_id;unit;group;joined;fte_percent\nF2001;HUM;TST-1;2025-01-20;\(share)\n")
  }

  @Test(arguments: [
    ("80%", "80"), ("80 %", "80"), ("37,5\u{A0}%", "37.5"), ("0.5%", "0.5"), ("1%", "1"),
  ])
  func `the sign may stand where percents are meant`(share: String, recorded: String) throws {
    let scene = Scene()
    let report = try enrolment(share, scene)
    #expect(report.new == 1 && report.warningCount == 0)
    #expect(scene.log.bodies.first?.contains("\"fte_percent\":\(recorded),") == true)
  }

  @Test(arguments: ["%", "80%%", "180%", "8%0"])
  func `the sign makes no number of what is none`(share: String) throws {
    #expect(try enrolment(share, Scene()).rejected == 1)
  }

  @Test func `the sign is refused where no percents are meant`() throws {
    let report = try Scene().send(
      "attendance", "session;person_id;status;minutes\nS1;F1001;present;45%\n")
    #expect(report.codes.map(\.code) == ["VD305"])
  }

  @Test func `a cell in the format of percents is the percents it shows`() throws {
    let cells = ["F2001", "HUM", "TST-1", "2025-01-20"].map {
      "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>"
    }
    let rows =
      WorkbookMaker.row(1, ["person_id", "unit", "group", "joined", "fte_percent"])
      + "<row r=\"2\">\(cells.joined())<c s=\"1\"><v>0.8</v></c></row>"
    var book = WorkbookMaker(sheets: [("Ark1", rows)])
    book.add(
      "xl/styles.xml",
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>")
    let relations = try #require(book.parts.first { $0.path.hasSuffix("workbook.xml.rels") })
    book.replace(
      relations.path,
      with: String(decoding: relations.text, as: UTF8.self).replacing(
        "</Relationships>",
        with: "<Relationship Id=\"y\" Type=\"\(WorkbookMaker.relations)/styles\""
          + " Target=\"styles.xml\"/></Relationships>"))
    let folder = try Folder()
    try book.write(to: "\(folder.path)/a.xlsx")
    let scene = Scene()
    let report = try scene.ingest("enrolments", file: "\(folder.path)/a.xlsx")
    #expect(report.new == 1 && report.codes.isEmpty, "\(report.text())")
    #expect(scene.log.bodies.first?.contains("\"fte_percent\":80,") == true)
  }
}
