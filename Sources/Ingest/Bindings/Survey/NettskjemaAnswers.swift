internal import Events

/// A form in Nettskjema: the answers as its API gives them, a line of JSON each or all in one list,
/// with the form's elements beside it.
///
/// Columns are called as in the form's `csv-report`, so both have the same binding. An answer that
/// was edited there becomes a correction when the file is sent again.
struct NettskjemaAnswers: SurveyTool {
  static let tool = "nettskjema-answers"
  static let hasHeader = false
  let survey: SurveyBinding
  private let elements: BoundText

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader, needsZone: true)
    let elements = reader.bound("elements")
    try reader.close()
    guard let elements else { throw InputError(reader.found) }
    self.elements = elements
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    try survey.check(against: register)
    let elements = try NettskjemaElements(elements, of: survey.file)
    let header = NettskjemaAnswers.header(elements)
    let known = header.cells(of: header.rows[0]).map { header.text($0) }
    let folded = Set(known.map { $0.lowercased() })
    let found = survey.named.filter { !folded.contains(Composition.composed($0.text).lowercased()) }
      .map { column in
        Diagnostic(
          .companionDisagrees, file: survey.file, line: column.line, column: column.column,
          message: "the form has no column '\(column.text)', says '\(self.elements.text)'",
          hint: nearest(to: column.text, among: known).map { "did you mean '\($0)'?" })
      }
    if !found.isEmpty { throw InputError(found) }
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let elements = try NettskjemaElements(elements, of: survey.file)
    let source = try ByteSource(path: file, stop: setting.options.stop)
    try NettskjemaAnswers.checkForm(source)
    let form = FileForm(try source.peek(FileForm.enough))
    let decoder = TextDecoder(source, file: file, encoding: setting.options.encoding)
    let header = SurveyHeader(NettskjemaAnswers.header(elements), file: elements.file)
    let columns = try SurveyColumns(survey, Nettskjema.traits, header, setting)
    let lines: any LineSource =
      form == .listOfJSON ? JSONListReader(decoder, file: file) : LineReader(decoder)
    let reader = NettskjemaSubmissions(lines, elements, name: file)
    return input(OpenedInput(source: source, reader: reader), header, columns)
  }

  /// Throws for a table, which has no answers in it.
  private static func checkForm(_ source: ByteSource) throws {
    // After a byte-order mark, whichever it is.
    let start = try source.peek(FileForm.enough).first { byte in
      byte > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains(byte)
    }
    guard let start, ![UInt8(ascii: "{"), UInt8(ascii: "[")].contains(start) else { return }
    throw InputError(
      .nothingOfTool, file: source.name,
      message: "'\(source.name)' has no lines of JSON, which a form's answers are",
      hint: "a csv-report of the form takes a binding with 'tool: nettskjema'")
  }

  /// The form's columns as a header of a table that stands nowhere.
  private static func header(_ elements: NettskjemaElements) -> RowBatch {
    let batch = RowBatch()
    let row = batch.beginRow(line: 0)
    let start = SourcePosition(line: 1, column: 1)
    for name in ["$submission_id", "$created"] {
      batch.appendCell(name.utf8, at: start, in: row, .semicolon)
    }
    for column in elements.columns {
      batch.appendCell(column.name.utf8, at: column.place, in: row, .semicolon)
    }
    batch.endRow(row)
    return batch
  }
}
