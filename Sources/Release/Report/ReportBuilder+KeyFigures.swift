import Indicators

/// The first page: what a reader with two minutes should know.
extension ReportBuilder {
  func keyFigures() -> SectionView {
    let term = index.currentTerm
    var cards: [CardView] = []
    let aboutSessions = [
      "attendance_rate", "session_delivery_rate", "dose_hours", "plan_conformity_months",
    ]
    for indicator in index.hasSessions ? aboutSessions : [] {
      if let term { cards += card(indicator, term).map { [$0] } ?? [] }
    }
    cards += isolationCards()
    for indicator in ["hours_allocation_coverage", "hours_compensation_ratio", "meeting_interval"] {
      if let term { cards += card(indicator, term).map { [$0] } ?? [] }
    }
    let lead = words(
      """
      \(words.text(frame.programme.title)) ved \(frame.institution.name): tallene for \
      \(words.term(term?.code ?? frame.period.code)), hvert med grunnlag, intervall og mål der \
      det er satt.
      """,
      """
      \(words.text(frame.programme.title)) at \(frame.institution.name): the figures of \
      \(words.term(term?.code ?? frame.period.code)), each with its base, interval and, where \
      one is set, target.
      """)
    return section(
      "key-figures", words("Hovedtall", "Key figures"),
      [
        BlockView(leads: [lead]),
        BlockView(cardGrids: [CardGridView(cards: cards)]),
        paragraph(
          """
          Intervallene er 95 %-intervaller. De sier hvor mye tallet kunne ha vært et annet om \
          andre tilfeldigheter hadde rådd, ikke hvor godt det er målt. Streken på tvers er målet.
          """,
          """
          Intervals are 95% intervals. They say how different the figure could have been by \
          chance, not how well it was measured. The bar across marks the target.
          """),
      ])
  }

  private func card(_ indicator: String, _ term: ReleaseContent.Period) -> CardView? {
    guard let cell = index.programme(indicator, term) else { return nil }
    var before: (name: String, cell: PublishedCell)?
    if let earlier = index.term(before: term), let cell = index.programme(indicator, earlier) {
      before = (termName(earlier), cell)
    }
    return card(
      cell, title: title(indicator), period: termName(term), before: before,
      target: index.target(indicator, term))
  }

  private func isolationCards() -> [CardView] {
    index.isolationScales.prefix(1).compactMap { scale in
      let waves = index.periods(.wave).compactMap { wave in
        index.programme("isolation_score", wave, item: scale.code).map { (wave, $0) }
      }
      guard let last = waves.last(where: { $0.1.figure?.value != nil }) ?? waves.last else {
        return nil
      }
      let first = waves.first { $0.1.figure?.value != nil }
      let before = first.flatMap {
        $0.0.code == last.0.code
          ? nil : (name: words("Runde", "Wave") + " \($0.0.code)", cell: $0.1)
      }
      return card(
        last.1, title: title("isolation_score"), period: words("Runde", "Wave") + " \(last.0.code)",
        before: before, target: index.target("isolation_score", last.0))
    }
  }

  private func title(_ indicator: String) -> String {
    index.definition(indicator).map { words.text($0.title) } ?? indicator
  }

  private func card(
    _ cell: PublishedCell, title: String, period: String,
    before: (name: String, cell: PublishedCell)?, target: ReleaseContent.Target?
  ) -> CardView {
    let unit = index.unitOfValue(cell.indicator)
    let status = cell.isFinal ? "" : " · " + words.status(isFinal: false)
    guard let figure = cell.figure, let value = figure.value else {
      return CardView(
        cardTitle: title, cardValue: cell.flag?.rawValue ?? "x", isMissing: true,
        cardPeriod: period + status, mark: "",
        cardLines: [words.capitalised(words.flag(cell.flag ?? .notAvailable))])
    }
    let base = words.unitOfCount(cell.unitOfCount, figure.n)
    var lines = [figure.isBaseRounded ? words("minst ", "at least ") + base : base]
    if let lower = figure.lower, let upper = figure.upper {
      lines.insert(
        words("Intervall ", "Interval ") + words.range(lower, upper, unit: unit), at: 0)
    }
    if let target {
      lines.append(
        words("Mål ", "Target ") + words.value(target.value, unit: unit) + ": "
          + Self.reached(cell.indicator, value, target.value, words))
    }
    if let before {
      lines.append("\(before.name): \(valueText(before.cell))")
    }
    return CardView(
      cardTitle: title, cardValue: words.valueWithUnit(value, unit: unit), isMissing: false,
      cardPeriod: period + status, mark: mark(cell, unit, target?.value), cardLines: lines)
  }

  /// Of isolation and of the days between meetings, less is better.
  static func reached(
    _ indicator: String, _ value: Double, _ target: Double, _ words: Words
  ) -> String {
    let isLessBetter = indicator == "isolation_score" || indicator == "meeting_interval"
    let isReached = isLessBetter ? value <= target + 1e-9 : value >= target - 1e-9
    return isReached ? words("nådd", "reached") : words("ikke nådd", "not reached")
  }

  private func mark(_ cell: PublishedCell, _ unit: String, _ target: Double?) -> String {
    guard let figure = cell.figure, let value = figure.value else { return "" }
    let axis: ClosedRange<Double>
    switch (unit, cell.indicator) {
    case ("share", _): axis = 0...1
    case (_, "isolation_score"): axis = 1...7
    case ("ratio", _): axis = 0...max(1.5, value * 1.2, (figure.upper ?? 0) * 1.05)
    default: return ""
    }
    return RangeMark(
      value: value, lower: figure.lower, upper: figure.upper, target: target, axis: axis
    ).markup
  }
}
