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
  var keys: [String]
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
    let subject = self.subject
    let placed = self.placed
    let asked = placed.filter { $0.role == .answer }.map(\.column)
    let likely = likelyInstrument
    let instrument = likely?.isSure == true ? likely?.instrument : nil
    let programmes = sample.register.programmes.keys
    let programme =
      instrument?.programme ?? (programmes.count == 1 ? programmes.first : nil) ?? "PROGRAMME"
    let guess = instrument == nil ? likely.map { "  # \($0.instrument.code)? or which one?" } : nil
    var lines = [
      "# Drafted from \(sample.file). Put right what is in CAPITALS, move columns between items and",
      "# drop, and see what is still wrong with: varde binding check THIS_FILE \(sample.file)",
      "tool: \(tool)", "kind: responses", "programme: \(SurveyDraft.quoted(programme))",
      "instrument: \(SurveyDraft.quoted(instrument?.code ?? "INSTRUMENT"))\(guess ?? "")",
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
    lines += items(asked, likely?.instrument)
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

  /// The column that may say who answered.
  private var subject: String? {
    columns.first { $0.looksPersonal && !isSurelyAnswer($0) }?.name
  }

  private var placed: [(column: ColumnLook, role: ColumnLook.Role)] {
    let subject = subject
    return columns.filter { $0.name != subject }.map { (column: $0, role: role(of: $0)) }
  }

  /// The columns that may hold answers.
  var possibleAnswers: [ColumnLook] { placed.filter { $0.role != .none }.map(\.column) }

  /// The items its columns may answer: of the instrument that is meant, or else of all.
  var possibleItems: [Register.Item] {
    likelyInstrument?.instrument.items
      ?? sample.register.instruments.values.compactMap(\.last).flatMap(\.items)
  }

  /// Items side by side with columns; those that no column was found for come last, as a comment.
  private func items(_ asked: [ColumnLook], _ instrument: Register.Instrument?) -> [String] {
    let match = ItemMatch(asked.map(\.name), instrument?.items ?? [])
    var lines = ["items:"]
    for (index, column) in asked.enumerated() {
      let item = match.named[index]
      let key = item?.code ?? "ITEM_\(index + 1)"
      let doubt = match.similar[index].map { "\($0.code)? or another item?" } ?? "which item?"
      lines.append(
        "  \(SurveyDraft.quoted(key)): \(source(column, key, item))"
          + (item == nil ? "  # \(doubt) or move it to drop" : ""))
      if let label = label(of: column.name) { lines.append("    \(label)") }
    }
    if asked.isEmpty { lines.append("  ITEM: COLUMN") }
    if asked.contains(where: \.looksLikeBox) {
      lines.append("  # boxes of one question go together:")
      lines.append("  # QUESTION: {checkboxes: {ITEM: COLUMN, ITEM: COLUMN}}")
    }
    if !match.free.isEmpty {
      let codes = match.free.map(\.code).joined(separator: ", ")
      lines.append("  # items without a column: \(codes)")
    }
    return lines
  }

  /// What a statistics file says of a variable, as a comment: the question, and what its codes mean.
  private func label(of column: String) -> String? {
    guard let variable = sample.variables.first(where: { $0.name == column }) else { return nil }
    let codes = variable.values.prefix(12).map {
      "\($0.code) = \($0.label)" + (variable.countsAsMissing($0.code) ? " (no answer)" : "")
    }
    let rest = variable.values.count > 12 ? ["…"] : []
    let parts = (variable.label.map { [$0] } ?? []) + (codes + rest)
    guard !parts.isEmpty else { return nil }
    return SurveyDraft.comment(parts.joined(separator: "; "))
  }

  /// What a file says, as a comment of one line.
  static func comment(_ text: String) -> String {
    "# " + text.prefix(300).map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
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

  /// The only instrument there is, or the one whose items most columns name; where none or another one
  /// names as many, it is not sure.
  private var likelyInstrument: (instrument: Register.Instrument, isSure: Bool)? {
    let asked = placed.filter { $0.role == .answer }.map(\.column.name)
    let known = sample.register.instruments.values.compactMap(\.last).sorted { $0.code < $1.code }
    if known.count == 1 { return (known[0], true) }
    let scored = known.map { instrument in
      let match = ItemMatch(asked, instrument.items)
      return (instrument: instrument, named: match.named.count, similar: match.similar.count)
    }
    guard let best = scored.max(by: { ($0.named, $0.similar) < ($1.named, $1.similar) }),
      best.named + best.similar > 0
    else { return nil }
    let isSure = best.named > 0 && scored.count { $0.named == best.named } == 1
    return (best.instrument, isSure)
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
      || items.contains { ItemMatch.names(column.name, $0) }
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
