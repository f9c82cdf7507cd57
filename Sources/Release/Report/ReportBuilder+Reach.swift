import Indicators

/// Who takes part, and how much.
extension ReportBuilder {
  mutating func reach() -> SectionView {
    var blocks: [BlockView?] = [flow()]
    if index.hasSessions {
      blocks += [
        subheading("Møter", "Sessions"), sessions(), subheading("Oppmøte", "Attendance"),
        attendance(), dose(),
      ]
    } else {
      blocks.append(
        paragraph(
          "Programmet har ingen planlagte eller holdte møter i loggen; tall om møter er ikke aktuelle.",
          "The programme has no planned or held sessions in the log; figures about sessions do not apply."
        ))
    }
    return section("reach", words("Rekkevidde og deltakelse", "Reach and participation"), blocks)
  }

  private mutating func flow() -> BlockView {
    let title =
      words("Deltakere inn og ut", "Participants in and out") + ". "
      + place(
        "Faste medlemmer fram til \(words.date(min(frame.period.to, frame.asOf)))",
        "Fixed members until \(words.date(min(frame.period.to, frame.asOf)))")
    let flow = publication.flow
    let words = words
    let rows =
      [
        [words("Innmeldt", "Enrolled"), FlowChart.text(flow.enrolled)],
        [words("Fortsatt med", "Still taking part"), FlowChart.text(flow.active)],
        [words("Sluttet", "Left"), FlowChart.text(flow.left)],
      ]
      + flow.reasons.map {
        [
          words("Sluttet: ", "Left: ") + words.leaveReason($0.code), FlowChart.text($0.count),
        ]
      }
    return figure(
      title,
      note: words(
        "Antall personer. c: 1–\(frame.options.countThreshold - 1) personer, eller et tall som ville ha røpet dem.",
        "Count of people. c: 1–\(frame.options.countThreshold - 1) people, or a number that would give them away."
      ), file: "tables/flow.csv",
      data: table([words("Tilstand", "State"), words("Personer", "People") + "#"], rows)
    ) { id in
      FlowChart(flow: flow, words: words).draw(
        id: id, title: title,
        description: rows.map { "\($0[0]): \($0[1])" }.joined(separator: ". "))
    }
  }

  private func months(_ indicator: String) -> MonthChart? {
    var months = index.periods(.month).map { month in
      MonthChart.Month(period: month, cell: index.programme(indicator, month))
    }
    // Empty months before the first and after the last figure tell nothing.
    func isBare(_ month: MonthChart.Month) -> Bool {
      month.cell?.figure == nil && month.cell?.flag != .hidden
    }
    while let last = months.last, isBare(last) { months.removeLast() }
    while let first = months.first, isBare(first) { months.removeFirst() }
    guard !months.isEmpty else { return nil }
    return MonthChart(months: months, terms: index.periods(.term), words: words)
  }

  private func span(_ chart: MonthChart) -> String {
    guard let first = chart.months.first?.period.from, let last = chart.months.last?.period.to
    else { return "" }
    return "\(words.date(first)) – \(words.date(last))"
  }

  private mutating func sessions() -> BlockView? {
    guard let chart = months("session_delivery_rate") else { return nil }
    let title =
      words("Møter holdt av dem som var planlagt", "Sessions held of those planned")
      + ". " + place("Alle grupper", "All groups") + ", " + span(chart)
    let rows = chart.months.map { month in
      [
        month.period.code, numberText(month.cell?.figure?.denominator, 0, month.cell),
        numberText(month.cell?.figure?.numerator, 0, month.cell), valueText(month.cell),
        caveatText(month.cell),
      ]
    }
    return figure(
      title,
      note: words(
        """
        Måneden er den møtet var planlagt i. Avlyste møter er med i planen. Andelen gis fra fem \
        planlagte møter.
        """,
        """
        The month is the one the session was planned for. Cancelled sessions stay in the plan. \
        The share is given from five planned sessions on.
        """), file: "tables/delivery.csv",
      data: table(
        [
          words("Måned", "Month"), words("Planlagt", "Planned") + "#", words("Holdt", "Held") + "#",
          words("Andel", "Share") + "#", words("Merknad", "Note"),
        ], rows)
    ) { id in
      chart.sessions(
        id: id, title: title,
        description: rows.map { "\($0[0]): \($0[2])/\($0[1])" }.joined(separator: ", "))
    }
  }

  private mutating func attendance() -> BlockView? {
    guard let chart = months("attendance_rate") else { return nil }
    let index = index
    let title =
      words("Oppmøte måned for måned", "Attendance month by month") + ". "
      + place("Faste medlemmer", "Fixed members") + ", " + span(chart)
    let rows = chart.months.map { month in
      [
        month.period.code, valueText(month.cell), intervalText(month.cell),
        baseText(month.cell),
        numberText(month.cell?.figure?.numerator, 0, month.cell),
        numberText(month.cell?.figure?.denominator, 0, month.cell), caveatText(month.cell),
      ]
    }
    return figure(
      title,
      note: words(
        """
        Til stede, sent eller for en del, av registrerte uten gyldig fravær. Ikke registrert regnes ikke som \
        fravær. Intervallet trekker personer, fordi den samme personen kommer igjen fra møte til \
        møte.
        """,
        """
        Present, late or for a part, of those recorded and not excused. Not recorded does not count as \
        absent. The interval resamples persons, because the same person comes again from session \
        to session.
        """), file: "tables/participation.csv",
      data: table(
        [
          words("Måned", "Month"), words("Oppmøte", "Attendance") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Personer", "People") + "#",
          words("Til stede", "Present") + "#", words("Talt", "Counted") + "#",
          words("Merknad", "Note"),
        ], rows)
    ) { id in
      chart.shares(
        id: id, title: title,
        description: rows.map { "\($0[0]): \($0[1])" }.joined(separator: ", ")
      ) { index.target("attendance_rate", $0)?.value }
    }
  }

  private mutating func dose() -> BlockView? {
    let terms = index.periods(.term)
    let rows = terms.flatMap { term in
      scopes("dose_hours", term).map { scope in
        (term, scope.name, scope.cell, scope.isUnit)
      }
    }
    guard rows.contains(where: { $0.2.figure?.value != nil }) else { return nil }
    let title =
      words("Timer mottatt per person", "Hours received per person") + ". "
      + place("Faste medlemmer per termin", "Fixed members by term")
    let highest = rows.compactMap { $0.2.figure.flatMap { $0.upper ?? $0.value } }.max() ?? 1
    let step = highest > 40 ? 10.0 : highest > 16 ? 5 : highest > 8 ? 2 : 1
    let plot = DotPlot(
      groups: terms.map { term in
        DotPlot.Group(
          title: termName(term),
          rows: rows.filter { $0.0.code == term.code }.map {
            DotPlot.Row(label: $0.1, cell: $0.2, isSecondary: $0.3)
          })
      }, unit: "hours", axis: 0...max(step, (highest / step).rounded(.up) * step), step: step,
      axisTitle: words("timer, gjennomsnitt med 95 %-intervall", "hours, mean with 95% interval"),
      words: words)
    let data = rows.map { term, name, cell, _ in
      [
        "\(termName(term)), \(name)", valueText(cell), intervalText(cell),
        detail("median", of: cell).map { words.number($0, 1) } ?? "–",
        detail("q1", of: cell).flatMap { low in
          detail("q3", of: cell).map { words.range(low, $0, unit: "hours") }
        } ?? "–", baseText(cell), caveatText(cell),
      ]
    }
    return figure(
      title,
      note: words(
        "Alle som var medlem en del av terminen er med, også de som aldri kom.",
        "Everyone who was a member during some of the term is included, also those who never came."
      ), file: "tables/participation.csv",
      data: table(
        [
          words("Termin", "Term"), words("Gjennomsnitt", "Mean") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Median", "Median") + "#",
          words("Kvartiler", "Quartiles") + "#", words("Personer", "People") + "#",
          words("Merknad", "Note"),
        ], data)
    ) { id in
      plot.draw(
        id: id, title: title,
        description: data.map { "\($0[0]): \($0[1])" }.joined(separator: ", "))
    }
  }

  /// The programme, then the units that have a row in this period.
  func scopes(
    _ indicator: String, _ period: ReleaseContent.Period, item: String = ""
  ) -> [(name: String, cell: PublishedCell, isUnit: Bool)] {
    var found: [(name: String, cell: PublishedCell, isUnit: Bool)] = []
    if let cell = index.programme(indicator, period, item: item) {
      found.append((words("Programmet", "The programme"), cell, false))
    }
    // Hidden units are in the tables; a row of "c" each would be no figure.
    for unit in frame.units {
      guard let cell = index.unit(unit.code, indicator, period, item: item), cell.figure != nil
      else { continue }
      found.append((words.text(unit.name), cell, true))
    }
    return found
  }
}
