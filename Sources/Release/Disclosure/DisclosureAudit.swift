import Indicators

/// The attacker's view: takes the publication as printed and tries to compute what is hidden.
/// It does not look at how the suppression came about, only at its result.
enum DisclosureAudit {
  /// What could be computed or should not have been shown, in words without the numbers; empty
  /// when the publication is safe.
  static func findings(_ publication: Publication, against content: ReleaseContent) -> [String] {
    var content = content
    if !content.cells.contains(where: {
      $0.indicator == RegularitySummary.indicator && $0.scopeKind == .programme
    }) {
      content.cells += RegularitySummary.cells(from: content.cells)
    }
    let table = DisclosureTable(content)
    let keys = table.cells.map(DisclosureTable.key)
    guard publication.cells.map(key) == keys else { return ["cells do not match the content"] }
    var findings: [String] = []

    // Hidden means hidden by a flag: what an attacker cannot read off.
    let figures = Disclosure.figureNetwork(table)
    let states = publication.cells.map { $0.flag == .hidden ? State.primary : .open }
    for (index, cell) in publication.cells.enumerated() {
      if (cell.flag == .hidden || figures.nodes[index].isEmpty) && cell.figure != nil {
        findings.append("figure beside its flag: \(keys[index])")
      }
      if cell.flag == .hidden && (cell.distribution != .none || cell.notRelevant != .none) {
        findings.append("answers of a hidden figure: \(keys[index])")
      }
    }
    findings += inspect(figures, states, keys, what: "figure")

    let fineness = publishedFineness(publication, table)
    findings += inspect(
      Disclosure.distributionNetwork(table, states, fineness),
      publication.cells.map { cell in
        switch cell.distribution {
        case .shown: State.open
        case .hidden, .none: cell.figure == nil && cell.flag != .hidden ? .open : .primary
        }
      }, keys, what: "distribution")
    findings += inspect(
      Disclosure.notRelevantNetwork(table, states),
      publication.cells.map { cell in
        switch cell.notRelevant {
        case .shown: State.open
        case .hidden, .none: cell.figure == nil && cell.flag != .hidden ? .open : .primary
        }
      }, keys, what: "count of not relevant")

    let codes = content.flow.left.keys.sorted(by: utf8Precedes)
    let counts =
      [publication.flow.enrolled, publication.flow.active, publication.flow.left]
      + publication.flow.reasons.map(\.count)
    findings += inspect(
      FlowDisclosure.network(content.flow, codes, content.options),
      counts.map { $0 == .hidden ? State.primary : .open },
      ["enrolled", "active", "left"] + codes.map { "left: \($0)" }, what: "count")
    if MembershipBases.isNeeded(publication.flow) {
      for (index, cell) in publication.cells.enumerated() where MembershipBases.tells(cell) {
        findings.append("count of people who left given away by a base: \(keys[index])")
      }
    }
    return findings
  }

  private typealias State = DisclosureNetwork.State

  /// Three questions to every network: is something shown that may not be, does a line give a
  /// hidden sum away, do the lines together determine a hidden number?
  private static func inspect(
    _ network: DisclosureNetwork, _ states: [DisclosureNetwork.State], _ keys: [String],
    what: String
  ) -> [String] {
    var findings: [String] = []
    for (index, node) in network.nodes.enumerated() where states[index] == .open && !node.isEmpty {
      if node.mustHide || !node.rule.allows(node.mass, network.options) {
        findings.append("\(what) shown below its threshold: \(keys[index])")
      }
    }
    for line in network.lines where !network.isSafe(line, states) {
      findings.append("\(what) given away by its sum line: \(keys[line.total])")
    }
    for index in network.determined(states) where !network.nodes[index].isEmpty {
      findings.append("\(what) determined by the published ones: \(keys[index])")
    }
    return findings
  }

  /// As printed; where all is hidden, as it would have been printed.
  private static func publishedFineness(
    _ publication: Publication, _ table: DisclosureTable
  ) -> [String: Fineness] {
    var fineness = Disclosure.fineness(table)
    for cell in publication.cells {
      guard case .shown(let level, _) = cell.distribution else { continue }
      fineness[[cell.indicator, cell.item, cell.period].joined(separator: "|")] = level
    }
    return fineness
  }

  private static func key(_ cell: PublishedCell) -> String {
    [
      cell.indicator, cell.scopeKind.rawValue, cell.scope, cell.periodKind.rawValue, cell.period,
      cell.item,
    ].joined(separator: "|")
  }
}
