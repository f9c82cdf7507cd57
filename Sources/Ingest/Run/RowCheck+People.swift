internal import Events
internal import FoundationEssentials

extension RowCheck {
  /// Whom the row is about, by the identifiers in those columns; reports when nobody can tell.
  mutating func person(
    _ who: PersonColumns, group: String?, required: Bool = true, isGuest: Bool = false
  ) throws -> (subject: UUID, method: MatchMethod)? {
    let match = try context.matcher.match(
      id: words(who.id), email: words(who.email), name: words(who.name), group: group)
    if case .matched(let subject, let method) = match {
      context.count(method)
      try expectName(who, of: subject)
      return (subject, method)
    }
    let given = [who.id, who.email, who.name].compactMap { $0 }.filter { !cell($0).isEmpty }
    let first = given.first ?? who.id ?? who.email ?? who.name
    switch match {
    case .matched: break
    case .matchedWeakly(let subject, let method):
      context.count(method)
      try expectName(who, of: subject)
      report(
        .weakMatch, first,
        "'\(first.map(shown) ?? "")' is not known; the person was found by \(method.words)")
      return (subject, method)
    case .absent:
      guard required else { return nil }
      let names = [who.id, who.email, who.name].compactMap { $0 }.map { columns[$0].name }
      report(
        .noIdentifier, first, "the row does not say who it is about",
        hint: "fill in " + names.joined(separator: " or "))
      noteUnmatched(.noIdentifier, who)
    case .unknown where try reportDamage(who.id):
      noteUnmatched(.excelDamage, who)
    case .unknown where given.contains(where: { SpreadsheetError(cell($0).string) != nil }):
      for column in given { _ = reportSpreadsheetError(column) }
      noteUnmatched(.errorCell, who)
    case .unknown:
      let shownOnes = given.map { "\(columns[$0].name) '\(shown($0))'" }
      report(
        .unknownPerson, first, "no person with \(shownOnes.joined(separator: " or ")) is known",
        hint: try unknownHint(who, given, isGuest: isGuest))
      noteUnmatched(.unknownPerson, who)
    case .nameNotUnique:
      report(
        .nameNotUnique, who.name,
        "more than one member of the group is called '\(who.name.map(shown) ?? "")'")
      noteUnmatched(.nameNotUnique, who)
    case .disagree:
      report(
        .identifiersDisagree, who.email,
        "'\(who.id.map(shown) ?? "")' and '\(who.email.map(shown) ?? "")' are two persons")
      noteUnmatched(.identifiersDisagree, who)
    case .nameOfAnother(let known): reportNameOfAnother(known, who)
    }
    return nil
  }

  /// What to do about somebody nobody knows, `nil` where there is no more to say than with the code.
  private func unknownHint(
    _ who: PersonColumns, _ given: [Int], isGuest: Bool
  ) throws -> String? {
    if let hint = try misplacedHint(who) { return hint }
    if isGuest {
      return "a guest is somebody with an enrolment who is no member of this group; people from"
        + " outside are not recorded: leave their rows out"
    }
    guard who.name.map({ cell($0).isEmpty }) == false, given.count == 1 else { return nil }
    let among = "a name is looked for among the group's members only: "
    // The report of a meeting need not have a column for ids.
    return layout.isMade
      ? among
        + "write it as it was enrolled, or give their e-mail address or employee id in its column"
      : among + "give the employee id"
  }

  /// Where something else stands in the column of employee ids, or an id in other letters.
  private func misplacedHint(_ who: PersonColumns) throws -> String? {
    guard let column = who.id, let id = words(column) else { return nil }
    let name = columns[column].name
    func belongs(_ other: Int?) -> String {
      if let other, layout.holdsAnswers, other == who.email, layout.sources[other] == -1 {
        return "if all of them are, the binding's subject takes 'identifier: email'"
      }
      return other.map { "it belongs into the column '\(columns[$0].name)'" }
        ?? "give the employee id"
    }
    if id.contains("@") {
      return "what stands in '\(name)' is an e-mail address: " + belongs(who.email)
    }
    if try context.matcher.isKnownWithoutZeros(id) {
      return
        "without the zeros at its front the id is known; if that is the person, let both stand for"
        + " them: varde subject alias KNOWN-ID --person-id ID"
    }
    let parts = id.split { $0.isWhitespace || $0 == "," }
    if parts.count > 1, !id.contains(where: \.isNumber) {
      return "what stands in '\(name)' looks like a name: " + belongs(who.name)
    }
    guard try context.matcher.isKnownInOtherCase(id) else { return nil }
    return
      "an id with the same letters, but in capitals or not, is known: write it as it was enrolled"
  }

  /// Keeps in clear whom nobody could be found for, for the recorder's eyes only.
  mutating func noteUnmatched(_ code: IngestCode, _ who: PersonColumns) {
    unmatched.append(
      Unmatched(
        line: diagnostics.last?.line ?? row.line, column: diagnostics.last?.column,
        identity: PersonIdentity(
          personID: words(who.id), email: words(who.email), name: words(who.name)), code: code))
  }

  /// Reports a new employee id that is a known one with more zeros in front.
  mutating func reportZerosApart(_ column: Int) throws {
    guard let id = words(column), try context.matcher.isKnownWithoutZeros(id) else { return }
    report(
      .zerosApart, column,
      "'\(columns[column].name)': '\(shown(column))' is new, and without the zeros at its front it is known"
    )
  }

  /// Reports an employee id nobody has as changed by a spreadsheet, where it looks like that.
  mutating func reportDamage(_ column: Int?) throws -> Bool {
    guard let column, let id = words(column) else { return false }
    let hint: String
    if SpreadsheetDamage.isLongNumber(id) {
      hint = SpreadsheetDamage.longNumberHint(in: wording)
    } else if let zeros = try context.matcher.zerosMissing(from: id) {
      hint =
        "Excel drops zeros at the front, and the id with \(zeros) of them is known: "
        + (wording == .columns
          ? "format the column as text and put the ids in again" : wording.mendCode)
    } else {
      return false
    }
    report(
      .excelDamage, column,
      "'\(columns[column].name)': '\(shown(column))' is \(IngestCode.excelDamage.complaint)",
      hint: hint)
    return true
  }
}

extension MatchMethod {
  fileprivate var words: String {
    switch self {
    case .personID: "employee id"
    case .email: "e-mail address"
    case .name: "name within the group"
    case .new: "being enrolled"
    case .membership: "membership of the group"
    }
  }
}
