internal import Events

/// A binding for a survey's file, drafted from its header and first rows: every column stands
/// under items, drop or, where it may hold answers or not, unsure; and what only a person can know is
/// left to fill in.
struct SurveyDraft {
  private let tool: String
  private let sample: FileSample
  /// The columns the binding must place.
  private var columns: [ColumnLook] = []
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
    let labels = Set(
      sample.register.instruments.values.joined().flatMap(\.items).flatMap(\.labels.keys))
    let all = SurveyHeader.numbered(names).enumerated().map { index, name in
      let values = rows.compactMap { index < $0.count ? CellTrim.trimmed($0[index]) : nil }
      // What the tool or the file counts as no answer is no code of an answer.
      let variable = sample.variables.first { $0.name == name }
      return ColumnLook(
        name,
        values.filter {
          !$0.isEmpty && !traits.missing.has($0) && variable?.countsAsMissing($0) != true
        }, labels: labels)
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
    let subject = columns.first { $0.looksPersonal && !isSurelyAnswer($0) }?.name
    let placed = columns.filter { $0.name != subject }.map { (column: $0, role: role(of: $0)) }
    let asked = placed.filter { $0.role == .answer }.map(\.column)
    let instrument = bestInstrument(asked.map(\.name))
    let programmes = sample.register.programmes.keys
    let programme =
      instrument?.programme ?? (programmes.count == 1 ? programmes.first : nil) ?? "PROGRAMME"
    var lines = [
      "# Drafted from \(sample.file). Put right what is in CAPITALS, move columns between items and",
      "# drop, and see what is still wrong with: varde binding check THIS_FILE \(sample.file)",
      "tool: \(tool)", "kind: responses", "programme: \(SurveyDraft.quoted(programme))",
      "instrument: \(SurveyDraft.quoted(instrument?.code ?? "INSTRUMENT"))",
      version(of: instrument),
      "wave: WAVE  # \(waves(of: programme, instrument))leave it out if the day of the answer decides",
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
    let dropped = placed.filter { $0.role == .none }.map(\.column.name)
    lines.append(dropped.isEmpty ? "drop: []" : "drop:")
    lines += dropped.map { "  - \(SurveyDraft.quoted($0))" }
    let unsure = placed.filter { $0.role == .unsure }.map(\.column.name)
    if !unsure.isEmpty {
      lines += [
        "# UNSURE: these may hold answers, or something else. Move each to items or to drop; until",
        "# then the binding is refused.",
        "unsure:",
      ]
      lines += unsure.map { "  - \(SurveyDraft.quoted($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Items side by side with columns; those that no column was found for come last, as a comment.
  private func items(_ asked: [ColumnLook], _ instrument: Register.Instrument?) -> [String] {
    var free = instrument?.items ?? []
    var lines = ["items:"]
    for (index, column) in asked.enumerated() {
      let code = SurveyDraft.item(for: column.name, among: free)
      let item = free.first { $0.code == code }
      free.removeAll { $0.code == code }
      let key = code ?? "ITEM_\(index + 1)"
      lines.append(
        "  \(SurveyDraft.quoted(key)): \(source(column, key, item))"
          + (item == nil ? "  # which item? or move it to drop" : ""))
      if let label = label(of: column.name) { lines.append("    # \(label)") }
    }
    if asked.isEmpty { lines.append("  ITEM: COLUMN") }
    if asked.contains(where: \.looksLikeBox) {
      lines.append("  # boxes of one question go together:")
      lines.append("  # QUESTION: {checkboxes: {ITEM: COLUMN, ITEM: COLUMN}}")
    }
    if !free.isEmpty {
      lines.append("  # items without a column: \(free.map(\.code).joined(separator: ", "))")
    }
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

  /// The column, with a map where its cells are codes, or its options where they are lists.
  private func source(_ column: ColumnLook, _ key: String, _ item: Register.Item?) -> String {
    let name = SurveyDraft.quoted(column.name)
    if let list = column.list, !column.isScale {
      let shown = list.options.filter(ColumnLook.isCode)
      let options = (shown.isEmpty ? ["OPTION"] : shown).enumerated().map { index, option in
        "\(SurveyDraft.quoted(option)): \(SurveyDraft.quoted("\(key)_\(index + 1)"))"
      }
      return "{delimited: \(name), separator: \"\(list.separator)\","
        + " options: {\(options.joined(separator: ", "))}}"
    }
    guard column.distinct.contains(where: { !ColumnLook.isWhole($0) }) else { return name }
    return "{column: \(name), map: \(DraftedMap(column, item, isOfTool: isOfTool).yaml)}"
  }

  /// Codes of a tool's own making, whoever gave them: `A5`, `Y`, `-oth-`, and small numbers.
  private func isOfTool(_ value: String) -> Bool {
    if value.count <= 3, let number = Int(value) { return abs(number) < 100 }
    guard tool.hasPrefix("limesurvey") else { return false }
    if ["Y", "N", "-oth-"].contains(value) { return true }
    // `A5`, and `AO05` since LimeSurvey 4.
    let number = value.drop { $0.isLetter }
    let isNumber = number.count <= 2 && Int(number) != nil
    return isNumber && (value.hasPrefix("AO") || value.first == "A" && number.first != "0")
  }

  /// The item a column answers: by its code, or because the heading is the item's text.
  static func item(for column: String, among free: [Register.Item]) -> String? {
    let heading = letters(HTMLText.decoded(column))
    let asked = free.first { item in
      item.texts.map(letters).contains { text in
        // Tools write the question's text before that of a row.
        !text.isEmpty && (heading == text || text.count >= 12 && heading.hasSuffix(text))
      }
    }
    return asked?.code ?? item(for: column, among: free.map(\.code))
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
      return (
        instrument, asked.count { SurveyDraft.item(for: $0, among: instrument.items) != nil }
      )
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

  /// `W0, W1; `, or nothing: those of the instrument, and of all.
  private func waves(of programme: String, _ instrument: Register.Instrument?) -> String {
    let waves = sample.register.waves.filter { wave in
      wave.programme == programme
        && (wave.instrument == nil || instrument.map { $0.code == wave.instrument } ?? true)
    }.map(\.code)
    return waves.isEmpty ? "" : waves.joined(separator: ", ") + "; "
  }

  private func role(of column: ColumnLook) -> ColumnLook.Role {
    if isOther(column.name) { return .none }
    return isSurelyAnswer(column) ? .answer : column.role
  }

  /// What has labels was asked with options; so was what has the words of a scale, and what is
  /// headed like an item is one.
  private func isSurelyAnswer(_ column: ColumnLook) -> Bool {
    if isOther(column.name) { return false }
    let items = sample.register.instruments.values.compactMap(\.last).flatMap(\.items)
    return column.isScale
      || sample.variables.contains { $0.name == column.name && !$0.values.isEmpty }
      || SurveyDraft.item(for: column.name, among: items) != nil
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
