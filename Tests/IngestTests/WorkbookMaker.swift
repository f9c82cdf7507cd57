import CZip
import FoundationEssentials

/// Makes workbooks part by part, so that tests can make wrong ones, too.
struct WorkbookMaker {
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  /// Path in the ZIP file and text.
  var parts: [(path: String, text: [UInt8])] = []

  /// A workbook with sheets of these names, whose XML is the texts' `sheetData`.
  init(sheets: [(name: String, rows: String)], texts: String? = nil) {
    add(
      "_rels/.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"\(Self.relations)/officeDocument\""
        + " Target=\"xl/workbook.xml\"/></Relationships>")
    var tabs = ""
    var targets = ""
    for (index, sheet) in sheets.enumerated() {
      tabs += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"s\(index)\"/>"
      targets +=
        "<Relationship Id=\"s\(index)\" Type=\"\(Self.relations)/worksheet\""
        + " Target=\"sheet\(index).xml\"/>"
      add(
        "xl/sheet\(index).xml", "<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>")
    }
    if let texts {
      targets +=
        "<Relationship Id=\"t\" Type=\"\(Self.relations)/sharedStrings\" Target=\"texts.xml\"/>"
      add("xl/texts.xml", "<sst>\(texts)</sst>")
    }
    add(
      "xl/workbook.xml",
      "<workbook xmlns:r=\"\(Self.relations)\"><sheets>\(tabs)</sheets></workbook>")
    add("xl/_rels/workbook.xml.rels", "<Relationships>\(targets)</Relationships>")
  }

  init() {}

  mutating func add(_ path: String, _ text: String) { parts.append((path, Array(text.utf8))) }

  mutating func replace(_ path: String, with text: String) {
    parts.removeAll { $0.path == path }
    add(path, text)
  }

  /// Writes the file, parts compressed.
  func write(to path: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw CocoaError(.fileWriteUnknown)
    }
    var copies: [UnsafeMutableRawBufferPointer] = []
    defer { for copy in copies { copy.deallocate() } }
    for part in parts {
      // The library reads the texts when the file is closed.
      let copy = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, part.text.count), alignment: 1)
      copy.copyBytes(from: part.text)
      copies.append(copy)
      let source = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(part.text.count), 0)
      guard let source, zip_file_add(archive, part.path, source, ZIP_FL_ENC_UTF_8) >= 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    guard zip_close(archive) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}

extension WorkbookMaker {
  /// A row of texts and numbers, cells that are empty left out.
  static func row(_ number: Int, _ cells: [String]) -> String {
    var text = "<row r=\"\(number)\">"
    for (index, cell) in cells.enumerated() where !cell.isEmpty {
      let place = "\(column(index + 1))\(number)"
      text +=
        "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(cell))</t></is></c>"
    }
    return text + "</row>"
  }

  static func column(_ number: Int) -> String {
    var rest = number
    var letters = ""
    while rest > 0 {
      letters = String(Character(Unicode.Scalar(UInt8(65 + (rest - 1) % 26)))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\r": "&#13;"
      case "_": "_x005F_"
      default: String(scalar)
      }
    }.joined()
  }
}
