/// Finds the rows in the XML of one sheet, and in each cell what a person sees there.
final class SheetParser {
  /// What the cells of a sheet refer to.
  struct Book {
    var texts = SharedTexts()
    var styles = CellStyles()
    var dates = SerialDate(dates: .from1900)
  }

  private(set) var row = SheetRow()
  /// Cells that are merged, as far as they are known: the sheet says so below its rows.
  private(set) var merged: [MergedCells] = []
  /// Of more than so many nobody reads.
  private static let mostMerged = 10_000
  private let file: String
  private let xml: XMLPull
  private let book: Book
  private let limits: CSVReader.Limits
  private var value: RichText
  private var isFinished = false

  init(_ part: ZipPart, file: String, book: Book, limits: CSVReader.Limits) throws(InputError) {
    self.file = file
    self.book = book
    self.limits = limits
    xml = try XMLPull(part, file: file)
    value = RichText(limit: limits.cellBytes)
  }

  /// Reads the next row into `row`; `false` below the last one.
  func next() throws(InputError) -> Bool {
    while !isFinished {
      guard try xml.next(), !xml.isEnd("sheetData") else {
        isFinished = true
        try readMerged()
        return false
      }
      if xml.isStart("row") {
        try readRow()
        return true
      }
    }
    return false
  }

  /// What stands below the rows, as far as the list of merged cells.
  private func readMerged() throws(InputError) {
    while try xml.next(), !xml.isEnd("mergeCells"), merged.count < SheetParser.mostMerged {
      guard xml.isStart("mergeCell") else { continue }
      if let cells = xml.attributes()["ref"].flatMap(MergedCells.init) { merged.append(cells) }
    }
  }

  private func readRow() throws(InputError) {
    var number: Int? = row.number + 1
    xml.attributes { name, text in
      if XMLPull.isEqual(name, "r") { number = Int(String(cString: text)) }
    }
    guard let number, number > row.number, number < 1 << 30 else {
      throw .damaged(file, "the rows of the sheet are not in order after row \(row.number)")
    }
    row.begin(number)
    var column = 0
    while try xml.next(), !xml.isEnd("row") {
      if xml.isStart("c") { column = try readCell(after: column) }
    }
  }

  private enum Kind {
    case number, shared, text, boolean, error, day
  }

  /// Reads a cell; answers in which column it stands.
  private func readCell(after last: Int) throws(InputError) -> Int {
    var kind: Kind? = .number
    var style = 0
    var place: CellReference? = CellReference(row: row.number, column: last + 1)
    xml.attributes { name, text in
      if XMLPull.isEqual(name, "r") {
        place = CellReference(text)
      } else if XMLPull.isEqual(name, "s") {
        style = Int(String(cString: text)) ?? 0
      } else if XMLPull.isEqual(name, "t") {
        kind = SheetParser.kind(text)
      }
    }
    guard let place, let kind, place.row == row.number, place.column > last else {
      throw .damaged(file, "a cell of row \(row.number) is not where it says")
    }
    value.clear()
    var hasFormula = false
    var hasValue = false
    while try xml.next(), !xml.isEnd("c") {
      if xml.isStart("v") {
        hasValue = true
        try value.gather(xml, upTo: "v")
      } else if xml.isStart("is") {
        hasValue = true
        try value.read(xml, upTo: "is")
      } else if xml.isStart("f") {
        hasFormula = true
        try xml.skip("f")
      }
    }
    // The result of a text formula may be empty, that of a number's is there or was never saved.
    if hasFormula, !hasValue || kind == .number && value.bytes.isEmpty {
      row.append("=".utf8, column: place.column, within: limits)
      row.note(.formulaUnsaved, nil)
    } else {
      try append(kind, style, at: place)
    }
    return place.column
  }

  private static func kind(_ text: UnsafePointer<CChar>) -> Kind? {
    switch String(cString: text) {
    case "n": .number
    case "s": .shared
    case "str", "inlineStr": .text
    case "b": .boolean
    case "e": .error
    case "d": .day
    default: nil
    }
  }

  private func append(_ kind: Kind, _ style: Int, at place: CellReference) throws(InputError) {
    switch kind {
    case .text:
      value.unescape()
      append(value.bytes, value.isTooLarge, place)
    case .shared:
      guard let text = Int(String(decoding: value.bytes, as: UTF8.self)).flatMap(book.texts.text)
      else { throw .damaged(file, "cell \(place) refers to a text that is not there") }
      append(text.bytes, text.isTooLarge, place)
    case .boolean:
      let isTrue = value.bytes == [0x31] || value.bytes == Array("true".utf8)
      append(Array((isTrue ? "true" : "false").utf8), false, place)
    case .error:
      append(value.bytes, value.isTooLarge, place)
      let shown = String(decoding: value.bytes.prefix(20), as: UTF8.self)
      row.note(.errorCell, "the cell holds the error \(shown)")
    case .day:
      let text = String(decoding: value.bytes, as: UTF8.self)
      row.append(
        text.replacing("T00:00:00", with: "").utf8, column: place.column, within: limits,
        isDate: true)
      if value.isTooLarge { row.note(.cellTooLarge, nil) }
    case .number: appendNumber(book.styles[style], place)
    }
  }

  private func append(
    _ text: some Collection<UInt8>, _ isTooLarge: Bool, _ place: CellReference
  ) {
    row.append(text, column: place.column, within: limits)
    if isTooLarge { row.note(.cellTooLarge, nil) }
  }

  private func appendNumber(_ format: NumberFormat, _ place: CellReference) {
    let text = String(decoding: value.bytes, as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      return append(value.bytes, value.isTooLarge, place)
    }
    var shown = book.dates.text(number, format) ?? PlainNumber.text(number)
    // As it is shown and as a CSV file has it: 0.8 in a cell of that format is no 80.
    if format == .percent { shown = PlainNumber.text(number * 100) + "%" }
    let isWhole = number == number.rounded()
    if case .padded(let width) = format, isWhole, number >= 0, number < PlainNumber.wholeLimit {
      shown = String(repeating: "0", count: max(0, width - shown.utf8.count)) + shown
    }
    let isPlain = if case .padded = format { true } else { format == .number }
    let lostDigits =
      isPlain && abs(number) >= PlainNumber.wholeLimit && isWhole
    if lostDigits { shown = PlainNumber.cutShort(number) }
    row.append(
      shown.utf8, column: place.column, within: limits,
      isDate: format == .date || format == .dateTime)
    if lostDigits { row.note(.digitsLost, nil) }
  }
}
