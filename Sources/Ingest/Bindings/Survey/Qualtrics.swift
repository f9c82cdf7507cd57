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
    if isNew { try checkZone(of: batch, file, setting) }
    let columns = try SurveyColumns(survey, Qualtrics.traits, header, setting)
    return self.input(input, header, columns, isAhead: !isNew, rule: rule(columns))
  }

  /// The third row of newer exports: `{"ImportId":"QID1"}` in every cell.
  static func isImport(_ batch: RowBatch, _ row: RowBatch.Row) -> Bool {
    batch.cells(of: row).first.map { batch.text($0).contains("ImportId") } == true
  }

  /// A status as it has to be written into the binding, if it is a word of the tool's: true responses
  /// have one for an address on the net, in the language of the account.
  private static func word(_ status: String) -> String? {
    let isOfTool =
      status.lowercased().hasPrefix("ip") && status.count <= 24
      && status.allSatisfy { $0.isLetter || $0 == "-" || $0 == " " }
    return isOfTool ? status : nil
  }

  /// The zone of the times, as the third row says beside the columns that have some; `nil` where it
  /// does not.
  static func zone(in imports: some Sequence<String>) -> String? {
    for text in imports where text.contains("timeZone") {
      if let zone = (try? JSONReader.read(Array(text.utf8)))?["timeZone"]?.text, !zone.isEmpty {
        return zone
      }
    }
    return nil
  }

  /// Throws where the file's own zone and the binding's are not the same: all times would be hours
  /// off.
  private func checkZone(of header: RowBatch, _ file: String, _ setting: BindingSetting) throws {
    guard let zone = survey.zone,
      let told = Qualtrics.zone(in: header.cells(of: header.rows[2]).map { header.text($0) }),
      told.lowercased() != zone.text.lowercased(),
      let theirs = try setting.zones.rules(of: told),
      let ours = try setting.zones.rules(of: zone.text), theirs.changes != ours.changes
    else { return }
    throw InputError([
      Diagnostic(
        .zoneContradicted, file: survey.file, line: zone.line, column: zone.column,
        message:
          "the binding's zone is \(zone.text), and row 3 of '\(file)' says that its times are"
          + " in \(theirs.name)",
        hint: "write 'zone: \(theirs.name)', unless somebody has changed the times since")
    ])
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
        case "1", "9", "17", "survey preview": return LeftOutRow(.previews)
        case "2", "survey test": return LeftOutRow(.tests)
        case "8", "spam": return LeftOutRow(.spam)
        default:
          let word = Qualtrics.word(text(status))
          return LeftOutRow(
            "with a status that is not known",
            hint:
              "'Status' has \(word.map { "'\($0)'" } ?? "a word that is not known"): if that means"
              + " a true response, say so with 'status: [\(word ?? "WORD")]' in the binding, or export"
              + " values instead of labels")
        }
      }
      guard let finished, !takesIncomplete else { return nil }
      switch text(finished).lowercased() {
      case "1", "true", "sann", "ja", "yes", "": return nil
      case "0", "false", "usann", "nei", "no":
        return LeftOutRow("unfinished", hint: "'incomplete: include' in the binding takes them")
      default:
        return LeftOutRow(
          "with something else than yes or no in 'Finished'",
          hint: "export values instead of labels, or take all with 'incomplete: include' in the"
            + " binding")
      }
    }
  }
}
