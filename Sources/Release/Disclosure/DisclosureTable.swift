import Events
import Indicators

/// The cells a release may speak of, with the sum lines among them.
///
/// Published are the programme (by month, term and wave) and its units (by term and wave). Groups
/// are not: a funder's table of teams would be a league table of a handful of persons each. The
/// institution's own figure is left out as well, because in one institution's log it repeats the
/// programme's. Months of units are left out to keep the lines few and the bases large.
struct DisclosureTable {
  let content: ReleaseContent
  let cells: [Cell]
  let withheld: Int
  private let definitions: [String: IndicatorDefinition]

  init(_ content: ReleaseContent) {
    self.content = content
    cells = content.cells.filter(Self.isPublishable).sorted(by: Self.precedes)
    withheld = content.cells.count - cells.count
    definitions = Dictionary(content.definitions.map { ($0.id, $0) }) { first, _ in first }
  }

  static func isPublishable(_ cell: Cell) -> Bool {
    switch cell.scopeKind {
    case .programme: true
    case .unit: cell.periodKind != .month
    case .group, .institution: false
    }
  }

  static func key(_ cell: Cell) -> String {
    [
      cell.indicator, cell.scopeKind.rawValue, cell.scope, cell.periodKind.rawValue, cell.period,
      cell.item,
    ].joined(separator: "|")
  }

  static func precedes(_ left: Cell, _ right: Cell) -> Bool {
    func parts(_ cell: Cell) -> [String] {
      [
        cell.indicator, cell.item, cell.scopeKind == .programme ? "0" : "1", cell.scope,
        cell.periodKind.rawValue, cell.period,
      ]
    }
    return parts(left).lexicographicallyPrecedes(parts(right)) { utf8Precedes($0, $1) }
  }

  // MARK: Rules and masses

  func rule(_ cell: Cell) -> DisclosureRule {
    // Shares over sessions (`held_on`) count pairs of person and session above and below the line;
    // only shares of a term or wave count the persons themselves.
    let isShareOfPeople =
      definitions[cell.indicator]?.unit == "share" && cell.unitOfCount == "persons"
      && (cell.dateBasis == "term" || cell.dateBasis == "wave")
    if cell.periodKind == .wave { return isShareOfPeople ? .shareOfAnswers : .answers }
    if Self.processUnits.contains(cell.unitOfCount) { return .process }
    return isShareOfPeople ? .shareOfPeople : .value
  }

  /// Units of count that are about what groups did, not about what persons are.
  static let processUnits: Set<String> = ["sessions", "months", "groups", "gaps", "cycles"]

  func mass(_ cell: Cell) -> Mass {
    let classes = ItemCounts(cell, in: content)?.classes ?? []
    var mass = Mass(people: people(cell), groups: cell.nGroups, classes: classes)
    let rule = rule(cell)
    if rule == .shareOfPeople || rule == .shareOfAnswers {
      mass.inClass = Int((cell.numerator ?? 0).rounded())
      mass.ofPeople = Int((cell.denominator ?? 0).rounded())
    }
    return mass
  }

  /// People behind a figure; of a survey figure, those whose answer is in it.
  func people(_ cell: Cell) -> Int {
    if let counts = ItemCounts(cell, in: content) { return counts.classes.reduce(0, +) }
    return cell.periodKind == .wave ? min(cell.n, cell.nPeople) : cell.nPeople
  }

  /// No figure was computed, and not because too few people were behind it.
  func isEmpty(_ cell: Cell) -> Bool {
    if cell.value != nil || (cell.denominator ?? 0) > 0 { return false }
    let isTooFew = cell.status == "below_minimum_n" || cell.status == "insufficient_n"
    return !isTooFew || cell.nPeople == 0
  }

  // MARK: Lines

  /// Lines among the cells that `keep` selects, by index into ``cells``.
  func lines(where keep: (Cell) -> Bool, items: Bool) -> [DisclosureLine] {
    var index: [String: Int] = [:]
    for (position, cell) in cells.enumerated() where keep(cell) { index[Self.key(cell)] = position }
    var lines: [DisclosureLine] = []
    for (position, cell) in cells.enumerated() where keep(cell) && !isEmpty(cell) {
      lines += unitLines(position, cell, index)
      lines += monthLines(position, cell, index)
      if items { lines += itemLines(position, cell, index) }
    }
    return lines
  }

  /// Programme over all its units, programme over the top ones, a unit over those below it:
  /// whichever of these adds up.
  private func unitLines(_ total: Int, _ cell: Cell, _ index: [String: Int]) -> [DisclosureLine] {
    let known = Set(content.units.map(\.code))
    func members(_ isMember: (ReleaseContent.Unit) -> Bool) -> [Int] {
      content.units.filter(isMember).map(\.code).sorted(by: utf8Precedes).compactMap { unit in
        var copy = cell
        copy.scopeKind = .unit
        copy.scope = unit
        return index[Self.key(copy)]
      }
    }
    var found: [[Int]] = []
    switch cell.scopeKind {
    case .programme:
      found.append(members { _ in true })
      found.append(members { $0.parent.map { !known.contains($0) } ?? true })
      // A tree with one root: its figure is the programme's, and the next level adds up to both.
      let roots = content.units.filter { $0.parent.map { !known.contains($0) } ?? true }
      if roots.count == 1 { found.append(members { $0.parent == roots[0].code }) }
    case .unit:
      found.append(members { $0.parent == cell.scope })
    case .group, .institution: break
    }
    var lines: [DisclosureLine] = []
    for members in found where !members.isEmpty {
      guard let line = additive(total, members, .disjoint), !lines.contains(line) else { continue }
      lines.append(line)
    }
    return lines
  }

  private func monthLines(_ total: Int, _ cell: Cell, _ index: [String: Int]) -> [DisclosureLine] {
    guard cell.periodKind == .term,
      let term = content.periods.first(where: { $0.kind == .term && $0.code == cell.period })
    else { return [] }
    let months = content.periods.filter {
      $0.kind == .month && $0.from >= term.from && $0.to <= term.to
    }
    let members = months.map(\.code).sorted(by: utf8Precedes).compactMap { month -> Int? in
      var copy = cell
      copy.periodKind = .month
      copy.period = month
      return index[Self.key(copy)]
    }
    guard !members.isEmpty, let line = additive(total, members, .overlapping) else { return [] }
    return [line]
  }

  /// A scale's mean is nearly the mean of its items' means.
  private func itemLines(_ total: Int, _ cell: Cell, _ index: [String: Int]) -> [DisclosureLine] {
    guard let scale = content.scales.first(where: { $0.code == cell.item }) else { return [] }
    var lines: [DisclosureLine] = []
    let others = Set(cells.map(\.indicator)).subtracting([cell.indicator])
    for indicator in others.sorted(by: utf8Precedes) {
      let members = scale.items.compactMap { item -> Int? in
        var copy = cell
        copy.indicator = indicator
        copy.item = item
        return index[Self.key(copy)]
      }
      guard members.count == scale.items.count else { continue }
      lines.append(DisclosureLine(total: total, members: members, parts: .overlapping))
    }
    return lines
  }

  /// The line, with its rest, or `nil` when the members are more than the total can hold: units
  /// of two levels side by side. Somebody who changed unit may be counted twice, hence the slack.
  private func additive(
    _ total: Int, _ members: [Int], _ parts: DisclosureLine.Parts
  ) -> DisclosureLine? {
    let whole = cells[total]
    let filled = members.filter { !isEmpty(cells[$0]) }
    var line = DisclosureLine(total: total, members: members, parts: parts)
    guard parts == .disjoint, let first = filled.first else { return line }
    let sum = filled.dropFirst().reduce(mass(cells[first])) { $0 + mass(cells[$1]) }
    if let denominator = whole.denominator {
      let covered = filled.reduce(0.0) { $0 + (cells[$1].denominator ?? 0) }
      guard covered <= 1.25 * denominator else { return nil }
      if denominator - covered > 1e-6 { line.rest = mass(whole) - sum }
    } else {
      guard Double(sum.people) <= 1.25 * Double(mass(whole).people) else { return nil }
      if mass(whole).people > sum.people { line.rest = mass(whole) - sum }
    }
    return line
  }
}

/// Order of UTF-8 bytes: the same everywhere, whatever the language of the machine.
func utf8Precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
