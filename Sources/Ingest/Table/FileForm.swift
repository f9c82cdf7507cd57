/// What a file is, by its first bytes; its name does not count.
enum FileForm: Equatable {
  case delimitedText, workbook, spss, stata
  /// Objects of JSON: a line each, or the elements of one list.
  case linesOfJSON, listOfJSON
  /// Something known that is not read, in words, and what to do about it where more can be said than
  /// with the code.
  case other(String, hint: String? = nil)

  /// How many of the first bytes are looked at: the table of contents of a workbook with a password
  /// is among them.
  static let enough = 4_096

  init(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    if bytes.starts(with: FileForm.compound) {
      self = FileForm.ofCompound(bytes)
    } else if let known = FileForm.marks.first(where: { bytes.starts(with: $0.mark) }) {
      self = known.form
    } else if FileForm.isOldStata(bytes) {
      self = .stata
    } else {
      self = FileForm.text(bytes)
    }
  }

  private static let marks: [(mark: [UInt8], form: FileForm)] = [
    (Array("PK\u{3}\u{4}".utf8), .workbook),
    (Array("PK\u{5}\u{6}".utf8), .workbook),
    (Array("$FL2".utf8), .spss),
    (Array("$FL3".utf8), .spss),
    (Array("<stata_dta>".utf8), .stata),
    (Array("ASCII SPSS PORT FILE".utf8), .other("an SPSS portable file (.por)")),
    (Array("HEADER RECORD*******LIBRARY".utf8), .other("a SAS transport file (.xpt)")),
    (Array("%PDF-".utf8), .other("a PDF document")),
    ([0x1F, 0x8B], .other("a compressed file (.gz)")),
  ]

  /// What Microsoft packs several streams into.
  private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static func ofCompound(_ bytes: [UInt8]) -> FileForm {
    let encrypted = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    guard bytes.firstRange(of: encrypted) != nil else {
      return .other(
        "an old Excel workbook (.xls) or one with a password",
        hint: "remove the password, if it has one; save it as .xlsx or as CSV UTF-8 and send that")
    }
    return .other(
      "a workbook with a password",
      hint: "remove the password (in Excel: File, Info, Protect Workbook), save it and send that")
  }

  /// Stata before 2013: a release, a byte order, and two bytes that are always the same.
  private static func isOldStata(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && (0x66...0x73).contains(bytes[0]) && (1...2).contains(bytes[1])
      && bytes[2] == 1 && bytes[3] == 0
  }

  /// Text is what it is by its first character, after a byte-order mark; in UTF-16 every second
  /// byte of that is zero.
  private static func text(_ bytes: [UInt8]) -> FileForm {
    let letters = bytes.filter { $0 > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
    if letters.first == UInt8(ascii: "{") { return .linesOfJSON }
    // A header may begin with a bracket, too, but no heading is called so.
    if letters.starts(with: Array("[{".utf8)) || letters.elementsEqual("[]".utf8) {
      return .listOfJSON
    }
    let start = String(decoding: letters.prefix(14), as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctypehtml") || start.hasPrefix("<html") || start.hasPrefix("<table") {
      return .other("a web page, whatever its name says")
    }
    if start.hasPrefix("<?xml") {
      let isSheet = [Array("Excel.Sheet".utf8), Array("office:spreadsheet".utf8)]
        .contains { letters.firstRange(of: $0) != nil }
      return .other(
        isSheet ? "an Excel workbook in the old XML format (.xml or .xls)" : "an XML document")
    }
    return .delimitedText
  }
}
