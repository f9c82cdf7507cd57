internal import Events

/// A survey in LimeSurvey: its VV export, the only one that tells a question that was not shown
/// from one that was left empty.
///
/// Two header rows, the questions' texts and then their codes; cells between tabs, with what would
/// disturb them written out in braces.
struct LimeSurveyVV: SurveyTool {
  static let tool = "limesurvey-vv"
  static let notShown = "{question_not_shown}"
  let survey: SurveyBinding
  private let takesIncomplete: Bool

  static var traits: SurveyTraits {
    var traits = LimeSurvey.traits
    traits.missing = MissingMarks(empty: .skipped)
    traits.missing.mark(notShown, as: .notShown)
    return traits
  }

  /// Whether the cells of a row are the codes that columns of the tool's own have.
  static func areCodes(_ cells: [String]) -> Bool {
    cells.first == "id" && cells.contains("submitdate")
  }

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader, needsZone: true)
    takesIncomplete = reader.takesIncomplete()
    try reader.close()
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let source = try ByteSource(path: file, stop: setting.options.stop)
    let decoder = TextDecoder(source, file: file, encoding: setting.options.encoding)
    let reader = VVReader(
      try CSVReader(decoder, delimiter: setting.options.delimiter ?? .tab, quotes: false))
    let input = OpenedInput(source: source, reader: reader)
    let batch = try input.headerRows(2)
    let header = SurveyHeader(batch, row: 1, file: file)
    let columns = try SurveyColumns(survey, LimeSurveyVV.traits, header, setting)
    return self.input(input, header, columns, rule: LimeSurvey.rule(columns, takesIncomplete))
  }
}

/// Puts back what a VV file writes in braces: `{newline}`, `{cr}`, `{tab}`, `{quote}`, `{lbrace}`.
/// Quotes mean nothing there, except around cells that went through a spreadsheet.
final class VVReader: RowReader {
  private let base: CSVReader

  init(_ base: CSVReader) { self.base = base }

  var batch: RowBatch { base.batch }
  var gaveUp: Bool { base.gaveUp }
  var delimiter: Delimiter { base.delimiter }
  var encoding: EncodingChoice? { base.encoding }

  private static let escapes: [(written: [UInt8], byte: UInt8)] = [
    ("{newline}", 0x0A), ("{cr}", 0x0D), ("{tab}", 0x09), ("{quote}", 0x22), ("{lbrace}", 0x7B),
  ].map { (Array($0.0.utf8), $0.1) }

  func next(atMost count: Int?) throws -> Bool {
    guard try base.next(atMost: count) else { return false }
    for index in batch.cells.indices {
      let cell = batch.cells[index]
      let text = batch.bytes[Int(cell.start)..<Int(cell.end)]
      guard text.first == 0x22 || text.contains(0x7B), let plain = VVReader.plain(text) else {
        continue
      }
      let start = Int32(batch.aside.count)
      batch.aside.append(contentsOf: plain)
      batch.cells[index] = RowBatch.Cell(
        start: start, end: Int32(batch.aside.count), origin: cell.origin, isAside: true)
    }
    return true
  }

  /// The text of a cell, `nil` where it is what is written.
  private static func plain(_ written: ArraySlice<UInt8>) -> [UInt8]? {
    var text = written
    var isQuoted = false
    if text.count >= 2, text.first == 0x22, text.last == 0x22 {
      text = text.dropFirst().dropLast()
      isQuoted = true
    }
    var plain: [UInt8] = []
    while let byte = text.first {
      if byte == 0x7B, let escape = escapes.first(where: { text.starts(with: $0.written) }) {
        plain.append(escape.byte)
        text = text.dropFirst(escape.written.count)
      } else {
        plain.append(byte)
        text = text.dropFirst(isQuoted && byte == 0x22 && text.dropFirst().first == 0x22 ? 2 : 1)
      }
    }
    return plain.elementsEqual(written) ? nil : plain
  }
}

extension OpenedInput {
  /// The first rows, of which a tool always writes that many, alone in their batch.
  func headerRows(_ count: Int) throws -> RowBatch {
    _ = try header(rows: count)
    guard reader.batch.rows.count == count else {
      throw InputError(
        .headerRows, file: source.name,
        message: "'\(source.name)' has \(reader.batch.rows.count) of the \(count) header rows")
    }
    return reader.batch.copy()
  }
}
