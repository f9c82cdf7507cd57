internal import Events

/// A survey in LimeSurvey: its CSV export, headings as codes, as `code. text` or as texts.
struct LimeSurvey: SurveyTool {
  static let tool = "limesurvey"
  let survey: SurveyBinding
  private let takesIncomplete: Bool

  /// `Q1[SQ001]` is `Q1_SQ001` in the other export; both mean the same column.
  static let traits = SurveyTraits(
    source: "limesurvey", response: ["id"], time: ["submitdate"], needsTime: true,
    own: ["lastpage", "startlanguage", "seed", "startdate", "datestamp", "interviewtime"],
    personal: ["token", "firstname", "lastname", "email"], forbidden: ["ipaddr", "refurl"],
    ownPrefixes: ["grouptime", "questiontime"], missing: MissingMarks(empty: .unknown),
    spelling: { name in
      name.contains("[") ? name.replacing("[", with: "_").replacing("]", with: "") : name
    })

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader, needsZone: true)
    takesIncomplete = reader.takesIncomplete()
    try reader.close()
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let input = try OpenedInput(file, setting.options)
    let batch = try input.header().copy()
    let isAhead = try input.reader.next(atMost: 1)
    if isAhead { try LimeSurvey.refuseCodes(in: input.reader.batch, file) }
    let header = SurveyHeader(batch, file: file, name: LimeSurvey.name(in: batch))
    let columns = try SurveyColumns(survey, LimeSurvey.traits, header, setting)
    return self.input(
      input, header, columns, isAhead: isAhead, rule: LimeSurvey.rule(columns, takesIncomplete))
  }

  /// Throws where the row below the headings has codes: it would become a response.
  private static func refuseCodes(in batch: RowBatch, _ file: String) throws {
    guard let row = batch.rows.first,
      LimeSurveyVV.areCodes(batch.cells(of: row).map { CellTrim.trimmed(batch.text($0)) })
    else { return }
    throw InputError([
      Diagnostic(
        .nothingOfTool, file: file, line: row.line,
        message: "'\(file)' has the questions' codes below its headings: it is a VV export",
        hint: "that takes 'tool: \(LimeSurveyVV.tool)', with those codes as columns")
    ])
  }

  /// A response without a date of submission was never completed.
  static func rule(_ columns: SurveyColumns, _ takesIncomplete: Bool) -> SurveyRows.Rule? {
    let time = columns.layout.sources[ResponseKind.At.on]
    guard !takesIncomplete, let cell = columns.index("submitdate") ?? (time >= 0 ? time : nil)
    else { return nil }
    return { text in
      ["", LimeSurveyVV.notShown].contains(text(cell))
        ? LeftOutRow("incomplete", hint: "'incomplete: include' in the binding takes them") : nil
    }
  }

  /// With headings of code and text, `id. Response ID`, the code counts.
  private static func name(in header: RowBatch) -> (String) -> String {
    let first = header.cells(of: header.rows[0]).first.map { header.text($0) } ?? ""
    guard first.hasPrefix("id. ") else { return { $0 } }
    return { name in name.firstRange(of: ". ").map { String(name[..<$0.lowerBound]) } ?? name }
  }
}

extension BindingReader {
  /// `incomplete: include` or `exclude`; responses that were never completed are left out unless
  /// the binding says otherwise.
  mutating func takesIncomplete() -> Bool {
    guard let text = bound("incomplete", required: false) else { return false }
    if !["include", "exclude"].contains(text.text) {
      report(
        .bindingKey, text, "'incomplete': '\(text.text)' is not known",
        hint: "known are include, exclude")
    }
    return text.text == "include"
  }
}
