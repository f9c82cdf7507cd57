internal import Events

/// A binding for a survey's file, drafted from its header and first rows: every column stands
/// under items or drop, and what only a person can know is left to fill in.
struct SurveyDraft {
  private let tool: String
  private let sample: FileSample
  /// A column the binding must place, with the values it has in the first rows.
  private typealias Column = (name: String, values: [String])
  private var columns: [Column] = []
  /// Lines between the head and the items, for what is the tool's own.
  private let keys: [String]
  /// Columns that hold no answers, by what the tool calls them.
  private let isOther: (String) -> Bool
  /// A column of the tool's own that may say who answered.
  private var possible: (column: String, identifier: String)?
  private static let subjects = [
    ("token", "person_id"), ("access code", "person_id"), ("externalreference", "person_id"),
    ("recipientemail", "email"),
    ("email", "email"),
  ]

  /// - Parameter names: the columns, side by side with the cells of `rows`.
  init(
    _ tool: String, _ sample: FileSample, names: [String], rows: ArraySlice<[String]>,
    traits: SurveyTraits, keys: [String], isOther: @escaping (String) -> Bool = { _ in false }
  ) {
    self.isOther = isOther
    self.tool = tool
    self.sample = sample
    self.keys = keys
    let all: [Column] = SurveyHeader.numbered(names).enumerated().map { index, name in
      let values = rows.compactMap { index < $0.count ? CellTrim.trimmed($0[index]) : nil }
      // What the file counts as no answer is no code of an answer.
      let variable = sample.variables.first { $0.name == name }
      return (name, values.filter { !$0.isEmpty && variable?.countsAsMissing($0) != true })
    }
    columns = all.filter { !traits.knows($0.name) }
    for (name, identifier) in SurveyDraft.subjects where traits.personal.contains(name) {
      guard possible == nil,
        let column = all.first(where: { $0.name.lowercased() == name && !$0.values.isEmpty })
      else { continue }
      possible = (SurveyDraft.quoted(column.name), identifier)
    }
  }

  /// The binding as YAML with comments.
  var yaml: String {
    let subject = columns.first(where: looksPersonal)?.name
    let rest = columns.filter { $0.name != subject }
    let asked = rest.filter(isAnswer).map(\.name)
    let instrument = bestInstrument(asked)
    let programmes = sample.register.programmes.keys
    let programme =
      instrument?.programme ?? (programmes.count == 1 ? programmes.first : nil) ?? "PROGRAMME"
    var lines = [
      "# Drafted from \(sample.file). Put right what is in CAPITALS, move columns between items and",
      "# drop, and see what is still wrong with: varde binding check THIS_FILE \(sample.file)",
      "tool: \(tool)", "kind: responses", "programme: \(SurveyDraft.quoted(programme))",
      "instrument: \(SurveyDraft.quoted(instrument?.code ?? "INSTRUMENT"))",
      version(of: instrument),
      "wave: WAVE  # \(waves(of: programme))leave it out if the day of the answer decides",
    ]
    lines += keys
    if let subject {
      lines.append(
        "subject: {column: \(SurveyDraft.quoted(subject)), identifier: person_id}"
          + "  # person_id or email")
    } else {
      lines.append(
        "# subject: {column: \(possible?.column ?? "COLUMN"), identifier:"
          + " \(possible?.identifier ?? "person_id")}  # if it is not anonymous")
    }
    lines += items(asked, instrument)
    let dropped = rest.filter { !isAnswer($0) }.map(\.name)
    lines.append(dropped.isEmpty ? "drop: []" : "drop:")
    lines += dropped.map { "  - \(SurveyDraft.quoted($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Items side by side with columns; those that no column was found for come last, as a comment.
  private func items(_ asked: [String], _ instrument: Register.Instrument?) -> [String] {
    var free = instrument?.items.map(\.code) ?? []
    var lines = ["items:"]
    for (index, column) in asked.enumerated() {
      let item = SurveyDraft.item(for: column, among: free)
      free.removeAll { $0 == item }
      let key = item ?? "ITEM_\(index + 1)"
      lines.append(
        "  \(SurveyDraft.quoted(key)): \(source(column))"
          + (item == nil ? "  # which item? or move it to drop" : ""))
      if let label = label(of: column) { lines.append("    # \(label)") }
    }
    if asked.isEmpty { lines.append("  ITEM: COLUMN") }
    if columns.contains(where: { asked.contains($0.name) && looksLikeBox($0) }) {
      lines.append("  # boxes of one question go together:")
      lines.append("  # QUESTION: {checkboxes: {ITEM: COLUMN, ITEM: COLUMN}}")
    }
    if !free.isEmpty { lines.append("  # items without a column: \(free.joined(separator: ", "))") }
    return lines
  }

  /// What a statistics file says of a variable: the question, and what its codes mean.
  private func label(of column: String) -> String? {
    guard let variable = sample.variables.first(where: { $0.name == column }) else { return nil }
    let codes = variable.values.prefix(12).map {
      "\($0.code) = \($0.label)" + (variable.countsAsMissing($0.code) ? " (no answer)" : "")
    }
    let rest = variable.values.count > 12 ? ["…"] : []
    let parts = (variable.label.map { [$0] } ?? []) + (codes + rest)
    guard !parts.isEmpty else { return nil }
    return String(
      parts.joined(separator: "; ").prefix(300).map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }

  /// The column, with a map where its cells are codes.
  private func source(_ column: String) -> String {
    let given = columns.first { $0.name == column }?.values ?? []
    let values = Set(given)
    guard values.contains(where: { !SurveyDraft.isWhole($0) }) else {
      return SurveyDraft.quoted(column)
    }
    // Longer texts may be about a person, and so may what one row alone has; neither is repeated.
    let codes = values.filter { value in
      SurveyDraft.isCode(value)
        && (isOfTool(value) || given.count { $0 == value } > 1)
    }.sorted()
    let map = codes.map { code in
      let number = String(code.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
      return "\(SurveyDraft.quoted(code)): \(number.isEmpty ? "NUMBER" : number)"
    }
    let rest = codes.count == values.count ? [] : ["CODE: NUMBER"]
    let list = (map + rest).joined(separator: ", ")
    return "{column: \(SurveyDraft.quoted(column)), map: {\(list)}}"
  }

  /// `A5`, `Y`, `-oth-`.
  private static func isCode(_ value: String) -> Bool {
    guard value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      return false
    }
    return value.count <= 2 || value == "-oth-"
      || (value.count <= 4 && value.last?.isNumber == true)
  }

  /// Codes of a tool's own making, whoever gave them: `A5`, `Y`, `-oth-`, and small numbers.
  private func isOfTool(_ value: String) -> Bool {
    if value.count <= 3, let number = Int(value) { return abs(number) < 100 }
    guard tool.hasPrefix("limesurvey") else { return false }
    if ["Y", "N", "-oth-"].contains(value) { return true }
    let number = value.dropFirst()
    return value.first == "A" && number.first != "0" && number.count <= 2 && Int(number) != nil
  }

  /// Whether a column's values tell its rows apart: `P01`, `F1001`. Such are no answers.
  private static func looksLikeIDs(_ column: Column) -> Bool {
    let ids = column.values.count { value in
      let letters = value.prefix { $0.isLetter }
      let digits = value.dropFirst(letters.count).drop { $0 == "-" || $0 == "_" }
      guard letters.count <= 4, !digits.isEmpty,
        digits.allSatisfy({ $0.isASCII && $0.isNumber })
      else { return false }
      return digits.count >= 2 && digits.first == "0" || !letters.isEmpty && digits.count >= 3
    }
    return ids > 0 && 2 * ids >= column.values.count
  }

  private static func isWhole(_ value: String) -> Bool {
    let number = Double(value.replacing(",", with: "."))
    return number.map { $0 == $0.rounded() } == true
  }

  static func item(for column: String, among free: [String]) -> String? {
    let folded = letters(column)
    return free.first { letters($0) == folded }
      ?? (folded.count > 4 ? nearest(to: folded, among: free.map(letters)) : nil).flatMap { near in
        // Numbered names are near to all their neighbours.
        free.first { letters($0) == near && digits(near) == digits(folded) }
      }
  }

  private static func letters(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func digits(_ text: String) -> String { text.filter(\.isNumber) }

  /// The only instrument there is, or the one most of whose items have a column.
  private func bestInstrument(_ asked: [String]) -> Register.Instrument? {
    let known = sample.register.instruments.values.compactMap(\.last).sorted { $0.code < $1.code }
    if known.count == 1 { return known[0] }
    let scored = known.map { instrument in
      let items = instrument.items.map(\.code)
      return (instrument, asked.count { SurveyDraft.item(for: $0, among: items) != nil })
    }
    return scored.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
  }

  /// The version the answers were given on, so that a newer one that is defined later is not taken.
  private func version(of instrument: Register.Instrument?) -> String {
    guard let instrument else { return "# version: VERSION  # of the instrument" }
    let all = sample.register.versions(of: instrument.code, programme: instrument.programme)
    return "version: \"\(instrument.version)\""
      + (all.count > 1 ? "  # or " + all.dropFirst().map(\.version).joined(separator: ", ") : "")
  }

  /// `survey:` for tools whose surveys all number their responses from 1. LimeSurvey's exports have
  /// the survey's number in their names.
  static func surveyLine(_ file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let digits = name.split { !($0.isASCII && $0.isNumber) }.filter {
      $0.count >= 5 && $0.count <= 9
    }
    let why = "tells this survey's responses from another's, which have the same numbers"
    guard name.lowercased().contains("survey") || name.lowercased().hasPrefix("vvexport"),
      digits.count == 1
    else { return "# survey: NAME  # \(why)" }
    return "survey: \"\(String(digits[0]))\"  # \(why)"
  }

  /// `W0, W1; `, or nothing.
  private func waves(of programme: String) -> String {
    let waves = sample.register.waves.filter { $0.programme == programme }.map(\.code)
    return waves.isEmpty ? "" : waves.joined(separator: ", ") + "; "
  }

  /// Numbers and short codes are answers; what people wrote, who they are, days and names of files
  /// are not.
  private func isAnswer(_ column: Column) -> Bool {
    let name = column.name.lowercased()
    let others = ["name", "navn", "mail", "epost", "e-post", "phone", "telefon", "birth", "dob"]
    let comments = ["kommentar", "comment", "merknad", "fritekst", "utdyp"]
    if (others + comments).contains(where: name.contains) || isOther(column.name) { return false }
    // What has labels was asked with options.
    if sample.variables.contains(where: { $0.name == column.name && !$0.values.isEmpty }) {
      return true
    }
    if SurveyDraft.looksLikeIDs(column) { return false }
    let codes = Set(column.values).filter { !SurveyDraft.isWhole($0) }
    return codes.count <= 12
      && codes.allSatisfy { value in
        value.count <= 12 && CivilDate(value) == nil
          && !value.contains { "@:.".contains($0) || $0.isNewline }
      }
  }

  private func looksPersonal(_ column: Column) -> Bool {
    let name = column.name.lowercased()
    let hints = ["ansatt", "person_id", "personid", "employee", "deltaker", "participant", "token"]
    let words = name.split { !$0.isLetter }
    if words.contains("kode") || words.contains("code"), SurveyDraft.looksLikeIDs(column) {
      return true
    }
    return hints.contains { name.contains($0) }
      || (!column.values.isEmpty && column.values.allSatisfy { $0.contains("@") })
  }

  /// Whether a column may be one box of a question with several.
  private func looksLikeBox(_ column: Column) -> Bool {
    let values = Set(column.values.map { $0.lowercased() })
    return !values.isEmpty && values.isSubset(of: ["0", "1", "y", "n", "x"])
  }

  /// A text as YAML writes it, in quotes where it must be.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || "_.-".contains($0) }
      && !["yes", "no", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
    guard !isPlain else { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension SurveyTraits {
  /// Whether a column is the tool's own affair, so that a binding need not name it.
  func knows(_ name: String) -> Bool {
    let folded = name.lowercased()
    return name.isEmpty || own.contains(folded) || forbidden.contains(folded)
      || personal.contains(folded) || ownPrefixes.contains { folded.hasPrefix($0) }
      || (response + time).contains { $0.lowercased() == folded }
  }
}
