extension Catalogue {
  static let hoursCoverage = IndicatorDefinition(
    id: "hours_allocation_coverage", version: 1,
    title: .init(nb: "Deltakere med avsatt tid", en: "Participants with allocated time"),
    question: .init(
      nb: "Har deltakerne fått tid i arbeidsplanen?",
      en: "Have participants been given time in their work plans?"),
    numerator: .init(
      nb: "Faste medlemmer i terminen med flere enn 0 avsatte timer.",
      en: "Fixed members in the term with more than 0 allocated hours."),
    denominator: .init(
      nb: """
        Faste medlemmer i terminen der avsatte timer er kjent. Ukjent er ikke 0, står utenfor \
        og nevnes.
        """,
      en: """
        Fixed members in the term whose allocated hours are known. Unknown is not 0, stays \
        outside and is listed.
        """),
    unit: "share", unitOfCount: "persons", dateBasis: "term", minimumN: 5,
    interval: IntervalText.wilson,
    scopes: [.unit, .institution, .programme], periods: [.term],
    level: "Guskey 3; organisation support", reAim: "adoption",
    references: [Reference.evaluation, Reference.outcomes, Reference.wilson])

  static let hoursCompensation = IndicatorDefinition(
    id: "hours_compensation_ratio", version: 1,
    title: .init(nb: "Avsatt tid mot brukt tid", en: "Allocated hours against hours spent"),
    question: .init(
      nb: "Dekker den avsatte tiden det programmet tar?",
      en: "Does the allocated time cover what the programme takes?"),
    numerator: .init(
      nb: "Sum av avsatte timer i terminen for dem der begge tall er kjent.",
      en: "Sum of allocated hours in the term over those with both numbers known."),
    denominator: .init(
      nb: """
        Sum av brukte timer for de samme personene. Ved siden av: hvor mange som er fullt \
        dekket, og median av avsatt minus brukt.
        """,
      en: """
        Sum of hours spent over the same people. Beside it: how many are fully covered, and the \
        median of allocated minus spent.
        """),
    unit: "ratio", unitOfCount: "persons", dateBasis: "term", minimumN: 5,
    interval: IntervalText.persons,
    scopes: [.unit, .institution, .programme], periods: [.term],
    level: "Guskey 3; organisation support", reAim: "implementation",
    references: [Reference.evaluation, Reference.outcomes, Reference.bca])
}
