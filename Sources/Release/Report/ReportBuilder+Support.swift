import Indicators

/// What leaders and the organisation gave, how the plan was kept, and who asked from outside.
extension ReportBuilder {
  mutating func leadership() -> SectionView {
    var blocks: [BlockView?] = [hours(), hoursTable(), acts()]
    for scale in index.latest(frame.scales) where isLeadership(scale) {
      blocks.append(means(scale.items, words.text(scale.title)))
    }
    return section(
      "leadership", words("Støtte fra ledelsen", "Leadership support"), blocks)
  }

  private mutating func hours() -> BlockView? {
    let cells = index.periods(.term).compactMap { term in
      index.programme("hours_compensation_ratio", term).map { (term, $0) }
    }
    guard !cells.isEmpty else { return nil }
    let words = words
    let title =
      words("Timer avsatt og brukt", "Hours allocated and spent") + ". "
      + place(
        "Medlemmer med begge tall kjent, per termin", "Members with both numbers known, by term")
    let bars = TermBars(
      terms: cells.map { term, cell in
        let values = cell.figure.flatMap { figure -> [Double]? in
          guard let allocated = figure.numerator, let spent = figure.denominator else { return nil }
          return [allocated, spent]
        }
        let flag = cell.flag ?? .notAvailable
        return TermBars.Term(
          label: termName(term), values: values, note: "\(flag.rawValue) – \(words.flag(flag))")
      }, names: [words("avsatt", "allocated"), words("brukt", "spent")], words: words)
    let rows = cells.map { term, cell in
      [
        termName(term), numberText(cell.figure?.numerator, 0, cell),
        numberText(cell.figure?.denominator, 0, cell), valueText(cell), intervalText(cell),
        baseText(cell), caveatText(cell),
      ]
    }
    return figure(
      title,
      note: words(
        "Summer over de samme personene. Ukjent er ikke null: den som mangler et tall, er ikke med.",
        "Sums over the same people. Unknown is not zero: who lacks a number is left out."),
      file: "tables/hours.csv",
      data: table(
        [
          words("Termin", "Term"), words("Avsatt", "Allocated") + "#",
          words("Brukt", "Spent") + "#",
          words("Avsatt/brukt", "Allocated/spent") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Personer", "People") + "#",
          words("Merknad", "Note"),
        ], rows)
    ) { id in
      bars.pairs(
        id: id, title: title,
        description: rows.map { "\($0[0]): \($0[1]) / \($0[2])" }.joined(separator: ", "),
        unit: words("timer", "hours"))
    }
  }

  private func hoursTable() -> BlockView? {
    let rows = index.periods(.term).compactMap { term -> [String]? in
      guard let cell = index.programme("hours_allocation_coverage", term) else { return nil }
      let target = index.target("hours_allocation_coverage", term)
      return [
        termName(term), valueText(cell), intervalText(cell), baseText(cell),
        coverageText(cell),
        target.map { words.percent($0.value) } ?? "–", caveatText(cell),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return BlockView(tables: [
      table(
        [
          words("Termin", "Term"), words("Med avsatt tid", "With time set aside") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Personer", "People") + "#",
          words("Kjent for", "Known for") + "#", words("Mål", "Target") + "#",
          words("Merknad", "Note"),
        ], rows,
        title: words(
          "Medlemmer som har fått tid i arbeidsplanen", "Members given time in their work plan"))
    ])
  }

  private func acts() -> BlockView? {
    guard !frame.acts.isEmpty else { return nil }
    let terms = index.periods(.term)
    let kinds = frame.acts.reduce(into: [String]()) { kinds, act in
      if !kinds.contains(act.kind) { kinds.append(act.kind) }
    }.sorted { words.act($0) < words.act($1) }
    func count(_ kind: String?, _ term: ReleaseContent.Period) -> Int {
      frame.acts.filter { $0.term == term.code && (kind == nil || $0.kind == kind) }
        .reduce(0) { $0 + $1.count }
    }
    var rows = kinds.map { kind in
      [words.act(kind)] + terms.map { String(count(kind, $0)) }
    }
    rows.append([words("Alle", "All")] + terms.map { String(count(nil, $0)) })
    return BlockView(tables: [
      table(
        [words("Tiltak", "Act")] + terms.map { termName($0) + "#" }, rows,
        title: words(
          "Ledelsens tiltak per termin, antall registrert",
          "Acts of leadership by term, as recorded"))
    ])
  }

  // MARK: Plan

  mutating func fidelity() -> SectionView? {
    guard index.hasSessions else { return nil }
    return section(
      "fidelity", words("Fulgt plan", "Fidelity to the plan"), [conformity(), regularity()])
  }

  private mutating func conformity() -> BlockView? {
    let cells = index.periods(.term).compactMap { term in
      index.programme("plan_conformity_months", term).map { (term, $0) }
    }
    guard !cells.isEmpty else { return nil }
    let words = words
    let title =
      words("Måneder etter planen", "Months that kept the plan") + ". "
      + place("Alle gruppers måneder, per termin", "All groups' months, by term")
    func parts(_ cell: PublishedCell) -> [Double]? {
      guard let kept = cell.figure?.numerator else { return nil }
      return [
        kept, detail("above", of: cell) ?? 0, detail("below", of: cell) ?? 0,
        detail("none", of: cell) ?? 0,
      ]
    }
    let bars = TermBars(
      terms: cells.map { term, cell in
        let flag = cell.flag ?? .notAvailable
        return TermBars.Term(
          label: termName(term), values: parts(cell),
          note: "\(flag.rawValue) – \(words.flag(flag))")
      },
      names: [
        words("etter planen", "as planned"), words("over", "above"), words("under", "below"),
        words("uten møte", "no session"),
      ], words: words)
    let rows = cells.map { term, cell in
      let target = index.target("plan_conformity_months", term)
      return [termName(term), valueText(cell), intervalText(cell)]
        + (parts(cell)?.map { words.number($0, 0) }
          ?? Array(repeating: cell.flag?.rawValue ?? "x", count: 4))
        + [target.map { words.percent($0.value) } ?? "–", caveatText(cell)]
    }
    return figure(
      title,
      note: words(
        "Én enhet er en gruppe i en hel kalendermåned som er over; feriemåneder er holdt utenfor.",
        "One unit is a group in a whole calendar month that is over; holiday months are left out."),
      file: "tables/delivery.csv",
      data: table(
        [
          words("Termin", "Term"), words("Etter planen", "As planned") + "#",
          words("95 %-intervall", "95% interval") + "#",
          words("Etter planen", "As planned") + " (n)#",
          words("Over", "Above") + "#", words("Under", "Below") + "#",
          words("Uten møte", "No session") + "#", words("Mål", "Target") + "#",
          words("Merknad", "Note"),
        ], rows)
    ) { id in
      bars.parts(
        id: id, title: title,
        description: rows.map { "\($0[0]): \($0[1])" }.joined(separator: ", "))
    }
  }

  private func regularity() -> BlockView? {
    let rows = index.periods(.term).compactMap { term -> [String]? in
      guard let cell = index.programme("meeting_interval", term) else { return nil }
      return [
        termName(term), valueText(cell), baseText(cell),
        detail("groups_with_gap_over_45", of: cell).map { words.number($0, 0) } ?? "–",
        caveatText(cell),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return BlockView(tables: [
      table(
        [
          words("Termin", "Term"), words("Dager mellom møter", "Days between sessions") + "#",
          words("Grupper", "Groups") + "#",
          words("Grupper med opphold over 45 dager", "Groups with a gap over 45 days") + "#",
          words("Merknad", "Note"),
        ], rows,
        title: words(
          "Hvor jevnt gruppene møtes: median av gruppenes medianer",
          "How regularly groups meet: median of the groups' medians"))
    ])
  }

  // MARK: Outside

  func outreach() -> SectionView? {
    guard !publication.outreach.isEmpty else { return nil }
    func text(_ count: PublishedCell.Count) -> String {
      count == .none ? "x" : FlowChart.text(count)
    }
    let rows = publication.outreach.map { row in
      [
        words.capitalised(words.term(row.term)), String(row.groupsReporting), text(row.requests),
        text(row.held),
      ]
    }
    let isZero = publication.outreach.allSatisfy { $0.requests == .shown(0) }
    return section(
      "outreach", words("Kolleger utenfor gruppene", "Colleagues outside the groups"),
      [
        isZero
          ? BlockView(callouts: [
            words(
              """
              Ingen utenfor gruppene har bedt om hjelp. Det er undersøkt og registrert som 0 i \
              alle terminer; det er ikke et tall som mangler.
              """,
              """
              Nobody outside the groups has asked for help. This was looked into and recorded as \
              0 in every term; it is not a missing number.
              """)
          ])
          : paragraph(
            "Henvendelser fra kolleger som ikke er medlemmer. 0 er registrert, ikke manglende.",
            "Requests from colleagues who are not members. 0 was recorded; it is not missing."),
        BlockView(tables: [
          table(
            [
              words("Termin", "Term"), words("Grupper som har meldt", "Groups reporting") + "#",
              words("Henvendelser", "Requests") + "#", words("Møter holdt", "Sessions held") + "#",
            ], rows,
            title: words(
              "Henvendelser utenfra per termin", "Requests from outside by term"))
        ]),
      ])
  }
}
