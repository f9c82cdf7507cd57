extension Catalogue {
  static let attendanceRate = IndicatorDefinition(
    id: "attendance_rate", version: 1,
    title: .init(nb: "Oppmøte blant faste medlemmer", en: "Attendance of fixed members"),
    question: .init(
      nb: "Kommer de faste medlemmene når gruppa møtes?",
      en: "Do the fixed members come when their group meets?"),
    numerator: .init(
      nb: """
        Par av holdt møte og fast medlem den dagen der medlemmet var til stede, kom sent eller \
        var med en del av tiden. Gjester teller aldri.
        """,
      en: """
        Pairs of a held session and a fixed member on that day where the member was present, \
        late or there for a part. Guests never count.
        """),
    denominator: .init(
      nb: """
        De samme parene med kjent status, uten gyldig fravær. Ikke registrert er ikke \
        fraværende og står utenfor.
        """,
      en: """
        The same pairs with a known status, without excused absence. Not recorded is not \
        absent and stays outside.
        """),
    unit: "share", unitOfCount: "persons", dateBasis: "held_on", minimumN: 5,
    interval: IntervalText.persons,
    scopes: [.group, .unit, .institution, .programme], periods: [.month, .term],
    level: "Guskey 3; fidelity: dose", reAim: "implementation",
    references: [Reference.fidelity, Reference.evaluation, Reference.bca])

  static let attendanceCoverage = IndicatorDefinition(
    id: "attendance_recording_coverage", version: 1,
    title: .init(nb: "Registrert oppmøte", en: "Attendance recorded"),
    question: .init(
      nb: "Hvor mye av oppmøtet er registrert, så vi kan stole på oppmøtetallet?",
      en: "How much of the attendance is recorded, so that the attendance rate can be trusted?"),
    numerator: .init(
      nb: "Par av holdt møte og fast medlem den dagen med kjent status.",
      en: "Pairs of a held session and a fixed member on that day with a known status."),
    denominator: .init(
      nb: "Alle par av holdt møte og fast medlem den dagen.",
      en: "All pairs of a held session and a fixed member on that day."),
    unit: "share", unitOfCount: "persons", dateBasis: "held_on", minimumN: 1,
    interval: .init(
      nb: """
        Ikke noe intervall: alle par er talt. Under 0,80 får oppmøtet forbehold, under 0,50 \
        vises det ikke.
        """,
      en: """
        No interval: all pairs are counted. Below 0.80 attendance carries a caveat, below 0.50 \
        it is withheld.
        """),
    scopes: [.group, .unit, .institution, .programme], periods: [.month, .term],
    level: "data quality", reAim: "implementation",
    references: [Reference.fidelity])
}
