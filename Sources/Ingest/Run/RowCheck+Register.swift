internal import Events

extension RowCheck {
  mutating func group(_ column: Int) -> Register.Group? {
    guard let code = code(column) else { return nil }
    if let group = register.groups[code] { return group }
    report(.unknownGroup, "group", code, column, among: register.groups.keys)
    return nil
  }

  mutating func unit(_ column: Int) -> String? {
    guard let code = code(column) else { return nil }
    if register.units.contains(code) { return code }
    report(.unknownUnit, "unit", code, column, among: register.units)
    return nil
  }

  /// The session of a kind's `sessionColumn`.
  mutating func session(_ column: Int) throws -> Register.SessionEntry? {
    let cell = cell(column)
    if !cell.isEmpty, let session = context.sessions.entry(cell) { return session }
    guard let code = code(column) else { return nil }
    report(.unknownSession, "session", code, column, among: try context.sessions.codes())
    return nil
  }

  /// The programme of a row, or the one the user named for rows that do not say.
  mutating func programme(_ column: Int) -> Register.Programme? {
    if cell(column).isEmpty, let named = context.programme { return register.programmes[named] }
    guard let code = code(column) else { return nil }
    if let programme = register.programmes[code] { return programme }
    report(.unknownProgramme, "programme", code, column, among: register.programmes.keys)
    return nil
  }

  /// A term such as `2025V`, its first day and the first one of the next term.
  mutating func term(
    _ column: Int, of programme: Register.Programme?
  ) -> (code: String, start: CivilDate, end: CivilDate)? {
    guard let code = code(column), let programme else { return nil }
    let terms = programme.terms
    if let year = Int(code.prefix(4)), code.utf8.count > 4,
      let term = terms.first(where: { $0.code.lowercased() == code.dropFirst(4).lowercased() }),
      let start = term.start(in: year),
      let end = [year, year + 1].flatMap({ year in terms.compactMap { $0.start(in: year) } })
        .filter({ $0 > start }).min()
    {
      return (code.prefix(4) + term.code, start, end)
    }
    let letters = terms.map { "2025\($0.code)" }.joined(separator: " or ")
    report(
      .notTerm, column, "'\(shown(code))' is not a term of \(programme.code)",
      hint: "terms look like \(letters)")
    return nil
  }

  /// Reports a date outside the group's life or its programme: a group is not there any more on the day
  /// it is dissolved on, as nobody is a member on the day they leave on.
  mutating func expect(_ day: CivilDate?, within group: Register.Group?, _ column: Int) {
    guard let day, let group else { return }
    if let formed = group.formedOn, day < formed {
      report(
        .outsideGroup, column, "\(day) is before group '\(group.code)' was formed (\(formed))")
    } else if let dissolved = group.dissolvedOn, day >= dissolved {
      report(
        .outsideGroup, column,
        "\(day) is not before the day group '\(group.code)' was dissolved on (\(dissolved))",
        hint: "dissolved_on is the first day without the group: " + IngestCode.outsideGroup.hint)
    } else {
      expect(day, within: register.programmes[group.programme], column)
    }
  }

  mutating func expect(
    _ day: CivilDate?, within programme: Register.Programme?, _ column: Int
  ) {
    guard let day, let programme else { return }
    if let first = programme.startsOn, day < first {
      report(
        .outsideProgramme, column, "\(day) is before programme '\(programme.code)' (\(first))")
    } else if let last = programme.endsOn, day > last {
      report(
        .outsideProgramme, column, "\(day) is after programme '\(programme.code)' (\(last))")
    }
  }

  /// Reports a code that is not known: as changed by a spreadsheet, where it looks like that.
  mutating func report(
    _ unknown: IngestCode, _ what: String, _ code: String, _ column: Int,
    among known: some Sequence<String>, of whole: String = ""
  ) {
    let suggestion = context.suggestion(for: code, unknown, known, in: wording)
    guard let hint = suggestion.damage else {
      let shown = context.disclosure.shown(code: code, among: known)
      return report(
        unknown, column, "\(what) '\(shown)'\(whole) is not known",
        hint: suggestion.near.map { "did you mean '\($0)'?" } ?? unknown.hint)
    }
    report(
      .excelDamage, column,
      "'\(columns[column].name)': '\(shown(column))' is \(IngestCode.excelDamage.complaint)",
      hint: hint)
  }
}
