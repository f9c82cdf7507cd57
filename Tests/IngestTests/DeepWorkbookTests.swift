import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Workbooks whose XML is deep, wide or goes in circles: an error or the rows there are, soon.
@Suite("Workbooks that are deep, wide or go in circles")
struct DeepWorkbookTests {
  private let header = WorkbookMaker.row(1, ["session", "person_id", "status"])
  private let good = WorkbookMaker.row(2, ["S1", "F1001", "present"])

  private func book(_ rows: String = "") -> WorkbookMaker {
    WorkbookMaker(sheets: [("A", header + good + rows)])
  }

  /// Codes of what is wrong with a workbook, or its summary.
  private func sent(_ book: WorkbookMaker) throws -> [String] {
    let folder = try Folder()
    let file = "\(folder.path)/a.xlsx"
    try book.write(to: file)
    do {
      let report = try Scene().ingest("attendance", file: file)
      #expect(report.isBalanced)
      return ["\(report.new) new"] + report.codes.map(\.code)
    } catch let error as InputError {
      return error.diagnostics.map(\.code)
    }
  }

  private func nested(_ name: String, _ depth: Int, _ inner: String = "") -> String {
    String(repeating: "<\(name)>", count: depth) + inner
      + String(repeating: "</\(name)>", count: depth)
  }

  @Test(.timeLimit(.minutes(2)), arguments: ["a", "row", "c", "is", "sheetData", "x:y"])
  func `elements in elements, a hundred thousand deep`(name: String) throws {
    let deep = nested(name, 100_000)
    #expect(try sent(book(deep)).last == "VD251", "in a sheet")
    for part in [
      "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/texts.xml",
    ] {
      var book = WorkbookMaker(sheets: [("A", header + good)], texts: "")
      book.replace(part, with: "<r>\(deep)</r>")
      #expect(try sent(book) == ["VD251"], "\(part)")
    }
  }

  @Test func `as deep as a program may write is read`() throws {
    #expect(try sent(book("<row>\(nested("ext", 100))</row>")) == ["1 new"])
  }

  @Test(.timeLimit(.minutes(2))) func `a tag with a hundred thousand attributes`() throws {
    for count in [1_000, 100_000] {
      let many = (0..<count).map { " a\($0)=\"1\"" }.joined()
      // Of so many bytes no tag of a spreadsheet is.
      let told = try sent(book("<row\(many)><c r=\"A3\"\(many)/></row>"))
      #expect(told == (count > 10_000 ? ["1 new", "VD216"] : ["1 new"]), "\(told)")
      var other = book()
      other.replace(
        "xl/workbook.xml",
        with: "<workbook xmlns:r=\"\(WorkbookMaker.relations)\"\(many)><sheets>"
          + "<sheet name=\"A\" sheetId=\"1\" r:id=\"s0\"\(many)/></sheets></workbook>")
      #expect(try sent(other) == (count > 10_000 ? ["VD216"] : ["1 new"]))
    }
    let twice = try sent(book("<row a=\"1\" a=\"2\"/>"))
    #expect(twice == ["VD251"], "\(twice)")
    let tags = String(
      repeating: "<c" + (0..<50).map { " b\($0)=\"\"" }.joined() + "/>", count: 2_000)
    #expect(try sent(book("<row>\(tags)</row>")) == ["1 new"])
  }

  @Test(.timeLimit(.minutes(2))) func `names and namespaces without end`() throws {
    let long = String(repeating: "n", count: 1 << 20)
    #expect(try ["VD216", "VD251"].contains(sent(book("<\(long)/>")).last ?? ""))
    let spaces = (0..<20_000).map { "<a xmlns:n\($0)=\"urn:\($0)\">" }.joined()
    #expect(try sent(book(spaces)).last == "VD251")
  }

  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "xl/workbook.xml", "workbook.xml", "_rels/workbook.xml.rels", "../xl/../xl/../xl/sheet0.xml",
      "../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.xml",
      "",
      ".", "..", "/", "sheet0.xml\u{0}x",
    ])
  func `a sheet that is somewhere else`(target: String) throws {
    var book = book()
    book.replace(
      "xl/_rels/workbook.xml.rels",
      with: "<Relationships><Relationship Id=\"s0\" Type=\"\(WorkbookMaker.relations)/worksheet\""
        + " Target=\"\(target)\"/></Relationships>")
    let told = try sent(book)
    let isThere = target.hasSuffix("/xl/sheet0.xml")
    #expect(isThere ? told == ["1 new"] : told.allSatisfy { $0.hasPrefix("VD") }, "\(told)")
  }

  @Test(.timeLimit(.minutes(2))) func `relations of relations, and a hundred thousand of them`()
    throws
  {
    var circle = book()
    circle.replace(
      "_rels/.rels",
      with: "<Relationships><Relationship Id=\"a\""
        + " Type=\"\(WorkbookMaker.relations)/officeDocument\" Target=\"_rels/.rels\"/>"
        + "</Relationships>")
    circle.add("_rels/_rels/.rels.rels", "<Relationships/>")
    #expect(try sent(circle).allSatisfy { $0.hasPrefix("VD") })

    var many = book()
    let relations = (0..<100_000).map { "<Relationship Id=\"x\($0)\" Type=\"t\" Target=\"u\"/>" }
    many.replace(
      "xl/_rels/workbook.xml.rels",
      with: "<Relationships>" + relations.joined()
        + "<Relationship Id=\"s0\" Type=\"\(WorkbookMaker.relations)/worksheet\""
        + " Target=\"sheet0.xml\"/></Relationships>")
    // As many as fit into what is kept of such a part.
    #expect(try sent(many) == ["1 new"])
    let twice = "<Relationship Id=\"s0\" Type=\"\(WorkbookMaker.relations)/worksheet\""
    many.replace(
      "xl/_rels/workbook.xml.rels",
      with: "<Relationships>\(twice) Target=\"workbook.xml\"/>\(twice) Target=\"sheet0.xml\"/>"
        + "</Relationships>")
    #expect(try !sent(many).isEmpty)
  }
}
