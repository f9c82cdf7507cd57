extension Catalogue {
  static let itemProfile = IndicatorDefinition(
    id: "item_profile", version: 1,
    title: .init(nb: "Svarfordeling per spørsmål", en: "Distribution of answers per question"),
    question: .init(
      nb: "Hva svarer deltakerne på hvert spørsmål i hver runde?",
      en: "What do participants answer to each question in each wave?"),
    numerator: .init(
      nb: """
        Gjennomsnitt av svarene på skalaen. Ved siden av: antall per svar, andel på de to \
        øverste og de to nederste trinnene, median og kvartiler.
        """,
      en: """
        Mean of the answers on the scale. Beside it: the count of each answer, the shares at the \
        two highest and the two lowest steps, median and quartiles.
        """),
    denominator: .init(
      nb: """
        Personer med svar på skalaen. «Ikke relevant» og hoppet over er egne kategorier; andelen \
        på de to øverste trinnene gis også av alle som svarte. En person teller én gang per runde.
        """,
      en: """
        People with an answer on the scale. "Not relevant" and skipped are categories of their \
        own; the share at the two highest steps is also given of all who answered. A person \
        counts once a wave.
        """),
    unit: "scale", unitOfCount: "answers", dateBasis: "wave", minimumN: 5,
    interval: .init(
      nb: "95 % t-intervall for gjennomsnittet, 95 % Wilson-intervall for andelen.",
      en: "95 % t interval of the mean, 95 % Wilson score interval of the share."),
    scopes: [.unit, .institution, .programme], periods: [.wave],
    level: "Guskey 1 and 2", reAim: "effectiveness",
    references: [
      Reference.evaluation, Reference.student, Reference.wilson, Reference.quantiles,
    ])

  static let isolationScore = IndicatorDefinition(
    id: "isolation_score", version: 1,
    title: .init(nb: "Faglig isolasjon i undervisningen", en: "Professional isolation in teaching"),
    question: .init(
      nb: "Hvor alene opplever deltakerne at de er med undervisningen sin?",
      en: "How alone do participants feel with their teaching?"),
    numerator: .init(
      nb: """
        Gjennomsnitt av personskårene på skalaen pit6: snittet av personens gyldige svar etter \
        snuing. Høyere er mer isolert. Ved siden av: prosent av skalaens spenn (POMP), median, \
        kvartiler, andel på laveste og høyeste skåre.
        """,
      en: """
        Mean of the persons' scores on the scale pit6: the mean of a person's valid answers after \
        reversal. Higher is more isolated. Beside it: per cent of the scale's range (POMP), \
        median, quartiles, shares at the lowest and highest score.
        """),
    denominator: .init(
      nb: "Personer med gyldig svar på minst halvparten av spørsmålene i skalaen.",
      en: "People with a valid answer to at least half of the scale's questions."),
    unit: "scale", unitOfCount: "persons", dateBasis: "wave", minimumN: 5,
    interval: IntervalText.student,
    scopes: [.unit, .institution, .programme], periods: [.wave],
    level: "Guskey 2", reAim: "effectiveness",
    references: [
      "Dussault, Deaudelin, Royer & Loiselle (1999) Professional isolation and occupational "
        + "stress in teachers. doi:10.2466/pr0.1999.84.3.943",
      Reference.percentOfMaximum, Reference.student,
    ])
}
