/// A survey tool: its binding is that of all of them, with a few keys of its own.
protocol SurveyTool: ToolBinding {
  var survey: SurveyBinding { get }
}

extension SurveyTool {
  var kind: String { "responses" }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    try survey.check(against: register)
  }

  func checkZone(_ setting: BindingSetting) throws { _ = try survey.zoneRules(setting) }

  /// A file whose header has been read, ready for its rows.
  func input(
    _ input: OpenedInput, _ header: SurveyHeader, _ columns: SurveyColumns, isAhead: Bool = false,
    reader: (any RowReader)? = nil, rule: SurveyRows.Rule? = nil, subject: RecordSubject? = nil
  ) -> BoundInput {
    let reader = reader ?? input.reader
    let rows = SurveyRows(
      reader, width: columns.layout.width, isAhead: isAhead, rule: rule,
      subject: subject)
    return BoundInput(
      source: input.source, reader: rows, layout: columns.layout, kind: columns.kind,
      header: header.rejects(columns.layout, reader.delimiter))
  }
}
