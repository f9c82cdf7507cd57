import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Workbooks")
struct WorkbookTests {
  private let golden = GoldenTests.folder + "/xlsx"

  // MARK: Cells

  @Test func `what a cell holds is what a person sees`() throws {
    let folder = try Folder()
    var book = WorkbookMaker(
      sheets: [
        (
          "Ark1",
          """
          <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row>
          <row r="5"><c r="A5" t="b"><v>1</v></c><c r="C5" t="str"><f>A1</f><v>_x00e5_&amp;</v></c></row>
          <row r="6"><c r="A6"><v>0.30000000000000004</v></c><c r="B6"><v>1.5E-3</v></c><c><v>1E3</v></c></row>
          <row r="7"><c r="B7" t="d"><v>2025-02-11T00:00:00</v></c><c t="str"><f>""</f><v></v></c></row>
          <row r="9"><c r="A9" t="inlineStr"><is><t>  </t></is></c></row>
          """
        )
      ],
      texts: """
        <si><t>a</t></si>
        <si><r><t>b</t></r><r><rPr/><t xml:space="preserve"> c</t></r><rPh><t>reading</t></rPh></si>
        """)
    book.parts.reverse()
    let file = "\(folder.path)/a.bin"
    try book.write(to: file)
    #expect(
      try rows(of: file) == [
        ["a", "b c", "x"], ["true", "", "å&"], ["0.3", "0.0015", "1000"], ["", "2025-02-11", ""],
      ])
  }

  @Test func `rows keep the numbers of the sheet, and messages name the cell`() throws {
    let report = try Scene().ingest(
      "attendance", file: "\(golden)/attendance-cells.xlsx")
    let last = try #require(report.diagnostics.last)
    #expect((last.line, last.column, last.reference) == (13, 4, "D13"))
    #expect(last.rendered.contains("attendance-cells.xlsx:13:4 (D13): error[VD253]"))
    let back = try JSONDecoder().decode(
      IngestReport.self, from: Data(try report.json().utf8))
    #expect(back == report)
  }

  @Test(arguments: [
    ("dd.mm.yyyy", NumberFormat.date), ("[$-414]d. mmmm yyyy;@", .date), ("mmm", .date),
    ("yyyy-mm-dd hh:mm:ss", .dateTime), ("m/d/yy h:mm AM/PM", .dateTime), ("h:mm", .time),
    ("mm:ss.0", .time), ("[h]:mm:ss", .elapsed), ("[mm]:ss", .elapsed), ("0.0%", .percent),
    ("000000", .padded(6)), ("00;@", .padded(2)), ("0", .number), ("00.00", .number),
    ("General", .number), ("0.00E+00", .number), ("#,##0 \"dager\"", .number),
    ("0\\ \\d", .number), ("[Red]0;[Blue]-0", .number), ("0;dd", .number), ("_(* #,##0_)", .number),
    ("@", .number),
  ])
  func `a number format says whether it shows a day`(code: String, format: NumberFormat) {
    #expect(NumberFormat(code: code) == format)
  }

  @Test func `days are counted from 1900, with the day that never was, or from 1904`() {
    let dates = SerialDate(dates: .from1900)
    #expect(dates.text(1, .date) == "1900-01-01")
    #expect(dates.text(59, .date) == "1900-02-28")
    #expect(dates.text(60, .date) == "1900-02-29")
    #expect(dates.text(61, .date) == "1900-03-01")
    #expect(dates.text(45_699, .date) == "2025-02-11")
    #expect(dates.text(45_699.545138888889, .dateTime) == "2025-02-11T13:05:00")
    #expect(dates.text(45_699.9999999999, .dateTime) == "2025-02-12")
    #expect(dates.text(2_958_465, .date) == "9999-12-31")
    #expect(dates.text(0.5, .time) == "12:00:00")
    #expect(dates.text(1.5, .elapsed) == "36:00:00")
    for value in [-1.0, 0, 2_958_466, 1e300, -Double.infinity] {
      #expect(dates.text(value, .date) == nil)
    }
    let old = SerialDate(dates: .from1904)
    #expect(old.text(0, .date) == "1904-01-01")
    #expect(old.text(44_237, .date) == "2025-02-11")
  }

  @Test func `numbers are written as one would type them`() {
    let cases: [(Double, String)] = [
      (0, "0"), (-0.0, "0"), (77, "77"), (-3, "-3"), (123_456_789_012_345, "123456789012345"),
      (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333333333333"), (37.5, "37.5"), (1e-7, "0.0000001"),
      (-0.25, "-0.25"), (1e20, "100000000000000000000"), (999.9999999999999, "1000"),
    ]
    for (value, text) in cases { #expect(PlainNumber.text(value) == text) }
    var random = Seeded(4)
    for _ in 0..<2_000 {
      let whole = Int.random(in: -999_999_999...999_999_999, using: &random)
      let digits = Int.random(in: 0...6, using: &random)
      let value = Double(whole) / [1, 10, 100, 1e3, 1e4, 1e5, 1e6][digits]
      #expect(Double(PlainNumber.text(value)) == value)
    }
  }

  @Test func `references of cells`() {
    for (text, row, column) in [
      ("A1", 1, 1), ("C17", 17, 3), ("Z9", 9, 26), ("AA1", 1, 27),
      ("XFD1048576", 1_048_576, 16_384),
    ] {
      let place = CellReference(row: row, column: column)
      #expect(CellReference(text) == place)
      #expect(place.description == text)
    }
    for text in ["", "1", "A", "A0", "1A", "A1B", "$A$1", "A99999999999999999999", "ZZZZZZZZ1"] {
      #expect(CellReference(text) == nil, "\(text)")
    }
  }

  // MARK: Sheets

  @Test func `a sheet is chosen by name or number, else the first one that is shown`() throws {
    let file = "\(golden)/attendance-sheets.xlsx"
    func first(_ sheet: String) throws -> String {
      let input = try OpenedInput(file, IngestOptions(sheet: sheet))
      let form = try #require(input.reader.form)
      return try "\(form): \(input.reader.allRows()[1][1])"
    }
    #expect(try first("Høst") == "xlsx, sheet 'Høst' of 3: F9999")
    #expect(try first("vår 2025") == "xlsx, sheet 'Vår 2025' of 3: F1001")
    #expect(try first("4") == "xlsx, sheet 'Høst' of 3: F9999")
    #expect(try first("skjult") == "xlsx, sheet 'Skjult' of 4: F1001")
    do {
      _ = try OpenedInput(file, IngestOptions(sheet: "Sommer"))
      Issue.record("there is no such sheet")
    } catch let error as InputError {
      #expect(error.diagnostics.map(\.code) == ["VD252"])
      #expect(
        error.diagnostics[0].hint == "its sheets are 'Forside', 'Skjult', 'Vår 2025', 'Høst'")
    }
    let folder = try Folder()
    let text = try folder.write("a.csv", Array("session\nS1\n".utf8))
    #expect(codes { _ = try OpenedInput(text, IngestOptions(sheet: "1")) } == ["VD252"])
  }

  // MARK: Ways in and out

  @Test func `a workbook comes through a pipe, too, and its bytes are counted and hashed`() throws {
    let file = "\(golden)/attendance-cells.xlsx"
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    let pipe = try Pipe(holding: bytes)
    let report = try Scene().ingest("attendance", file: pipe.path)
    let direct = try Scene().ingest("attendance", file: file)
    #expect(report.bytes == bytes.count)
    #expect(report.sha256 == direct.sha256)
    #expect(report.summary == direct.summary)
    #expect(report.form == "xlsx, sheet 'Ark1'")
    #expect(report.encoding == nil && report.delimiter == nil)
  }

  @Test func `rejected rows of a workbook come back as a text, and that goes in when mended`()
    throws
  {
    let folder = try Folder()
    let file = try folder.write(
      "juni.xlsx", Array(try Data(contentsOf: URL(filePath: "\(golden)/attendance-cells.xlsx"))))
    let scene = Scene()
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect(report.rejectsFile == "\(folder.path)/juni.rejected.csv")
    let text = String(decoding: try folder.read("juni.rejected.csv"), as: UTF8.self)
    #expect(
      text.hasPrefix(
        "\u{FEFF}session;person_id;status;minutes;guest;error_code;error;error_surplus\r\n"))
    #expect(text.contains("\r\nS1;F1003;present;80%;;VD305;"))
    let mended = text.replacing("80%", with: "80").replacing("presnt;1,5", with: "present;2")
    let second = try folder.write("mended.csv", Array(mended.utf8))
    let again = try scene.ingest("attendance", file: second, options: IngestOptions())
    #expect(again.new == 2)
  }

  @Test(arguments: RecordKinds.all.map(\.name), [Language.en, .nb])
  func `a template saved by a spreadsheet says what the text says`(
    name: String, language: Language
  ) throws {
    let kind = try #require(RecordKinds.named(name))
    let text = kind.template(language: language)
    let folder = try Folder()
    let asText = try folder.write("a.csv", Array(text.utf8))
    var book = WorkbookMaker(sheets: [("Ark1", try typed(try rows(of: asText)))])
    book.add(
      "xl/styles.xml",
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
    let relations = try #require(book.parts.first { $0.path.hasSuffix("workbook.xml.rels") })
    book.replace(
      relations.path,
      with: String(decoding: relations.text, as: UTF8.self).replacing(
        "</Relationships>",
        with: "<Relationship Id=\"y\" Type=\"\(WorkbookMaker.relations)/styles\""
          + " Target=\"styles.xml\"/></Relationships>"))
    let asBook = "\(folder.path)/a.xlsx"
    try book.write(to: asBook)
    let expected = try Scene().ingest(name, file: asText)
    let found = try Scene().ingest(name, file: asBook)
    #expect(found.summary == expected.summary)
    #expect(found.diagnostics.map(\.code) == expected.diagnostics.map(\.code))
    #expect(found.diagnostics.map(\.message) == expected.diagnostics.map(\.message))
  }

  /// Rows as a spreadsheet keeps what is typed into it: days and numbers are no texts.
  private func typed(_ rows: [[String]]) throws -> String {
    var xml = ""
    for row in rows {
      xml += "<row>"
      for cell in row {
        let dotted = cell.split(separator: ".").map(String.init)
        let day =
          CivilDate(cell)
          ?? (dotted.count == 3 ? CivilDate("\(dotted[2])-\(dotted[1])-\(dotted[0])") : nil)
        if let day {
          xml += "<c s=\"1\"><v>\(day.daysSinceEpoch + 25_569)</v></c>"
        } else if let value = Double(cell.replacing(",", with: ".")) {
          xml += "<c s=\"0\"><v>\(value)</v></c>"
        } else if cell.isEmpty {
          xml += "<c/>"
        } else {
          xml += "<c t=\"inlineStr\"><is><t>\(WorkbookMaker.escaped(cell))</t></is></c>"
        }
      }
      xml += "</row>"
    }
    return xml
  }
}
