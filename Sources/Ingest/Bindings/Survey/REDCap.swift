internal import Events

/// A form of a REDCap project: its CSV export of raw values, in which a record has a row an event
/// and a repetition, and cells of other forms are empty.
struct REDCap: SurveyTool {
  static let tool = "redcap"
  let survey: SurveyBinding
  /// The form the answers are from; needed where the file has several.
  private let form: BoundText?
  private let dictionary: BoundText?
  private let takesIncomplete: Bool

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader)
    form = reader.bound("form", required: false)
    dictionary = reader.bound("dictionary", required: false)
    takesIncomplete = reader.takesIncomplete()
    try reader.close()
  }

  /// Branching cannot be told from an empty cell. The first column is the record.
  static func traits(record: String, form: String?) -> SurveyTraits {
    var traits = SurveyTraits(
      source: "redcap",
      response: [
        record, "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
      ],
      time: [], own: ["redcap_data_access_group"], personal: ["redcap_survey_identifier"],
      missing: MissingMarks(empty: .unknown))
    if let form {
      traits.time = ["\(form)_timestamp"]
      traits.own.insert("\(form)_complete")
    }
    return traits
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    try survey.check(against: register)
    try checkDictionary(register, form: form?.text)
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let source = try ByteSource(path: file, stop: setting.options.stop)
    // Read twice where rows lean on others: whether those stand above them shows at the end only.
    let again = try survey.subject.map { _ in try SeekableFile(source) }
    let input = try OpenedInput(
      again.flatMap { $0.isCopy ? $0 : nil }.map(ByteSource.init(again:)) ?? source,
      setting.options)
    let header = SurveyHeader(try input.header().copy(), file: file)
    let form = try self.form(of: header)
    try checkDictionary(setting.register, form: form)
    let traits = REDCap.traits(record: header.names.first ?? "", form: form)
    let columns = try SurveyColumns(survey, traits, header, setting)
    let subject = survey.subject.flatMap { columns.index(Composition.composed($0.column.text)) }
      .flatMap { $0 == 0 ? nil : RecordSubject(record: 0, subject: $0) }
    let rule = rule(columns, form)
    if let again, let subject {
      try ScatteredRecords(subject, header, rule, width: columns.layout.width)
        .check(OpenedInput(ByteSource(again: again), setting.options))
    }
    return self.input(input, header, columns, rule: rule, subject: subject)
  }

  private func checkDictionary(_ register: Register, form: String?) throws {
    let instrument = register.instrument(
      survey.instrument.text, version: survey.version?.text, programme: survey.programme.text)
    try dictionary.map {
      try REDCapDictionary($0, of: survey.file)
        .check(survey, form: form, items: instrument?.items ?? [])
    }
  }

  /// The form the binding names, or the only one there is.
  private func form(of header: SurveyHeader) throws -> String? {
    let forms = REDCap.forms(header.names)
    if let form, !forms.contains(form.text) {
      throw InputError([
        Diagnostic(
          .bindingColumn, file: survey.file, line: form.line, column: form.column,
          message: "the file has no column '\(form.text)_complete'",
          hint: nearest(to: form.text, among: forms).map { "did you mean '\($0)'?" })
      ])
    }
    guard form == nil, forms.count > 1 else { return form?.text ?? forms.first }
    throw InputError(
      .bindingKey, file: survey.file, message: "the file has several forms and 'form' is missing",
      hint: "forms are " + forms.joined(separator: ", "))
  }

  static func forms(_ names: [String]) -> [String] {
    names.filter { $0.hasSuffix("_complete") }.map { String($0.dropLast("_complete".count)) }
  }

  /// A form's status is empty in rows of other forms and 2 where it is complete.
  private func rule(_ columns: SurveyColumns, _ form: String?) -> SurveyRows.Rule? {
    guard let form, let status = columns.index("\(form)_complete") else { return nil }
    return { [takesIncomplete] text in
      switch text(status).lowercased() {
      case "":
        LeftOutRow("rows of other forms", hint: "'form' in the binding is '\(form)'")
      case "2", "complete": nil
      default:
        takesIncomplete
          ? nil
          : LeftOutRow("incomplete", hint: "'incomplete: include' in the binding takes them")
      }
    }
  }
}
