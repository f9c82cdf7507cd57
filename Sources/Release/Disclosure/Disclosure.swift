import Events
import Indicators

/// Decides what may leave. Runs before anything is rendered; afterwards the hidden numbers no
/// longer exist in what the renderers see.
enum Disclosure {
  /// The publishable part of the content.
  ///
  /// - Throws: ``ReleaseError`` when the content is inconsistent, or when the self-audit can
  ///   compute a hidden figure from published ones.
  static func publish(_ content: ReleaseContent) throws(ReleaseError) -> Publication {
    var content = content
    content.cells += RegularitySummary.cells(from: content.cells)
    content.periods = content.periods.map(\.inWholeMonths)
    try check(content)
    let table = DisclosureTable(content)
    let figures = figureNetwork(table)
    let states = figures.solve()
    let fineness = fineness(table)
    let distributions = distributionNetwork(table, states, fineness)
    let distributionStates = distributions.solve()
    let notRelevant = notRelevantNetwork(table, states)
    let notRelevantStates = notRelevant.solve()

    var report = Publication.Disclosure(withheldByScope: table.withheld, lines: figures.lines.count)
    let ends = Dictionary(content.periods.map { ($0.code, $0.to) }) { first, _ in first }
    var cells: [PublishedCell] = []
    for (index, cell) in table.cells.enumerated() {
      var published = frame(of: cell, isFinal: isFinal(ends[cell.period], asOf: content.asOf))
      fill(&published, cell, table, states[index])
      if let counts = ItemCounts(cell, in: content), published.figure != nil {
        published.scale = counts.scale
        published.distribution = distribution(
          counts, distributionStates[index], fineness[DisclosureTable.distributionKey(cell)])
        published.notRelevant =
          counts.notRelevant.map { count in
            notRelevantStates[index] == .open ? .shown(count) : .hidden
          } ?? .none
        SurveyPrecision.reduce(&published)
      }
      tally(&report, published, states[index], distributionStates[index])
      cells.append(published)
    }
    let flow = FlowDisclosure(content.flow, content.options)
    let outreach = content.inTimeOrder(content.outreach, by: \.term).map {
      requests($0, content.options)
    }
    report.countsHidden += flow.hidden
    report.countsHidden += outreach.flatMap { [$0.requests, $0.held] }.count { $0 == .hidden }
    if MembershipBases.isNeeded(flow.published) {
      for index in cells.indices { MembershipBases.round(&cells[index]) }
    }
    let publication = Publication(
      frame: Publication.Frame(content), cells: cells, flow: flow.published, outreach: outreach,
      disclosure: report)
    let findings = DisclosureAudit.findings(publication, against: content)
    guard findings.isEmpty else { throw .disclosureAudit(findings) }
    return publication
  }

  // MARK: Networks

  static func figureNetwork(_ table: DisclosureTable) -> DisclosureNetwork {
    DisclosureNetwork(
      nodes: table.cells.map { cell in
        DisclosureNetwork.Node(
          rule: table.rule(cell), mass: table.mass(cell), isEmpty: table.isEmpty(cell))
      },
      lines: table.lines(where: { _ in true }, items: true), options: table.content.options)
  }

  /// How fine the answers of an item in a wave are shown: as fine as the programme's allow, and
  /// the same for its units, because two finenesses side by side give a third away.
  static func fineness(_ table: DisclosureTable) -> [String: Fineness] {
    var fineness: [String: Fineness] = [:]
    for cell in table.cells where cell.scopeKind == .programme {
      guard let counts = ItemCounts(cell, in: table.content) else { continue }
      fineness[DisclosureTable.distributionKey(cell)] = .finest(
        of: counts.classes, options: table.content.options)
    }
    return fineness
  }

  static func distributionNetwork(
    _ table: DisclosureTable, _ states: [DisclosureNetwork.State], _ fineness: [String: Fineness]
  ) -> DisclosureNetwork {
    itemNetwork(table, states, rule: .distribution) { cell, counts in
      let level = fineness[DisclosureTable.distributionKey(cell)] ?? .two
      return Mass(
        people: counts.classes.reduce(0, +), classes: level.classes(counts.classes) ?? [])
    }
  }

  static func notRelevantNetwork(
    _ table: DisclosureTable, _ states: [DisclosureNetwork.State]
  ) -> DisclosureNetwork {
    itemNetwork(table, states, rule: .count) { _, counts in
      Mass(people: counts.notRelevant ?? 0)
    }
  }

  /// A network of what item cells carry besides their figure; where the figure is hidden, so is
  /// that.
  private static func itemNetwork(
    _ table: DisclosureTable, _ states: [DisclosureNetwork.State], rule: DisclosureRule,
    mass: (Cell, ItemCounts) -> Mass
  ) -> DisclosureNetwork {
    let nodes = table.cells.enumerated().map { index, cell in
      guard let counts = ItemCounts(cell, in: table.content), !table.isEmpty(cell) else {
        return DisclosureNetwork.Node(rule: rule, mass: Mass(), isEmpty: true)
      }
      return DisclosureNetwork.Node(
        rule: rule, mass: mass(cell, counts), isEmpty: false, mustHide: states[index] != .open)
    }
    let lines = table.lines(
      where: { ItemCounts($0, in: table.content) != nil }, items: false
    ).map { line in
      // What no unit holds, by the same measure as the nodes.
      var line = line
      if line.rest != nil {
        let sum = line.members.reduce(Mass()) { $0 + nodes[$1].mass }
        line.rest = nodes[line.total].mass - sum
      }
      return line
    }
    return DisclosureNetwork(nodes: nodes, lines: lines, options: table.content.options)
  }

  // MARK: Cells

  private static func frame(of cell: Cell, isFinal: Bool) -> PublishedCell {
    PublishedCell(
      indicator: cell.indicator, definitionVersion: cell.definitionVersion,
      scopeKind: cell.scopeKind, scope: cell.scope, periodKind: cell.periodKind,
      period: cell.period, item: cell.item, status: cell.status, unitOfCount: cell.unitOfCount,
      dateBasis: cell.dateBasis, isFinal: isFinal, figure: nil, flag: nil, distribution: .none,
      notRelevant: .none)
  }

  private static func fill(
    _ published: inout PublishedCell, _ cell: Cell, _ table: DisclosureTable,
    _ state: DisclosureNetwork.State
  ) {
    if table.isEmpty(cell) {
      published.flag = notApplicable.contains(cell.status) ? .notApplicable : .notAvailable
      return
    }
    guard state == .open else {
      published.flag = .hidden
      published.status = "suppressed"
      return
    }
    let people = table.people(cell)
    published.figure = PublishedCell.Figure(
      value: cell.value, lower: cell.lower, upper: cell.upper, confidence: cell.confidence,
      method: cell.method, numerator: cell.numerator, denominator: cell.denominator,
      n: ItemCounts(cell, in: table.content) == nil ? cell.n : people,
      people: table.rule(cell) == .process ? nil : people,
      groups: cell.nGroups, coverage: cell.coverage, caveats: cell.caveats.sorted(by: utf8Precedes),
      details: DetailRule.published(of: cell, people: people, options: table.content.options))
    if cell.value == nil { published.flag = .notAvailable }
  }

  private static let notApplicable: Set<String> = ["no_denominator"]

  private static func distribution(
    _ counts: ItemCounts, _ state: DisclosureNetwork.State, _ fineness: Fineness?
  ) -> PublishedCell.Distribution {
    guard counts.classes.contains(where: { $0 > 0 }) else { return .none }
    guard state == .open, let fineness, let classes = fineness.classes(counts.classes) else {
      return .hidden
    }
    return .shown(fineness, classes)
  }

  private static func requests(
    _ count: ReleaseContent.OutreachCount, _ options: ReleaseOptions
  ) -> Publication.Outreach {
    func shown(_ number: Int) -> PublishedCell.Count {
      DisclosureRule.count.allows(Mass(people: number), options) ? .shown(number) : .hidden
    }
    return Publication.Outreach(
      term: count.term, groupsReporting: count.groupsReporting, requests: shown(count.requests),
      held: count.held.map(shown) ?? .none)
  }

  /// Final from 30 days after the period's end on; without a known end never.
  static func isFinal(_ lastDay: String?, asOf: String) -> Bool {
    guard let lastDay = lastDay.flatMap({ CivilDate($0) }), let asOf = CivilDate(asOf) else {
      return false
    }
    return asOf >= lastDay.adding(days: 31)
  }

  private static func tally(
    _ report: inout Publication.Disclosure, _ cell: PublishedCell,
    _ state: DisclosureNetwork.State, _ distribution: DisclosureNetwork.State
  ) {
    switch (cell.figure, state) {
    case (.some, _): report.published += 1
    case (nil, .primary): report.hiddenPrimary += 1
    case (nil, .complementary): report.hiddenComplementary += 1
    case (nil, .open): break
    }
    switch cell.distribution {
    case .hidden where distribution == .primary: report.distributionsHiddenPrimary += 1
    case .hidden: report.distributionsHiddenComplementary += 1
    case .shown(.three, _), .shown(.two, _): report.distributionsCollapsed += 1
    case .none, .shown: break
    }
    if cell.notRelevant == .hidden { report.countsHidden += 1 }
  }

  // MARK: Consistency

  /// Figures that are not numbers, cells that come twice: reasons to make no release at all.
  private static func check(_ content: ReleaseContent) throws(ReleaseError) {
    var seen: Set<String> = []
    let periods = Set(content.periods.map(\.code))
    for cell in content.cells {
      let key = DisclosureTable.key(cell)
      guard seen.insert(key).inserted else { throw .duplicateCell(key) }
      guard periods.contains(cell.period) else { throw .unknownPeriod(cell.period) }
      let numbers: [Double?] =
        [
          cell.value, cell.lower, cell.upper, cell.confidence, cell.numerator, cell.denominator,
          cell.coverage,
        ] + cell.details.map(\.value)
      guard numbers.allSatisfy({ $0?.isFinite ?? true }) else { throw .notFinite(key) }
    }
    guard content.targets.allSatisfy({ $0.value.isFinite }) else { throw .notFinite("target") }
  }
}

extension DisclosureTable {
  /// Cells whose distributions are shown with the same fineness.
  static func distributionKey(_ cell: Cell) -> String {
    [cell.indicator, cell.item, cell.period].joined(separator: "|")
  }
}
