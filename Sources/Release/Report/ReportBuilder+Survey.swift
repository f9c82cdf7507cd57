import Indicators

/// What participants answer: isolation, and what they learn.
extension ReportBuilder {
  mutating func isolation() -> SectionView? {
    let scales = index.isolationScales
    guard !scales.isEmpty else { return nil }
    var blocks: [BlockView?] = [
      paragraph(
        """
        Høyere skåre betyr mer alene. Hver runde er tid siden personen begynte, ikke en dato: \
        \(waveText("nb")). Rundene viser hvordan deltakerne har det underveis. De viser ikke alene \
        at programmet er årsaken.
        """,
        """
        A higher score means more alone. Each wave is time since the person began, not a date: \
        \(waveText("en")). The waves show how participants fare while taking part. By themselves \
        they do not show that the programme is the cause.
        """)
    ]
    for scale in scales {
      blocks.append(scores(scale))
      blocks.append(answers(scale))
    }
    return section(
      "isolation", words("Å være alene med undervisningen", "Being alone with teaching"), blocks)
  }

  mutating func learning() -> SectionView? {
    let isolation = Set(index.isolationScales.flatMap(\.items))
    let others = index.latest(frame.scales).filter {
      !isolation.isSuperset(of: $0.items) && !isLeadership($0)
    }
    var blocks: [BlockView?] = others.flatMap { scale -> [BlockView?] in
      [means(scale.items, words.text(scale.title)), answers(scale)]
    }
    let placed = isolation.union(index.latest(frame.scales).flatMap(\.items))
    let loose = itemCodes().filter { !placed.contains($0) }
    if !loose.isEmpty {
      blocks.append(means(loose, words("Andre spørsmål", "Other questions")))
    }
    guard blocks.contains(where: { $0 != nil }) else { return nil }
    blocks.insert(
      paragraph(
        "Svar på enkeltspørsmål fra 1 (i svært liten grad) til 7 (i svært stor grad), runde for runde.",
        "Answers to single questions from 1 (to a very low degree) to 7 (to a very high degree), wave by wave."
      ), at: 0)
    return section("learning", words("Læring og utbytte", "Learning and gains"), blocks)
  }

  /// Scales about the leader belong with leadership support.
  func isLeadership(_ scale: ReleaseContent.InstrumentScale) -> Bool {
    scale.code.hasPrefix("lead")
  }

  private func waveText(_ language: String) -> String {
    index.periods(.wave).map(\.code).joined(separator: ", ")
  }

  private func itemCodes() -> [String] {
    var codes: [String] = []
    for cell in publication.cells where cell.indicator == "item_profile" {
      if !codes.contains(cell.item) { codes.append(cell.item) }
    }
    return codes
  }

  /// The name of an item in the cells: qualified by its instrument where another one shares it.
  private func cellItem(_ code: String, _ instrument: String) -> String {
    let codes = itemCodes()
    return codes.contains(code) ? code : "\(instrument):\(code)"
  }

  private mutating func scores(_ scale: ReleaseContent.InstrumentScale) -> BlockView? {
    let waves = index.periods(.wave)
    let rows = waves.flatMap { wave in
      scopes("isolation_score", wave, item: scale.code).map { (wave, $0.name, $0.cell, $0.isUnit) }
    }
    guard !rows.isEmpty else { return nil }
    let title =
      "\(words.text(scale.title)) (\(scale.code)). "
      + place("Deltakere som svarte, per runde", "Participants who answered, by wave")
    let plot = DotPlot(
      groups: waves.map { wave in
        DotPlot.Group(
          title: words("Runde", "Wave") + " \(wave.code)",
          rows: rows.filter { $0.0.code == wave.code }.map {
            DotPlot.Row(label: $0.1, cell: $0.2, isSecondary: $0.3)
          })
      }.filter { !$0.rows.isEmpty }, unit: "scale", axis: 1...7, step: 1,
      axisTitle: words(
        "1 = lite alene, 7 = svært alene; gjennomsnitt med 95 %-intervall",
        "1 = little alone, 7 = very much alone; mean with 95% interval"), words: words)
    let data = rows.map { wave, name, cell, _ in
      [
        "\(wave.code), \(name)", valueText(cell), intervalText(cell),
        detail("sd", of: cell).map { words.number($0, 2) } ?? "–",
        detail("median", of: cell).map { words.number($0, 2) } ?? "–", baseText(cell),
        coverageText(cell), caveatText(cell),
      ]
    }
    return figure(
      title,
      note: words(
        "Personskåre: gjennomsnitt av gyldige svar når minst halvparten er gyldige. 8 (ikke relevant) er aldri med i en skåre.",
        "Person score: mean of the valid answers when at least half are valid. 8 (not relevant) never enters a score."
      ), file: "tables/survey_scales.csv",
      data: table(
        [
          words("Runde", "Wave"), words("Gjennomsnitt", "Mean") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Std.avvik", "SD") + "#",
          "Median#", "n#", words("Svarandel", "Response") + "#", words("Merknad", "Note"),
        ], data)
    ) { id in
      plot.draw(
        id: id, title: title,
        description: data.map { "\($0[0]): \($0[1])" }.joined(separator: ", "))
    }
  }

  mutating func means(_ items: [String], _ heading: String) -> BlockView? {
    let waves = index.periods(.wave)
    func cells(_ code: String) -> [(wave: ReleaseContent.Period, cell: PublishedCell)] {
      waves.compactMap { wave in
        index.programme("item_profile", wave, item: code).map { (wave, $0) }
      }
    }
    let found = items.compactMap {
      code -> (String, String, [(wave: ReleaseContent.Period, cell: PublishedCell)])? in
      let item = index.item(code)
      let name = item.map { cellItem($0.code, $0.instrument) } ?? code
      let rows = cells(name)
      return rows.isEmpty ? nil : (name, item.map { words.text($0.text) } ?? code, rows)
    }
    guard !found.isEmpty else { return nil }
    let scales = found.flatMap { name, _, rows in
      rows.compactMap { $0.cell.scale ?? index.item(name)?.scale }
    }
    let (low, high) = (
      scales.map(\.lowerBound).min() ?? 1, scales.map(\.upperBound).max() ?? 7
    )
    let title =
      "\(heading). "
      + place("Deltakere som svarte, per runde", "Participants who answered, by wave")
    let plot = DotPlot(
      groups: found.map { _, text, rows in
        DotPlot.Group(
          title: text, rows: rows.map { DotPlot.Row(label: $0.wave.code, cell: $0.cell) })
      }, unit: "scale", axis: Double(low)...Double(max(high, low + 1)), step: 1,
      axisTitle: words("gjennomsnitt med 95 %-intervall", "mean with 95% interval"),
      labelWidth: 60, words: words)
    let data = found.flatMap { name, _, rows in
      rows.map { row in
        [
          "\(name), \(row.wave.code)", valueText(row.cell), intervalText(row.cell),
          detail("sd", of: row.cell).map { words.number($0, 2) } ?? "–",
          detail("median", of: row.cell).map { words.number($0, 1) } ?? "–", baseText(row.cell),
          caveatText(row.cell),
        ]
      }
    }
    return figure(
      title,
      note: words(
        "8 (ikke relevant) er aldri med i et gjennomsnitt.",
        "8 (not relevant) never enters a mean."), file: "tables/survey_items.csv",
      data: table(
        [
          words("Spørsmål, runde", "Item, wave"), words("Gjennomsnitt", "Mean") + "#",
          words("95 %-intervall", "95% interval") + "#", words("Std.avvik", "SD") + "#",
          "Median#", "n#", words("Merknad", "Note"),
        ], data)
    ) { id in
      plot.draw(
        id: id, title: title,
        description: data.map { "\($0[0]): \($0[1])" }.joined(separator: ", "))
    }
  }

  mutating func answers(_ scale: ReleaseContent.InstrumentScale) -> BlockView? {
    let words = words
    let waves = index.periods(.wave)
    let items = frame.items
    var groups: [AnswerBars.Group] = []
    var data: [[String]] = []
    for code in scale.items {
      let name = cellItem(code, scale.instrument)
      var rows: [AnswerBars.Row] = []
      for wave in waves {
        guard let cell = index.programme("item_profile", wave, item: name) else { continue }
        let classes = AnswerClass.rows(of: cell, items: items)
        rows.append(AnswerBars.Row(label: wave.code, classes: classes, flag: cell.flag))
        data.append([
          "\(name), \(wave.code)",
          classes.filter(\.isValid).map { "\($0.label): \($0.count.map { String($0) } ?? "c")" }
            .joined(separator: " · ").ifEmpty(cell.flag?.rawValue ?? "–"),
          classes.first { !$0.isValid }.map { $0.count.map { String($0) } ?? "c" } ?? "–",
        ])
      }
      guard !rows.isEmpty else { continue }
      let text = index.item(name).map { words.text($0.text) } ?? code
      let sign =
        scale.reversed.contains(code) ? words(" (snus i skåren)", " (reversed in the score)") : ""
      groups.append(AnswerBars.Group(title: text + sign, rows: rows))
    }
    guard !groups.isEmpty else { return nil }
    let title =
      words("Fordeling av svarene: ", "Distribution of answers: ") + words.text(scale.title) + ". "
      + place("Deltakere som svarte, per runde", "Participants who answered, by wave")
    let classes = groups.flatMap(\.rows).flatMap(\.classes)
    let valid = classes.filter(\.isValid)
    let (lowest, highest) = (valid.map(\.from).min() ?? 1, valid.map(\.to).max() ?? 7)
    // Waves asked on different scales may have different codes for it.
    let codes = Set(classes.filter { !$0.isValid }.map(\.from))
    let code = codes.count == 1 ? codes.first.map { "\($0): " } ?? "" : ""
    let bars = AnswerBars(
      groups: groups, scale: lowest...max(lowest, highest),
      notRelevantTitle: codes.isEmpty ? "" : code + words("ikke rel.", "not rel."),
      words: words)
    return figure(
      title,
      note: words(
        """
        Andel av gyldige svar; mørkere er høyere svar, og «ikke relevant» står som antall for seg. \
        Svar er slått sammen til klasser med ingen eller minst \(frame.options.countThreshold) \
        personer; går ikke det, er fordelingen skjult (c).
        """,
        """
        Share of valid answers; darker is a higher answer, and "not relevant" stands apart as a \
        count. Answers are put together into classes of nobody or at least \
        \(frame.options.countThreshold) people; where that cannot be, the distribution is hidden (c).
        """), file: "tables/survey_distribution.csv",
      data: table(
        [
          words("Spørsmål, runde", "Item, wave"), words("Svar: personer", "Answers: people"),
          words("Ikke relevant", "Not relevant") + "#",
        ], data)
    ) { id in
      bars.draw(
        id: id, title: title,
        description: words(
          "Én stripe per spørsmål og runde. Tallene står i tabellen.",
          "One bar per item and wave. The numbers are in the table."))
    }
  }
}

extension String {
  func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
