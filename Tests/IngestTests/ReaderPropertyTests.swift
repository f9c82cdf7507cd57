import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// The same table, whatever kind of file it comes in, is the same cells.
@Suite("One shape behind every file")
struct ReaderPropertyTests {
  private static let letters = Array(
    "abcÆøå;,\t\"'<>&_x0041_=+-@ \n\u{301}\u{1F33F}{}[]:\\/0123456789"
  ).map(String.init)

  private func word(_ random: inout Seeded) -> String {
    let length = Int.random(in: 0...12, using: &random)
    return (0..<length).map { _ in Self.letters.randomElement(using: &random) ?? "" }.joined()
  }

  @Test(arguments: 0..<60)
  func `text, workbook and lines of JSON`(seed: UInt64) throws {
    var random = Seeded(seed + 901)
    let width = Int.random(in: 1...6, using: &random)
    let header = (1...width).map { "column \($0) \(word(&random).filter { $0 != "\n" })" }
    let table = (0..<Int.random(in: 0...20, using: &random)).map { row in
      ["\(row)"] + (1..<max(1, width)).map { _ in width > 1 ? word(&random) : "" }
    }.map { Array($0.prefix(width)) }
    let folder = try Folder()

    let lines = ([header] + table).map { $0.map(quoted).joined(separator: ";") }
    let text = try folder.write("a", Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
    let expected = try rows(of: text, IngestOptions(delimiter: .semicolon))
    #expect(expected == [header] + table)

    let sheet = ([header] + table).enumerated()
      .map { WorkbookMaker.row($0.offset + 1, $0.element) }.joined()
    try WorkbookMaker(sheets: [("Ark", sheet)]).write(to: "\(folder.path)/b")
    #expect(try rows(of: "\(folder.path)/b") == expected)

    let shared = ([header] + table).joined().map {
      "<si><t xml:space=\"preserve\">\(WorkbookMaker.escaped($0))</t></si>"
    }
    let places = (0...table.count).map { row in
      "<row>" + (0..<width).map { "<c t=\"s\"><v>\(row * width + $0)</v></c>" }.joined() + "</row>"
    }
    try WorkbookMaker(sheets: [("Ark", places.joined())], texts: shared.joined())
      .write(to: "\(folder.path)/c")
    #expect(try rows(of: "\(folder.path)/c") == expected)

    guard !table.isEmpty else { return }
    var json: [UInt8] = []
    for row in table {
      let members = try zip(header, row).map { try "\(inJSON($0)): \(inJSON($1))" }
      json += Array("{\(members.joined(separator: ", "))}\n".utf8)
    }
    #expect(try rows(of: try folder.write("d", json)) == expected)
  }

  private func inJSON(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  private func quoted(_ text: String) -> String {
    // By scalars: a quote with an accent is one character and two scalars.
    "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
