/// Counts of people who entered, stayed and left, with their two sums: enrolled = active + left,
/// left = the reasons.
struct FlowDisclosure {
  let published: Publication.Flow
  /// Counts hidden.
  let hidden: Int

  init(_ flow: ReleaseContent.Flow, _ options: ReleaseOptions) {
    let codes = flow.left.keys.sorted(by: utf8Precedes)
    let network = Self.network(flow, codes, options)
    let states = network.solve()
    func shown(_ index: Int) -> PublishedCell.Count {
      states[index] == .open ? .shown(network.nodes[index].mass.people) : .hidden
    }
    published = Publication.Flow(
      enrolled: shown(0), active: shown(1), left: shown(2),
      reasons: codes.enumerated().map { ($0.element, shown(3 + $0.offset)) })
    hidden = states.count { $0 != .open }
  }

  /// Nodes: enrolled, active, left, then the reasons.
  static func network(
    _ flow: ReleaseContent.Flow, _ codes: [String], _ options: ReleaseOptions
  ) -> DisclosureNetwork {
    let reasons = codes.map { flow.left[$0] ?? 0 }
    let counts = [flow.enrolled, flow.active, reasons.reduce(0, +)] + reasons
    return DisclosureNetwork(
      nodes: counts.map {
        DisclosureNetwork.Node(rule: .count, mass: Mass(people: $0), isEmpty: $0 == 0)
      },
      lines: [
        DisclosureLine(total: 0, members: [1, 2], parts: .disjoint),
        DisclosureLine(total: 2, members: Array(3..<counts.count), parts: .disjoint),
      ].filter { line in !line.members.isEmpty && counts[line.total] > 0 }, options: options)
  }
}
