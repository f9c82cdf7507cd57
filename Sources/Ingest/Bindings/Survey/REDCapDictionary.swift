internal import Events

/// The data dictionary of a REDCap project: what its fields are, to hold a binding against.
struct REDCapDictionary {
  private struct Field {
    var form: String
    var isCheckbox: Bool
    /// The codes of its options; empty for fields without any.
    var codes: [String]
    var isIdentifier: Bool
  }

  private let name: String
  private var fields: [String: Field] = [:]

  /// Reads the dictionary a binding names, from a path relative to the binding's own.
  init(_ place: BoundText, of binding: String) throws {
    name = place.text
    let path = Companion.path(place.text, beside: binding)
    let input = try place.opened(beside: binding) { try OpenedInput($0, IngestOptions()) }
    let header = try input.header()
    let first = header.cells(of: header.rows[0]).first.map { header.text($0).lowercased() } ?? ""
    guard ["variable / field name", "field_name"].contains(first),
      header.rows[0].cellCount > REDCapDictionary.identifier
    else {
      throw InputError(
        .companionUnreadable, file: path, message: "'\(name)' is no data dictionary of REDCap",
        hint: "download it in REDCap under 'Data Dictionary', as CSV")
    }
    while try input.reader.next() {
      let batch = input.reader.batch
      for row in batch.rows where row.cellCount > REDCapDictionary.identifier {
        let cells = batch.cells(of: row).map { CellTrim.trimmed(batch.text($0)) }
        fields[cells[0].lowercased()] = Field(
          form: cells[1], isCheckbox: cells[3] == "checkbox",
          codes: REDCapDictionary.codes(cells[5], type: cells[3]),
          isIdentifier: cells[REDCapDictionary.identifier].lowercased() == "y")
      }
    }
  }

  private static let identifier = 10

  /// `0, No | 1, Yes`.
  private static func codes(_ choices: String, type: String) -> [String] {
    switch type {
    case "yesno", "truefalse": return ["0", "1"]
    case "radio", "dropdown", "checkbox":
      return choices.split(separator: "|").map { choice in
        CellTrim.trimmed(String(choice.prefix { $0 != "," }))
      }
    default: return []
    }
  }

  /// Throws where the binding reads fields otherwise than the dictionary has them.
  ///
  /// - Parameter items: those of the instrument, to hold the choices against their scales.
  func check(_ survey: SurveyBinding, form: String?, items: [Register.Item]) throws {
    var report = Report(file: survey.file, dictionary: name)
    let states = Set(survey.missing.map(\.text.text))
    for question in survey.questions {
      for column in question.columns { check(column, form: form, &report) }
      if case .single(let answered, let column, let map) = question,
        let field = fields[column.text.lowercased()]
      {
        let codes = field.codes.filter { !states.contains($0) }
        compare(codes, map, column, &report)
        if map == nil, let item = items.first(where: { $0.code == answered.text }) {
          compare(codes, with: item, column, &report)
        }
      }
    }
    for column in survey.response + [survey.time, survey.waves?.column].compactMap(\.self)
    where fields[column.text.lowercased()]?.isIdentifier == true {
      report.personal(column)
    }
    if !report.found.isEmpty { throw InputError(report.found) }
  }

  /// One column of an answer: a field, or an option of a checkbox, `field___code`.
  private func check(_ column: BoundText, form: String?, _ report: inout Report) {
    let name = column.text.lowercased()
    let option = name.firstRange(of: "___")
    let base = option.map { String(name[..<$0.lowerBound]) } ?? name
    guard let field = fields[base] else {
      let hint = nearest(to: base, among: fields.keys).map { "did you mean '\($0)'?" }
      return report.disagree(column, "the dictionary has no field '\(base)'", hint)
    }
    if field.isIdentifier { report.personal(column) }
    if let form, field.form != form {
      report.disagree(column, "'\(base)' is a field of the form '\(field.form)'", nil)
    }
    guard field.isCheckbox || option != nil else { return }
    let code = option.map { String(name[$0.upperBound...]) } ?? ""
    // A minus is no letter of a column's name.
    let codes = field.codes.map { $0.lowercased().replacing("-", with: "_") }
    if !codes.contains(code) {
      report.disagree(
        column, "'\(base)' has no option '\(code)'",
        "options are " + codes.map { "\(base)___\($0)" }.joined(separator: ", "))
    }
  }

  /// Every choice must become a number, and every code of a map must be a choice.
  private func compare(
    _ codes: [String], _ map: [(code: BoundText, value: Int)]?, _ column: BoundText,
    _ report: inout Report
  ) {
    guard !codes.isEmpty else { return }
    for entry in map ?? [] where !codes.contains(entry.code.text) {
      report.disagree(
        entry.code, "'\(column.text)' has no choice '\(entry.code.text)'",
        "choices are " + codes.joined(separator: ", "))
    }
    let mapped = map.map { Set($0.map(\.code.text)) }
    for code in codes where mapped.map({ !$0.contains(code) }) ?? (Int(code) == nil) {
      report.disagree(
        column, "choice '\(code)' of '\(column.text)' becomes no number",
        "add it to the map, or under 'missing:'")
    }
  }

  /// Without a map every choice is the number itself.
  private func compare(
    _ codes: [String], with item: Register.Item, _ column: BoundText, _ report: inout Report
  ) {
    for code in codes {
      guard let number = Int(code), number != item.notRelevant, !item.allows(number) else {
        continue
      }
      report.disagree(
        column,
        "choice '\(code)' of '\(column.text)' is not on the scale of '\(item.code)',"
          + " \(item.minimum) to \(item.maximum)",
        "say what it stands for, for example 'missing: {not_relevant: [\"\(code)\"]}', or give"
          + " the item a map")
    }
  }

  private struct Report {
    let file: String
    let dictionary: String
    var found: [Diagnostic] = []

    init(file: String, dictionary: String) {
      self.file = file
      self.dictionary = dictionary
    }

    mutating func disagree(_ place: BoundText, _ message: String, _ hint: String?) {
      found.append(
        Diagnostic(
          .companionDisagrees, file: file, line: place.line, column: place.column,
          message: "\(message), says '\(dictionary)'", hint: hint))
    }

    mutating func personal(_ place: BoundText) {
      found.append(
        Diagnostic(
          .privateColumn, file: file, line: place.line, column: place.column,
          message: "'\(place.text)' is marked as an identifier in '\(dictionary)'",
          hint: "use it as the subject, or put it under 'drop:'"))
    }
  }
}
