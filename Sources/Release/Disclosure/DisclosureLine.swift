internal import Statistics

/// Figures of which one is the sum of the others: units of a programme, months of a term, items
/// of a scale. Published figures of a line give away the hidden rest of it.
struct DisclosureLine: Equatable {
  /// How the people of several members count together.
  enum Parts: Equatable {
    case disjoint, overlapping
  }

  var total: Int
  var members: [Int]
  var parts: Parts
  /// What belongs to the total and to no member (people outside the units listed). Nothing of it
  /// is published, but the line gives it away.
  var rest: Mass?
}

/// The figures of one kind with their sum lines: who is hidden, and who must follow.
struct DisclosureNetwork {
  struct Node: Equatable {
    var rule: DisclosureRule
    var mass: Mass
    /// No figure at all (nobody asked, nothing planned). It is no secret and gives no cover.
    var isEmpty: Bool
    /// Hidden already for another reason.
    var mustHide = false
  }

  enum State: Equatable {
    case open, primary, complementary
  }

  let nodes: [Node]
  let lines: [DisclosureLine]
  let options: ReleaseOptions

  /// Hides what may not be shown and whatever else would give it away.
  func solve() -> [State] {
    var states = nodes.map { node -> State in
      if node.isEmpty { return State.open }
      if node.mustHide || !node.rule.allows(node.mass, options) { return .primary }
      return .open
    }
    repeat {
      while coverLines(&states) {}
    } while coverDetermined(&states)
    return states
  }

  /// Mends every line once; true if something more was hidden.
  private func coverLines(_ states: inout [State]) -> Bool {
    var changed = false
    for line in lines where !isSafe(line, states) {
      let open = line.members.filter { states[$0] == .open && !nodes[$0].isEmpty }
      let extra = CheapestCover.find(costs: open.map { max(1, nodes[$0].mass.people) }) { chosen in
        var tried = states
        for place in chosen { tried[open[place]] = .complementary }
        return isSafe(line, tried)
      }?.elements.map { open[$0] }
      for cell in extra ?? [line.total] where states[cell] == .open {
        states[cell] = .complementary
        changed = true
      }
    }
    return changed
  }

  /// A line is safe when nothing of it is hidden, or what its published figures give away is the
  /// sum of at least two hidden ones and that sum may be known.
  func isSafe(_ line: DisclosureLine, _ states: [State]) -> Bool {
    let hidden = line.members.filter { states[$0] != .open }
    let totalIsHidden = states[line.total] != .open
    if totalIsHidden {
      // With every member in sight the hidden total is their sum.
      return !hidden.isEmpty || line.rest != nil || line.members.allSatisfy { nodes[$0].isEmpty }
    }
    let rule = nodes[line.total].rule
    let restNeedsCover = line.rest.map { !rule.allows($0, options) } ?? false
    guard !hidden.isEmpty || restNeedsCover else { return true }
    let masses = hidden.map { nodes[$0].mass } + (line.rest.map { [$0] } ?? [])
    guard masses.count >= 2, let first = masses.first else { return false }
    let union = masses.dropFirst().reduce(first) { sum, mass in
      line.parts == .disjoint ? sum + mass : sum.overlapping(mass)
    }
    return rule.allows(union, options)
  }

  /// Lines that are safe one by one may still determine a figure together; then the first total
  /// (or member) still open in one of its lines goes too.
  private func coverDetermined(_ states: inout [State]) -> Bool {
    for node in determined(states) {
      for line in lines where line.total == node || line.members.contains(node) {
        let open = ([line.total] + line.members).first { states[$0] == .open && !nodes[$0].isEmpty }
        guard let open else { continue }
        states[open] = .complementary
        return true
      }
    }
    return false
  }

  /// Hidden figures that the published ones determine exactly, by elimination over all lines.
  func determined(_ states: [State]) -> [Int] {
    let hidden = states.indices.filter { states[$0] != .open }
    guard !hidden.isEmpty else { return [] }
    var column: [Int: Int] = [:]
    for (index, node) in hidden.enumerated() { column[node] = index }
    let rests = lines.count { $0.rest != nil }
    var rows: [[Int]] = []
    var nextRest = hidden.count
    for line in lines {
      var row = [Int](repeating: 0, count: hidden.count + rests)
      if let index = column[line.total] { row[index] -= 1 }
      for member in line.members {
        if let index = column[member] { row[index] += 1 }
      }
      if line.rest != nil {
        row[nextRest] = 1
        nextRest += 1
      }
      if row.contains(where: { $0 != 0 }) { rows.append(row) }
    }
    let found = Elimination.determinedColumns(rows)
    return found.filter { $0 < hidden.count }.map { hidden[$0] }
  }
}
