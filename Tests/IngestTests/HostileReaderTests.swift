import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Files made to harm, and files that are cut off or damaged: an error, or the rows there are.
@Suite("Hostile workbooks, statistics files and lines")
struct HostileReaderTests {
  private let header = WorkbookMaker.row(1, ["session", "person_id", "status"])

  private func write(_ book: WorkbookMaker, _ folder: Folder) throws -> String {
    let file = "\(folder.path)/a.xlsx"
    try book.write(to: file)
    return file
  }

  private func codesOf(_ book: WorkbookMaker, limits: WorkbookLimits = WorkbookLimits()) throws
    -> [String]
  {
    let folder = try Folder()
    let file = try write(book, folder)
    return codes {
      let bytes = try SeekableFile(try ByteSource(path: file))
      _ = try WorkbookReader(bytes, limits: limits).allRows()
    }
  }

  // MARK: Bombs

  @Test func `a part that unpacks to more than its limit is refused, whatever it holds`() throws {
    var limits = WorkbookLimits()
    limits.partBytes = 1 << 20
    limits.indexBytes = 1 << 20
    let blanks = String(repeating: "<row/>", count: 400_000)
    #expect(
      try codesOf(WorkbookMaker(sheets: [("A", header + blanks)]), limits: limits) == ["VD256"])
    #expect(
      try codesOf(
        WorkbookMaker(
          sheets: [("A", header)], texts: String(repeating: "<si/>", count: 400_000)),
        limits: limits) == ["VD256"])
    var book = WorkbookMaker(sheets: [("A", header)])
    book.replace("_rels/.rels", with: String(repeating: " ", count: 2 << 20))
    #expect(try codesOf(book, limits: limits) == ["VD256"])
    limits = WorkbookLimits()
    limits.totalBytes = 1 << 20
    #expect(
      try codesOf(WorkbookMaker(sheets: [("A", header + blanks)]), limits: limits) == ["VD256"])
    limits = WorkbookLimits()
    limits.parts = 3
    #expect(try codesOf(WorkbookMaker(sheets: [("A", header)]), limits: limits) == ["VD256"])
  }

  @Test func `a file that announces millions of parts is not even opened`() throws {
    let folder = try Folder()
    let file = try write(WorkbookMaker(sheets: [("A", header)]), folder)
    var bytes = try folder.read("a.xlsx")
    let directory = bytes.count
    func number(_ value: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    bytes += Array("PK\u{6}\u{6}".utf8) + number(44, 8) + number(45, 2) + number(45, 2)
    bytes += number(0, 8) + number(9_000_000, 8) + number(9_000_000, 8) + number(0, 16)
    bytes += Array("PK\u{6}\u{7}".utf8) + number(0, 4) + number(directory, 8) + number(1, 4)
    bytes += Array("PK\u{5}\u{6}".utf8) + number(0, 4) + [UInt8](repeating: 0xFF, count: 12)
    bytes += [0, 0]
    _ = try folder.write("a.xlsx", bytes)
    do {
      _ = try rows(of: file)
      Issue.record("it was read")
    } catch let error as InputError {
      #expect(error.diagnostics.map(\.code) == ["VD256"])
      #expect(error.diagnostics[0].message.contains("9000000 parts"))
    }
  }

  @Test func `shared texts that fill the memory are refused`() throws {
    var limits = WorkbookLimits()
    limits.sharedTextBytes = 1_000
    let texts = String(repeating: "<si><t>hundre og en bokstaver</t></si>", count: 100)
    #expect(
      try codesOf(WorkbookMaker(sheets: [("A", header)], texts: texts), limits: limits) == ["VD256"]
    )
    limits = WorkbookLimits()
    limits.sharedTexts = 99
    #expect(
      try codesOf(WorkbookMaker(sheets: [("A", header)], texts: texts), limits: limits) == ["VD256"]
    )
  }

  @Test func `entities are refused wherever they are declared`() throws {
    var laughs = "<!DOCTYPE lol [<!ENTITY a \"ha\">"
    for (name, before) in zip("bcdefghij", "abcdefghi") {
      laughs += "<!ENTITY \(name) \"" + String(repeating: "&\(before);", count: 10) + "\">"
    }
    laughs += "]>"
    let outside = "<!DOCTYPE x [<!ENTITY j SYSTEM \"file:///etc/passwd\">]>"
    var found: [String] = []
    for declared in [laughs, outside] {
      let body = "<row><c t=\"inlineStr\"><is><t>&j;</t></is></c></row>"
      var book = WorkbookMaker(sheets: [("A", header)])
      book.replace(
        "xl/sheet0.xml",
        with: "\(declared)<worksheet><sheetData>\(body)</sheetData></worksheet>")
      found = try codesOf(book)
      #expect(found == ["VD257"])
      book.replace("xl/sheet0.xml", with: "\(declared)<worksheet a=\"&j;\"/>")
      #expect(try ["VD257", "VD251"].contains(codesOf(book).first))
      book = WorkbookMaker(sheets: [("A", header)], texts: "")
      book.replace("xl/texts.xml", with: "\(declared)<sst><si><t>&j;</t></si></sst>")
      found = try codesOf(book)
      #expect(found == ["VD257"])
      book = WorkbookMaker(sheets: [("A", header)])
      book.replace("xl/workbook.xml", with: "\(declared)<workbook/>")
      found = try codesOf(book)
      #expect(found == ["VD257"])
    }
  }

  @Test func `a hundred thousand columns are an error of that row`() throws {
    let wide = (1...100_000).map { _ in "<c t=\"b\"><v>1</v></c>" }.joined()
    let folder = try Folder()
    let file = try write(
      WorkbookMaker(sheets: [
        ("A", header + "<row>\(wide)</row>" + WorkbookMaker.row(3, ["S1", "F1001", "present"]))
      ]), folder)
    let report = try Scene().ingest("attendance", file: file)
    #expect(report.summary == "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    #expect(report.diagnostics.map(\.code) == ["VD218"])

    let first = try write(WorkbookMaker(sheets: [("A", "<row>\(wide)</row>")]), folder)
    #expect(codes { _ = try Scene().ingest("attendance", file: first) } == ["VD218"])

    let members = (1...5_000).map { "\"m\($0)\":1" }.joined(separator: ",")
    let lines = try folder.write("a.ndjson", Array("{\(members)}\n".utf8))
    #expect(codes { _ = try rows(of: lines) } == ["VD218"])
  }

  @Test func `a cell that is too large is an error of its row, one without end of the file`() throws
  {
    let large = String(repeating: "a", count: 200_000)
    let people = [["S1", "F1001", large], ["S1", "F1001", "present"]]
    let sheet = header + people.enumerated().map { WorkbookMaker.row($0 + 2, $1) }.joined()
    let folder = try Folder()
    let file = try write(WorkbookMaker(sheets: [("A", sheet)]), folder)
    let report = try Scene().ingest("attendance", file: file)
    #expect(report.diagnostics.map(\.code) == ["VD216"])
    #expect(report.new == 1)
    #expect(report.diagnostics[0].reference == "C2")

    let texts = "<si><t>\(large)</t></si>"
    let shared = "<row><c t=\"s\"><v>0</v></c></row><row><c><v>1</v></c></row>"
    let second = try write(WorkbookMaker(sheets: [("A", shared)], texts: texts), folder)
    #expect(try rows(of: second) == [["VD216"], ["1"]])

    let endless = String(repeating: "a", count: 50 << 20)
    let third = WorkbookMaker(sheets: [
      ("A", "\(header)<row><c t=\"str\"><v>\(endless)</v></c></row>")
    ])
    #expect(try codesOf(third).first == "VD216")
    var tag = WorkbookMaker(sheets: [("A", header)])
    tag.replace("xl/sheet0.xml", with: "<worksheet a=\"\(endless)\"/>")
    #expect(try codesOf(tag) == ["VD216"])
  }

  @Test func `a NUL in a cell is an error of its row`() throws {
    let folder = try Folder()
    let sheet = header + "<row><c t=\"str\"><v>S_x0000_1</v></c></row>"
    let file = try write(WorkbookMaker(sheets: [("A", sheet)]), folder)
    #expect(try rows(of: file).last == ["VD208"])
    let raw = try write(WorkbookMaker(sheets: [("A", header + "<row><c>\0</c></row>")]), folder)
    #expect(codes { _ = try rows(of: raw) } == ["VD251"])
    let lines = try folder.write("a", Array("{\"a\": \"\\u0000\"}\n{\"a\": \"b\"}\n".utf8))
    #expect(try rows(of: lines) == [["a"], ["VD260"], ["b"]])
  }

  @Test func `rows before the damage are read, then the damage is told`() throws {
    let folder = try Folder()
    var book = WorkbookMaker(sheets: [("A", "")])
    book.replace(
      "xl/sheet0.xml",
      with: "<worksheet><sheetData>" + header + WorkbookMaker.row(2, ["S1", "F1001", "present"])
        + "<row r=\"2\"/>")
    let report = try Scene().ingest("attendance", file: try write(book, folder))
    #expect(report.new == 1)
    #expect(report.stoppedEarly)
    #expect(report.diagnostics.map(\.code) == ["VD251"])
  }

  @Test func `what is no workbook, statistics file or text says what it is`() throws {
    let folder = try Folder()
    func code(_ name: String, _ bytes: [UInt8]) throws -> [String] {
      let file = try folder.write(name, bytes)
      return codes { _ = try rows(of: file) }
    }
    #expect(try code("a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]) == ["VD250"])
    #expect(try code("a.pdf", Array("%PDF-1.7".utf8)) == ["VD250"])
    #expect(try code("a.gz", [0x1F, 0x8B, 8]) == ["VD250"])
    #expect(try code("a.xls", Array("\r\n<HTML><table>".utf8)) == ["VD250"])
    #expect(try code("a.xlsx", Array("PK\u{3}\u{4}".utf8)) == ["VD251"])
    #expect(try code("a.sav", Array("$FL2".utf8)) == ["VD251"])
    #expect(try code("a.dta", Array("<stata_dta>".utf8)) == ["VD251"])
    for path in ["word/document.xml", "content.xml", "xl/workbook.bin", "data.csv"] {
      var book = WorkbookMaker()
      book.add(path, "x")
      #expect(try codesOf(book) == ["VD250"], "\(path)")
    }
  }

  // MARK: Damage

  private static let files = [
    "xlsx/sessions-1904.xlsx", "statistics/responses-codes.sav", "statistics/responses-codes.dta",
  ]

  private func read(_ bytes: [UInt8], _ folder: Folder) throws {
    let file = try folder.write("a", bytes)
    do {
      #expect(try Scene().ingest("responses", file: file).isBalanced)
    } catch is InputError {
      return
    }
  }

  @Test(arguments: files)
  func `cut off at any byte`(name: String) throws {
    let whole = Array(try Data(contentsOf: URL(filePath: "\(GoldenTests.folder)/\(name)")))
    let folder = try Folder()
    var complete = 0
    for length in 0..<whole.count {
      let file = try folder.write("a", Array(whole[..<length]))
      do {
        _ = try rows(of: file)
        complete += 1
      } catch is InputError {
        continue
      }
    }
    // What lies after the last row may be missing, and hardly more.
    #expect(complete < whole.count / 2)
  }

  @Test(arguments: files, 0..<100)
  func `bytes gone wrong`(name: String, seed: UInt64) throws {
    var random = Seeded(seed + 17)
    var bytes = Array(try Data(contentsOf: URL(filePath: "\(GoldenTests.folder)/\(name)")))
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] =
        [0, 0xFF, 0x7F, UInt8.random(in: 0...255, using: &random)]
        .randomElement(using: &random) ?? 0
    }
    try read(bytes, try Folder())
  }
}
