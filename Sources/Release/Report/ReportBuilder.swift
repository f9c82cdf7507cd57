import Indicators

/// Puts the report together, section by section, from what may be shown.
struct ReportBuilder {
  let publication: Publication
  let index: FigureIndex
  let words: Words
  private var annex: [TableView] = []
  private var figureCount = 0

  var frame: Publication.Frame { publication.frame }

  init(_ publication: Publication) {
    self.publication = publication
    index = FigureIndex(publication)
    words = Words(language: publication.frame.options.language)
  }

  mutating func page() -> PageView {
    var page = PageView()
    let programme = words.text(frame.programme.title)
    let period = words.capitalised(words.term(frame.period.code))
    page.language = frame.options.language.rawValue
    page.documentTitle = "\(programme): \(period)"
    page.kicker = frame.institution.name
    page.title = programme
    page.subtitle = words(
      "Evalueringsrapport, \(words.term(frame.period.code))",
      "Evaluation report, \(words.term(frame.period.code))")
    page.coverFacts = coverFacts()
    page.skipText = words("Til innholdet", "Skip to content")
    page.contentsTitle = words("Innhold", "Contents")
    let sections = [
      keyFigures(), purpose(), reach(), isolation(), leadership(), fidelity(), learning(),
      outreach(), methods(), quality(), disclosure(), reproducibility(),
    ].compactMap { $0 }
    page.sections = sections.enumerated().map { position, section in
      var section = section
      section.number = position + 1
      return section
    }
    page.annexTitle = words(
      "Vedlegg: tallene bak figurene", "Annex: the numbers behind the figures")
    page.annexIntroduction = words(
      """
      Samme tall som i figurene, med intervall og grunnlag. c: \(words.flag(.hidden)), \
      z: \(words.flag(.notApplicable)), x: \(words.flag(.notAvailable)). Tallene er avrundet hver \
      for seg; filene under tables/ har flere desimaler.
      """,
      """
      The same numbers as in the figures, with interval and base. c: \(words.flag(.hidden)), \
      z: \(words.flag(.notApplicable)), x: \(words.flag(.notAvailable)). Numbers are rounded one \
      by one; the files under tables/ have more decimals.
      """)
    page.annexTables = annex
    page.footer = words(
      "Laget med Varde \(frame.toolVersion) fra loggposisjon \(frame.cut), slik den var kjent \(words.date(frame.asOf)).",
      "Made with Varde \(frame.toolVersion) from log position \(frame.cut), as known on \(words.date(frame.asOf))."
    )
    return page
  }

  private func coverFacts() -> [FactView] {
    let isFinal = Disclosure.isFinal(frame.period.to, asOf: frame.asOf)
    return [
      FactView(
        term: words("Periode", "Period"),
        detail: "\(words.date(frame.period.from)) – \(words.date(frame.period.to))"),
      FactView(
        term: words("Modell", "Model"),
        detail: frame.programme.models.map { words.capitalised(words.model($0)) }
          .joined(separator: ", ")),
      FactView(
        term: words("Kjent per", "Known as of"),
        detail: "\(words.date(frame.asOf)) (\(words.status(isFinal: isFinal)))"),
      FactView(
        term: words("Loggposisjon", "Log position"), detail: "p\(frame.cut)"),
    ]
  }

  // MARK: What sections are made of

  /// Numbered, with its drawing's data as a table of the annex. The closure gets the drawing's id.
  mutating func figure(
    _ title: String, note: String, file: String, data: TableView?, draw: (String) -> String
  ) -> BlockView {
    figureCount += 1
    var links: [LinkView] = []
    if var data {
      annex.append(data)
      let label = words("Tabell A\(annex.count)", "Table A\(annex.count)")
      data.tableAnchor = "a\(annex.count)"
      data.tableLabel = label
      data.tableTitle = title
      data.isAnnex = true
      annex[annex.count - 1] = data
      links = [LinkView(target: data.tableAnchor, linkText: label)]
    }
    return BlockView(figures: [
      FigureView(
        figureLabel: words("Figur \(figureCount)", "Figure \(figureCount)"), figureTitle: title,
        drawing: draw("fig\(figureCount)"), figureNote: note, dataLinks: links, dataFile: file)
    ])
  }

  func section(_ anchor: String, _ heading: String, _ blocks: [BlockView?]) -> SectionView {
    SectionView(anchor: anchor, number: 0, heading: heading, blocks: blocks.compactMap { $0 })
  }

  func paragraph(_ nb: String, _ en: String) -> BlockView {
    BlockView(paragraphs: [words(nb, en)])
  }

  func subheading(_ nb: String, _ en: String) -> BlockView {
    BlockView(subheadings: [words(nb, en)])
  }

  func bullets(_ items: [String]) -> BlockView {
    BlockView(bullets: [BulletsView(bulletItems: items)])
  }

  /// A table; columns whose title ends in `#` hold numbers.
  func table(
    _ columns: [String], _ rows: [[String]], title: String = "", notes: [String] = []
  ) -> TableView {
    let heads = columns.map { column in
      ColumnView(
        columnTitle: column.hasSuffix("#") ? String(column.dropLast()) : column,
        isNumber: column.hasSuffix("#"))
    }
    return TableView(
      tableAnchor: "", tableLabel: "", tableTitle: title, columns: heads,
      tableRows: rows.map { row in
        RowView(
          rowTitle: row.first ?? "",
          cells: zip(row, heads).dropFirst().map {
            CellView(cellText: $0, isNumeric: $1.isNumber)
          })
      }, tableNotes: notes, isShort: rows.count <= 9)
  }

  /// Where and among whom: the second half of a figure's title.
  func place(_ nb: String, _ en: String) -> String {
    words("\(nb), \(frame.institution.name)", "\(en), \(frame.institution.name)")
  }

  func termName(_ term: ReleaseContent.Period) -> String {
    words.capitalised(words.term(term.code))
  }

  // MARK: Numbers in words

  /// `87 % (81–92)`, or the flag.
  func valueText(_ cell: PublishedCell?) -> String {
    guard let cell else { return "x" }
    guard let figure = cell.figure, let value = figure.value else {
      return cell.flag?.rawValue ?? "x"
    }
    return words.value(value, unit: index.unitOfValue(cell.indicator))
  }

  func intervalText(_ cell: PublishedCell?) -> String {
    guard let cell, let lower = cell.figure?.lower, let upper = cell.figure?.upper else {
      return "–"
    }
    return words.range(lower, upper, unit: index.unitOfValue(cell.indicator))
  }

  func baseText(_ cell: PublishedCell?) -> String {
    cell?.figure.map { ($0.isBaseRounded ? "≥\u{A0}" : "") + String($0.n) }
      ?? (cell?.flag?.rawValue ?? "x")
  }

  func coverageText(_ cell: PublishedCell?) -> String {
    guard let figure = cell?.figure, let coverage = figure.coverage else {
      return cell?.flag?.rawValue ?? "–"
    }
    return (figure.isCoverageRounded ? "≥\u{A0}" : "") + words.percent(coverage)
  }

  func numberText(_ value: Double?, _ decimals: Int, _ cell: PublishedCell?) -> String {
    value.map { words.number($0, decimals) } ?? (cell?.flag?.rawValue ?? "x")
  }

  func detail(_ name: String, of cell: PublishedCell?) -> Double? {
    cell?.figure?.details.first { $0.name == name }?.value
  }

  func caveatText(_ cell: PublishedCell?) -> String {
    guard let cell, let figure = cell.figure else { return "" }
    var caveats = figure.caveats.filter { $0 != "provisional" && $0 != MembershipBases.caveat }.map(
      words.caveat)
    if !cell.isFinal { caveats.insert(words.status(isFinal: false), at: 0) }
    return caveats.joined(separator: "; ")
  }
}
