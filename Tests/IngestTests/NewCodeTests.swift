import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Codes that rows make known: nothing says what they were before a spreadsheet changed them.
@Suite("Codes that are new")
struct NewCodeTests {
  /// A file of a kind with one row, whose code is the given one.
  private static let files: [(kind: String, text: @Sendable (String) -> String)] = [
    ("sessions", { "session;group;planned_on;status\n\($0);TST-1;2025-03-04;planned\n" }),
    ("enrolments", { "person_id;unit;group;joined\n\($0);HUM;TST-1;2025-01-20\n" }),
    (
      "support-acts",
      { "act;programme;unit;kind;on\n\($0);TST;HUM;leader_attended;2025-03-04\n" }
    ),
    ("observations", { "cycle;group;step;on;observed\n\($0);TST-1;feedback;2025-03-03;F1001\n" }),
    ("logs", { "person_id;round;on;words\nF1001;\($0);2025-03-03;9\n" }),
    (
      "consents",
      {
        "person_id;programme;document_version;purposes;given_on\nF1001;TST;\($0);log;2025-03-03\n"
      }
    ),
    ("responses", { "response;instrument;wave;person_id;on\n\($0);pit;W0;F1001;2025-01-22\n" }),
  ]

  @Test(arguments: [
    "01.mar", "mar.25", "01-Mar", "Mar-25", "1. mars", "########", "#NAVN?", "#REF!", "#DIV/0!",
    "#N/A", "1,23456789012345E+15", "01.mar2026",
  ])
  func `what a spreadsheet has made of a code is turned down`(code: String) throws {
    let isError = code.hasPrefix("#")
    for file in NewCodeTests.files {
      let report = try Scene().send(file.kind, file.text(code))
      #expect(report.rejected == 1, "\(file.kind)")
      #expect(report.diagnostics.map(\.code) == [isError ? "VD253" : "VD314"], "\(file.kind)")
      let hint = try #require(report.diagnostics.first?.hint)
      #expect(isError || hint.contains("text"), "\(hint)")
    }
  }

  @Test(arguments: [
    "2026-03-01", "17", "20260301", "mar25", "jan", "may", "A-2025-01", "TST-1-2025-02-11", "1-2",
    "#1", "1.2", "2025-1",
  ])
  func `what may be a code is one`(code: String) throws {
    for file in NewCodeTests.files {
      let report = try Scene().send(file.kind, file.text(code))
      #expect(report.new == 1 && report.diagnostics.isEmpty, "\(file.kind)")
    }
  }

  @Test(arguments: ["01.03.2026", "1.3.26"])
  func `a date as people write it is taken, with a warning`(code: String) throws {
    for file in NewCodeTests.files {
      let report = try Scene().send(file.kind, file.text(code))
      #expect(report.new == 1 && report.diagnostics.map(\.code) == ["VD372"], "\(file.kind)")
    }
  }

  // MARK: - Workbooks

  /// A workbook of sessions whose first cell is `cell`, a cell's XML without its place.
  private func workbook(_ cell: String, _ folder: Folder) throws -> String {
    var book = WorkbookMaker(sheets: [
      (
        "Ark1",
        WorkbookMaker.row(1, ["session", "group", "planned_on", "status"])
          + "<row r=\"2\"><c r=\"A2\" \(cell)</c>"
          + ["TST-1", "2025-03-04", "planned"].enumerated().map { index, text in
            "<c r=\"\(WorkbookMaker.column(index + 2))2\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
          }.joined() + "</row>"
      )
    ])
    book.add(
      "xl/styles.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
    book.replace(
      "xl/_rels/workbook.xml.rels",
      with: "<Relationships><Relationship Id=\"s0\" Type=\"\(WorkbookMaker.relations)/worksheet\""
        + " Target=\"sheet0.xml\"/><Relationship Id=\"y\" Type=\"\(WorkbookMaker.relations)/styles\""
        + " Target=\"styles.xml\"/></Relationships>")
    let file = "\(folder.path)/a.xlsx"
    try book.write(to: file)
    return file
  }

  @Test(arguments: [
    ("s=\"1\"><v>46082</v>", "VD314", "01.mar2026"),
    ("t=\"d\"><v>2026-03-01T00:00:00</v>", "VD314", "01.mar2026"),
    ("s=\"1\"><v>46082.5</v>", "VD314", "01.mar2026"),
    ("><v>1234567890123456</v>", "VD255", "1,23456789012346E+15"),
    ("><v>1E+20</v>", "VD255", "1E+20"),
  ])
  func
    `dates and cut numbers in place of codes come back as what they are, and are turned down again`(
      cell: String, code: String, back: String
    ) throws
  {
    let folder = try Folder()
    let scene = Scene()
    let first = try scene.ingest(
      "sessions", file: try workbook(cell, folder), options: IngestOptions())
    #expect(first.diagnostics.map(\.code) == [code])
    let rejects = try #require(first.rejectsFile)
    #expect(
      try rows(of: rejects).last.map { CellTrim.trimmed($0[0]) } == back)
    let again = try scene.ingest("sessions", file: rejects)
    #expect(again.rejected == 1 && again.diagnostics.map(\.code) == ["VD314"])
  }

  @Test func `a date that was typed as a text is a code in a workbook, too`() throws {
    let folder = try Folder()
    let cell = "t=\"inlineStr\"><is><t>2026-03-01</t></is>"
    let report = try Scene().ingest("sessions", file: try workbook(cell, folder))
    #expect(report.new == 1 && report.diagnostics.isEmpty)
  }
}

@Suite("Numbers and dates that are in doubt")
struct DoubtfulValueTests {
  private let header = "person_id;programme;term;spent\n"

  private func hours(_ spent: String, _ scene: Scene = Scene()) throws -> IngestReport {
    try scene.send("hours", header + "F1001;TST;2025V;\(spent)\n")
  }

  @Test(arguments: [("1.200", "write 1200, or 1,200 if it is a fraction"), ("18.750", "18,750")])
  func `a point before three digits is not guessed at beside decimal commas`(
    number: String, hint: String
  ) throws {
    let report = try hours(number)
    #expect(report.diagnostics.map(\.code) == ["VD370"])
    #expect(report.diagnostics.first?.hint?.contains(hint) == true)
    let minutes = try Scene().send(
      "attendance", "session;person_id;status;minutes\nS1;F1001;present;1.000\n")
    #expect(minutes.diagnostics.map(\.code) == ["VD370"])
  }

  @Test(arguments: ["1.2", "1.20", "18.75", "0.125", "1,200", "1 200", "1.2000", "22,5"])
  func `any other number is what it is`(number: String) throws {
    #expect(try hours(number).new == 1)
  }

  /// A file whose cells are separated by commas or tabs says nothing of what a point or comma is.
  @Test(arguments: [
    ("1.250", "write 1250, or 1.25 if it is a fraction"),
    ("1,255", "write 1255, or 1,2550 if it is a fraction"),
    ("2.000", "write 2000, or 2 if it is a fraction"),
  ])
  func `three digits behind a point or comma are not guessed at`(
    number: String, hint: String
  ) throws {
    for separator in [",", "\t"] {
      let scene = Scene()
      let file = ["F1001", "TST", "2025V", "\"\(number)\""].joined(separator: separator)
      let report = try scene.send(
        "hours", header.replacing(";", with: separator) + file + "\n")
      #expect(report.diagnostics.map(\.code) == ["VD370"])
      #expect(report.diagnostics.first?.hint == hint)
      // What the hint says is taken, and is what it says.
      let fraction = try #require(hint.split(separator: " ").dropFirst(3).first)
      let mended = file.replacing(number, with: fraction)
      #expect(
        try scene.send("hours", header.replacing(";", with: separator) + mended + "\n").new == 1)
    }
  }

  @Test(arguments: [
    ("33.333", 33.333), ("100.000", 100), ("0.125", 0.125), ("37.5", 37.5), ("12.1250", 12.125),
  ])
  func `only where both numbers are possible`(share: String, value: Double) throws {
    let scene = Scene()
    let report = try scene.send(
      "enrolments",
      "person_id,unit,group,joined,fte_percent\nF2001,HUM,TST-1,2025-01-20,\(share)\n")
    #expect(report.new == 1)
    #expect(scene.log.bodies[0].contains("\"fte_percent\":\(PlainNumber.text(value)),"))
  }

  @Test(arguments: [
    ("1.000", "VD370", "write 1000, or 1 if that is meant"), ("1,000", "VD370", "write 1000"),
    ("1.250", "VD370", "write 1250"), ("60.000", "", ""), ("60.0", "", ""), ("1 250", "", ""),
    ("60.500", "VD305", "write digits only"),
  ])
  func `also in columns of whole numbers, however cells are separated`(
    minutes: String, code: String, hint: String
  ) throws {
    for separator in [",", ";", "\t"] {
      let file = [
        ["session", "person_id", "status", "minutes"],
        ["S1", "F1001", "present", "\"\(minutes)\""],
      ]
      let report = try Scene().send(
        "attendance", file.map { $0.joined(separator: separator) + "\n" }.joined())
      // Twenty hours can hardly be true, which is another matter.
      let found = report.diagnostics.filter { $0.code != "VD266" }
      #expect(found.map(\.code) == (code.isEmpty ? [] : [code]))
      #expect(found.first?.hint?.hasPrefix(hint) ?? true)
    }
  }

  @Test func `a number that came as one is what it is, and a text of a workbook is not`() throws {
    let folder = try Folder()
    for (cell, code) in [
      ("><v>1.25</v>", ""), ("><v>1.255</v>", ""),
      (" t=\"inlineStr\"><is><t>1.250</t></is>", "VD370"),
    ] {
      let sheet =
        WorkbookMaker.row(1, ["person_id", "programme", "term", "spent"])
        + "<row r=\"2\">"
        + WorkbookMaker.row(2, ["F1001", "TST", "2025V"]).dropFirst(11).dropLast(6)
        + "<c r=\"D2\"\(cell)</c></row>"
      let file = "\(folder.path)/h.xlsx"
      try WorkbookMaker(sheets: [("Ark1", sheet)]).write(to: file)
      #expect(
        try Scene().ingest("hours", file: file).codes.map(\.code) == (code.isEmpty ? [] : [code]))
    }
  }

  @Test func `a number typed for varde record is in doubt, too`() throws {
    let arguments = ["session=S1", "person_id=F1001", "status=present", "minutes=1.000"]
      .enumerated().compactMap { RecordArgument($1, number: $0 + 1) }
    let report = try Scene().runner(IngestOptions(rejects: .nowhere)).record(
      AttendanceKind(), arguments)
    #expect(report.diagnostics.map(\.code) == ["VD370"])
  }

  @Test(arguments: [("0,8", 1), ("1", 1), ("0.05", 1), ("0", 0), ("80", 0), ("1,5", 0)])
  func `a share of 1 where percents are meant is warned about`(share: String, warnings: Int) throws
  {
    let report = try Scene().send(
      "enrolments",
      "person_id;unit;group;joined;fte_percent\nF2001;HUM;TST-1;2025-01-20;\(share)\n")
    #expect(report.new == 1 && report.warningCount == warnings)
    #expect(report.codes.allSatisfy { $0.code == "VD371" })
    if share == "0,8" {
      #expect(
        report.diagnostics.first?.hint
          == "if 80 % is meant, write 80: spreadsheets store it as 0.8")
    }
  }

  @Test(arguments: [
    ("13/3/2026", "VD302", "write it as 2026-03-13 or 13.03.2026"),
    ("3/13/2026", "VD302", "write it as 2026-03-13 or 13.03.2026"),
    ("2026/03/03", "VD302", "write it as 2026-03-03 or 03.03.2026"),
    ("3/3/2026", "VD302", "write it as 2026-03-03"), ("03/04/2026", "VD304", "2025-02-11"),
    ("3/4/26", "VD304", "2025-02-11"), ("2026/13/03", "VD303", "check day and month"),
    ("31/31/2026", "VD303", "check day and month"), ("a/b/c", "VD302", "2025-02-11"),
    ("03/04/x", "VD302", "2025-02-11"),
  ])
  func `a date with slashes is told for what it is`(date: String, code: String, hint: String) throws
  {
    let report = try Scene().send(
      "sessions", "session;group;planned_on;status\nX;TST-1;\(date);planned\n")
    let told = try #require(report.diagnostics.first)
    #expect(told.code == code && (told.hint ?? "").contains(hint), "\(told)")
  }

  @Test func `a correction says nothing of how a person was found`() throws {
    let scene = Scene()
    let header = "session;person_id;email;name;status\n"
    _ = try scene.send("attendance", header + "S1;F1001;;;present\n")
    let report = try scene.send("attendance", header + "S1;;;Åse Prøvesen;absent\n")
    #expect(report.corrections.map(\.description) == ["line 2 (S1): status present → absent"])
  }
}
