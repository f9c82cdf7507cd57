internal import Events

/// A form in Nettskjema: its `csv-report`, a line a submission and a column a question.
///
/// With a codebook the columns have codes; without one they have the questions' texts, and the
/// cells the options' texts, which a map makes numbers. An anonymous form keeps neither person nor
/// time: its answers are placed by their wave.
struct Nettskjema: SurveyTool {
  static let tool = "nettskjema"
  let survey: SurveyBinding

  /// An empty cell may be a question that was skipped or one that was not shown.
  static let traits = SurveyTraits(
    source: "nettskjema", idsAreUnique: true, response: ["$submission_id"], time: ["$created"],
    own: ["$answer_time_ms"],
    missing: MissingMarks(empty: .unknown), spelling: HTMLText.decoded)

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader)
    try reader.close()
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let input = try OpenedInput(file, setting.options)
    let header = SurveyHeader(try input.header().copy(), file: file)
    let columns = try SurveyColumns(survey, Nettskjema.traits, header, setting)
    try survey.checkAnonymity(columns)
    return self.input(input, header, columns)
  }
}

extension SurveyBinding {
  /// A form without times is anonymous: nothing but the binding can say the wave, and nobody can
  /// be recognised.
  func checkAnonymity(_ columns: SurveyColumns) throws {
    guard columns.kind.clock == nil else { return }
    var found: [Diagnostic] = []
    if let subject {
      found.append(
        Diagnostic(
          .anonymousSubject, file: file, line: subject.column.line, column: subject.column.column,
          message: "the file has no '$created', so the form is anonymous; it has no persons"))
    }
    if wave == nil, waves == nil {
      found.append(
        Diagnostic(
          .waveMissing, file: file,
          message: "the file has no '$created' and the binding names no wave"))
    }
    if !found.isEmpty { throw InputError(found) }
  }
}
