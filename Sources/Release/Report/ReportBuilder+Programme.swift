import Indicators

/// What the programme is, and what its figures are for.
extension ReportBuilder {
  func purpose() -> SectionView {
    var facts: [FactView] = [
      FactView(
        term: words("Program", "Programme"),
        detail: "\(words.text(frame.programme.title)) (\(frame.programme.code))"),
      FactView(
        term: words("Varighet", "Duration"),
        detail: words.date(frame.programme.startsOn) + " – "
          + (frame.programme.endsOn.map(words.date) ?? words("åpen", "open"))),
    ]
    for kind in frame.groups {
      facts.append(FactView(term: words.groups(kind.kind, kind.count), detail: plan(kind)))
    }
    let faculties = frame.units.filter { unit in
      guard let parent = unit.parent else { return true }
      return !frame.units.contains { $0.code == parent }
    }
    if !faculties.isEmpty {
      facts.append(
        FactView(
          term: words("Enheter", "Units"),
          detail: faculties.map { words.text($0.name) }.joined(separator: ", ")))
    }
    let formative = words(
      """
      Tallene er formative: gruppene og programmet skal lære av dem. De skal ikke brukes til å \
      vurdere, rangere eller belønne personer eller grupper, og ingen gruppe vises for seg.
      """,
      """
      The figures are formative: the groups and the programme are to learn from them. They are \
      not to be used to assess, rank or reward persons or groups, and no group is shown by itself.
      """)
    return section(
      "purpose", words("Programmet og formålet", "The programme and its purpose"),
      [
        frame.programme.formativeOnly ? BlockView(callouts: [formative]) : nil,
        frame.programme.purpose.isEmpty
          ? nil
          : BlockView(paragraphs: [
            words("Formålet slik deltakerne fikk det: ", "The purpose as given to participants: ")
              + frame.programme.purpose
          ]),
        BlockView(factLists: [FactListView(facts: facts)]),
      ])
  }

  private func plan(_ kind: Publication.GroupKind) -> String {
    var parts: [String] = []
    if let text = range(kind.sessionsAMonth) {
      parts.append(words("\(text) møter i måneden", "\(text) sessions a month"))
    }
    if let text = range(kind.minutes) { parts.append(words("\(text) minutter", "\(text) minutes")) }
    if let text = range(kind.size) { parts.append(words("\(text) medlemmer", "\(text) members")) }
    return parts.isEmpty
      ? words("uten fastsatt plan", "without a set plan")
      : words("plan: ", "plan: ") + parts.joined(separator: ", ")
  }

  private func range(_ range: ReleaseContent.Group.Range) -> String? {
    switch (range.least, range.most) {
    case (let least?, let most?): least == most ? String(least) : "\(least)–\(most)"
    case (let least?, nil): words("minst \(least)", "at least \(least)")
    case (nil, let most?): words("inntil \(most)", "up to \(most)")
    case (nil, nil): nil
    }
  }
}
