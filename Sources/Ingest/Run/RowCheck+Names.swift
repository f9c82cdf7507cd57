internal import Events
internal import FoundationEssentials

/// Names that stand beside an employee id or an address: ids that were sorted and names that were not
/// would give everybody somebody else's records, or name.
extension RowCheck {
  /// Turns the row down because its name is another person's; `known` is the name of whom its
  /// identifier stands for.
  /// - Parameter mayRename: whether the row may say what the person is called from now on.
  mutating func reportNameOfAnother(
    _ known: String, _ who: PersonColumns, mayRename: Bool = false
  ) {
    let hint =
      mayRename
      ? "; if the person is called so now, say so first: varde subject name ID NAME" : ""
    report(
      .nameOfAnother, who.name,
      "'\(identifier(who))' is known as '\(masked(known))', and '\(name(who))' is another person",
      hint: IngestCode.nameOfAnother.hint + hint)
    noteUnmatched(.nameOfAnother, who)
  }

  /// Warns of a name that nobody has, beside the identifier of somebody who has another. Once a
  /// person: whoever is in every row is not told of in every row.
  mutating func expectName(_ who: PersonColumns, of subject: UUID) throws {
    guard let name = words(who.name),
      case .differs(let known) = try context.matcher.nameBook().finding(name, of: subject),
      context.isFirst(name: name, of: subject)
    else { return }
    report(
      .nameDiffers, who.name,
      "'\(identifier(who))' is known as '\(masked(known))', and the row says '\(self.name(who))'")
  }

  /// What an enrolment changes of a person who is known: a warning where that is the name.
  mutating func noteChanges(_ match: PersonMatch, _ who: PersonColumns) throws {
    let subject: UUID? = if case .matched(let subject, _) = match { subject } else { nil }
    guard let id = words(who.id) else { return }
    if let address = words(who.email), context.isFirst(address: address), subject != nil {
      changes.append(
        PersonChange(line: row.line, what: .email, before: nil, after: masked(address)))
    }
    guard let name = words(who.name) else { return }
    let book = try context.matcher.nameBook()
    if let one = book.newcomer(id) ?? subject {
      switch book.finding(name, of: one) {
      case .fits: break
      case .isAnothers(let known): return reportNameOfAnother(known, who, mayRename: true)
      case .differs(let known):
        report(
          .nameDiffers, who.name,
          "'\(identifier(who))' was called '\(masked(known))' before, and '\(self.name(who))' now",
          hint: "nothing to do if the name has changed; else put the ids beside their own names and"
            + " send the file again")
        changes.append(
          PersonChange(
            line: row.line, what: .name, before: masked(known), after: self.name(who)))
      }
    }
    guard !isRejected else { return }
    try context.matcher.note(name, of: subject, id: id)
  }

  /// Warns where a row makes an employee id known beside the name of a member of the group: one person
  /// may have been given two ids.
  mutating func expectNoNamesake(_ who: PersonColumns, in group: String) throws {
    guard let name = words(who.name) else { return }
    let namesakes = try context.matcher.nameBook().bearers(of: name)
    let isThere = namesakes.contains { subject in
      register.enrolments(of: subject).contains { $0.group == group }
    }
    guard isThere else { return }
    report(
      .sameNameInGroup, who.name,
      "'\(self.name(who))' is in group '\(group)' already, under another employee id than"
        + " '\(identifier(who))'")
  }

  private func identifier(_ who: PersonColumns) -> String {
    [who.id, who.email].compactMap { $0 }.first { !cell($0).isEmpty }.map(shown) ?? ""
  }

  private func name(_ who: PersonColumns) -> String { who.name.map(shown) ?? "" }
}
