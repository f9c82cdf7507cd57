internal import Events

/// A survey kept in a statistics program: an SPSS (.sav) or Stata (.dta) file, a case a response.
///
/// Cells are codes, not labels. Which variable tells responses apart no such file says, so the
/// binding does; codes the file counts as no answer mean what the binding says under `missing`.
/// Rejected cases come back as CSV with the variables as headings, which is read in the same way.
struct StatisticsSurvey: SurveyTool {
  static let tool = "statistics"
  let survey: SurveyBinding

  static let traits = SurveyTraits(
    source: "statistics", response: [], time: [], missing: MissingMarks(empty: .unknown))

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader)
    if survey.response.isEmpty {
      reader.report(
        .bindingKey, nil, "'response' is missing",
        hint: "name the variable, or the list of variables, that tells responses apart")
    }
    try reader.close()
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let input = try OpenedInput(file, setting.options)
    // What was given back of such a file is a table with its variables as headings.
    guard
      input.reader is StatisticsReader || input.reader is CSVReader
        || input.reader is WorkbookReader
    else {
      throw InputError(
        .nothingOfTool, file: file,
        message: "'\(file)' is no SPSS or Stata file, nor a table of the variables of one",
        hint: "for other files there are other tools: see 'varde binding list'")
    }
    let header = SurveyHeader(try input.header().copy(), file: file)
    let columns = try SurveyColumns(survey, StatisticsSurvey.traits, header, setting)
    return self.input(input, header, columns)
  }

  static func draft(for sample: FileSample) -> String? {
    guard !sample.variables.isEmpty, let header = sample.rows.first,
      isSurvey(TableDraft(sample), sample)
    else { return nil }
    let id = header.first { name in
      ["id", "response", "responseid", "response_id", "respondent", "caseid", "svar", "lopenr"]
        .contains(name.lowercased())
    }
    let keys = [
      "response: \(id.map(SurveyDraft.quoted) ?? "VARIABLE")  # what tells responses apart",
      "# time: VARIABLE  # when it was answered, if the file says so",
      SurveyDraft.surveyLine(sample.file),
    ]
    var traits = traits
    if let id { traits.own.insert(id.lowercased()) }
    var draft = SurveyDraft(
      tool, sample, names: header, rows: sample.rows.dropFirst(), traits: traits, keys: keys)
    let codes = MissingCodes(sample.variables, draft.possibleAnswers, draft.possibleItems) {
      sample.cells(of: $0)
    }
    draft.keys += missing(codes)
    return draft.yaml
  }

  /// Whether the variables are a survey's rather than those of one of our kinds. What was asked has
  /// labels; and a day and a person beside many other variables are a response's.
  private static func isSurvey(_ table: TableDraft?, _ sample: FileSample) -> Bool {
    guard let table, let kind = table.clearKind, kind != "responses" else { return true }
    return !table.namesMost || sample.variables.contains { !$0.values.isEmpty }
  }

  /// The key `missing`, with what is to be decided in it.
  private static func missing(_ codes: MissingCodes) -> [String] {
    let lists = [
      ("not_relevant", codes.notRelevant), ("unknown", codes.unknown),
      ("unsure", codes.doubts.map(\.code)),
    ].filter { !$0.1.isEmpty }
    guard !lists.isEmpty else { return [] }
    var lines = [
      "# The file counts these as no answer. Put each where it belongs: not_relevant, skipped,",
      "# not_shown or unknown.",
    ]
    if !codes.doubts.isEmpty {
      lines += [
        "# UNSURE: what stands here holds for all items. A code that is no answer in every one of them",
        "# is put where it belongs; one that is an answer somewhere is recoded in the file and taken out.",
        "# Until then the binding is refused.",
      ]
      lines += codes.doubts.map { SurveyDraft.comment("\($0.code) is \($0.why).") }
    }
    let members = lists.map { state, codes in
      "\(state): [\(codes.map(YAMLText.quoted).joined(separator: ", "))]"
    }
    return lines + ["missing: {\(members.joined(separator: ", "))}"]
  }
}
