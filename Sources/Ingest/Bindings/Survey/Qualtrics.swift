internal import Events

/// A survey in Qualtrics: codes in the first row, texts in the second and, in newer exports, what
/// an import needs in the third. In older ones the first ten columns are `V1` to `V10`.
struct Qualtrics: SurveyTool {
  static let tool = "qualtrics"
  let survey: SurveyBinding
  private let takesIncomplete: Bool
  /// Values of `Status` that are true responses.
  private let statuses: Set<String>

  /// Without `-99` for questions that were seen, an empty cell tells nothing.
  static let traits: SurveyTraits = {
    var missing = MissingMarks(empty: .unknown)
    missing.mark("-99", as: .skipped)
    return SurveyTraits(
      source: "qualtrics", idsAreUnique: true, response: ["ResponseId"], time: ["EndDate"],
      needsTime: true,
      own: [
        "startdate", "status", "progress", "duration (in seconds)", "finished", "recordeddate",
        "responseset", "distributionchannel", "userlanguage",
      ],
      personal: [
        "recipientlastname", "recipientfirstname", "recipientname", "recipientemail",
        "externalreference",
      ],
      forbidden: ["ipaddress", "locationlatitude", "locationlongitude", "locationaccuracy"],
      missing: missing)
  }()

  private static let legacy = [
    "V1": "ResponseId", "V2": "ResponseSet", "V3": "RecipientName", "V4": "ExternalReference",
    "V5": "RecipientEmail", "V6": "IPAddress", "V7": "Status", "V8": "StartDate",
    "V9": "EndDate", "V10": "Finished",
  ]

  /// What a header cell is called in a binding.
  static func name(of column: String) -> String { legacy[column] ?? column }

  init(_ reader: inout BindingReader) throws {
    survey = try SurveyBinding(&reader, needsZone: true)
    takesIncomplete = reader.takesIncomplete()
    let own = Set(reader.list("status").map { $0.text.lowercased() })
    statuses = own.isEmpty ? ["", "0", "ip address"] : own
    try reader.close()
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try survey.check(against: setting.register)
    let input = try OpenedInput(file, setting.options)
    let batch = try input.header(rows: 3).copy()
    guard batch.rows.count >= 2 else { throw Qualtrics.noHeader(file) }
    let isNew = batch.rows.count == 3 && Qualtrics.isImport(batch, batch.rows[2])
    if !isNew {
      // The third row is the first response.
      batch.rows = Array(batch.rows.prefix(2))
      input.reader.batch.rows.removeFirst(2)
    }
    let header = SurveyHeader(batch, file: file) { Qualtrics.name(of: $0) }
    guard isNew || header.names.first == "ResponseId" else { throw Qualtrics.noHeader(file) }
    let columns = try SurveyColumns(survey, Qualtrics.traits, header, setting)
    return self.input(input, header, columns, isAhead: !isNew, rule: rule(columns))
  }

  /// The third row of newer exports: `{"ImportId":"QID1"}` in every cell.
  static func isImport(_ batch: RowBatch, _ row: RowBatch.Row) -> Bool {
    batch.cells(of: row).first.map { batch.text($0).contains("ImportId") } == true
  }

  private static func noHeader(_ file: String) -> InputError {
    InputError(
      .headerRows, file: file,
      message: "'\(file)' has neither the third row of Qualtrics (ImportId) nor columns V1 to V10",
      hint: "export it as CSV with all header rows, and do not remove any")
  }

  /// Previews and tests are no responses; unfinished ones are none unless the binding wants them.
  private func rule(_ columns: SurveyColumns) -> SurveyRows.Rule {
    let status = columns.index("Status")
    let finished = columns.index("Finished")
    return { [statuses, takesIncomplete] text in
      if let status, !statuses.contains(text(status).lowercased()) {
        switch text(status).lowercased() {
        case "1", "9", "17", "survey preview": return "previews"
        case "2", "survey test": return "tests"
        case "8", "spam": return "marked as spam"
        default: return "with a status that is not known"
        }
      }
      guard let finished, !takesIncomplete else { return nil }
      switch text(finished).lowercased() {
      case "1", "true", "": return nil
      case "0", "false": return "unfinished"
      default: return "with something else than yes or no in 'Finished'"
      }
    }
  }
}
