extension Catalogue {
  static let sessionDelivery = IndicatorDefinition(
    id: "session_delivery_rate", version: 1,
    title: .init(nb: "Planlagte møter som ble holdt", en: "Planned sessions held"),
    question: .init(
      nb: "Blir møtene i planen holdt?", en: "Are the sessions of the plan held?"),
    numerator: .init(
      nb: "De planlagte møtene som er holdt, også når de ble flyttet.",
      en: "Those of the planned sessions that were held, also when they were moved."),
    denominator: .init(
      nb: """
        Møter med planlagt dag i perioden. Avlyste møter og møter som aldri ble holdt, er med. \
        Ekstra møter uten plan nevnes, men telles ikke.
        """,
      en: """
        Sessions planned for a day in the period. Cancelled sessions and sessions never held \
        are included. Extra sessions without a plan are listed, not counted.
        """),
    unit: "share", unitOfCount: "sessions", dateBasis: "planned_on", minimumN: 5,
    interval: IntervalText.wilson,
    scopes: [.group, .institution, .programme], periods: [.month, .term],
    level: "Guskey 3; fidelity: dose", reAim: "implementation",
    references: [Reference.fidelity, Reference.wilson, Reference.binomial])

  static let meetingInterval = IndicatorDefinition(
    id: "meeting_interval", version: 1,
    title: .init(nb: "Dager mellom møter", en: "Days between sessions"),
    question: .init(
      nb: "Møtes gruppa jevnlig?", en: "Does the group meet regularly?"),
    numerator: .init(
      nb: """
        Median av dagene mellom gruppas møter i terminen. Ved siden av: lengste opphold, \
        variasjon (standardavvik delt på gjennomsnitt), opphold over 45 dager og oppholdet som \
        ennå er åpent.
        """,
      en: """
        Median of the days between the group's sessions in the term. Beside it: the longest \
        gap, variation (standard deviation over mean), gaps over 45 days, and the gap still open.
        """),
    denominator: .init(nb: "", en: ""),
    unit: "days", unitOfCount: "sessions", dateBasis: "held_on", minimumN: 2,
    interval: .init(
      nb: "Ikke noe intervall: alle oppholdene er talt.",
      en: "No interval: all gaps are counted."),
    scopes: [.group], periods: [.term],
    level: "Guskey 3; fidelity: adherence", reAim: "implementation",
    references: [Reference.fidelity, Reference.quantiles])

  static let planConformity = IndicatorDefinition(
    id: "plan_conformity_months", version: 1,
    title: .init(nb: "Måneder etter planen", en: "Months that kept the plan"),
    question: .init(
      nb: "Møtes gruppa så ofte i måneden som planen sier?",
      en: "Does the group meet as often a month as its plan says?"),
    numerator: .init(
      nb: """
        Måneder med så mange holdte møter som gruppas plan sier (ett eller to uten egen plan). \
        Måneder uten møte, under og over planen nevnes hver for seg.
        """,
      en: """
        Months with as many sessions held as the group's plan says (one or two without a plan \
        of its own). Months without a session, below and above the plan are listed apart.
        """),
    denominator: .init(
      nb: """
        Hele kalendermåneder i perioden som er over, der gruppa fantes, uten feriemåneder.
        """,
      en: """
        Whole calendar months of the period that are over, in which the group existed, without \
        holiday months.
        """),
    unit: "share", unitOfCount: "months", dateBasis: "held_on", minimumN: 1,
    interval: .init(
      nb: """
        Gruppe: 95 % Wilson-intervall fra fem måneder, ellers bare beskrivelse. Institusjon og \
        program: 95 % bootstrap (BCa, 2000 trekk) der grupper trekkes, fra 10 grupper.
        """,
      en: """
        Group: 95 % Wilson score interval from five months on, otherwise description only. \
        Institution and programme: 95 % bootstrap (BCa, 2,000 draws) that draws groups, from 10 \
        groups on.
        """),
    scopes: [.group, .institution, .programme], periods: [.month, .term],
    level: "Guskey 3; fidelity: adherence", reAim: "implementation",
    references: [Reference.fidelity, Reference.wilson, Reference.bca])

  static let doseHours = IndicatorDefinition(
    id: "dose_hours", version: 1,
    title: .init(nb: "Timer mottatt per person", en: "Hours received per person"),
    question: .init(
      nb: "Får deltakerne nok tid til at arbeidsmåten setter seg?",
      en: "Do participants get enough time for the way of working to take root?"),
    numerator: .init(
      nb: """
        Minutter til stede delt på 60: egne minutter om de er registrert, ellers møtets lengde, \
        ellers 0 med forbehold. Gruppetall gjelder gruppas egne møter; enhet og program tar med \
        timer som gjest i andre grupper.
        """,
      en: """
        Minutes present divided by 60: own minutes where recorded, else the session's length, \
        else 0 with a caveat. Group figures are about the group's own sessions; unit and \
        programme include hours as a guest of other groups.
        """),
    denominator: .init(
      nb: "Alle som var faste medlemmer i perioden, også de som aldri kom.",
      en: "Everyone who was a fixed member in the period, also those who never came."),
    unit: "hours", unitOfCount: "persons", dateBasis: "held_on", minimumN: 5,
    interval: IntervalText.student,
    scopes: [.group, .unit, .institution, .programme], periods: [.month, .term],
    level: "Guskey 3; fidelity: dose", reAim: "implementation",
    references: [Reference.fidelity, Reference.groups, Reference.student])
}
