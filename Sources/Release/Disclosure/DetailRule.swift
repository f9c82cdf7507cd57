import Indicators

/// Which further numbers of a cell may leave. What is not named here stays in, so a new detail of
/// an indicator is not published by accident.
enum DetailRule {
  /// A statistic of persons: needs what the value needs.
  case value
  /// A quartile: enough people in each tail.
  case quartile
  /// A share of the cell's persons: neither few in it nor few outside it.
  case share
  /// A number about sessions or months.
  case process

  static let known: [String: DetailRule] = [
    "median": .value, "sd": .value, "q1": .quartile, "q3": .quartile,
    "share_zero": .share, "fully_covered_share": .share, "median_gap_hours": .value,
    "pomp": .value, "cancelled": .process, "not_yet_due": .process, "unplanned_held": .process,
    "above": .process, "below": .process, "none": .process, "gaps_over_45": .process,
    "groups_with_gap_over_45": .process,
  ]

  static func published(of cell: Cell, people: Int, options: ReleaseOptions) -> [Cell.Detail] {
    // Of a unit, a detail could be the one number that gives another unit's away.
    guard cell.scopeKind == .programme else { return [] }
    return cell.details.filter { detail in
      guard let value = detail.value, let rule = known[detail.name] else { return false }
      return rule.allows(value, people: people, options)
    }.sorted { utf8Precedes($0.name, $1.name) }
  }

  private func allows(_ value: Double, people: Int, _ options: ReleaseOptions) -> Bool {
    switch self {
    case .process: return true
    case .value: return people >= options.valueThreshold
    case .quartile: return people >= 4 * options.countThreshold
    case .share:
      let inside = Int((value * Double(people)).rounded())
      return people >= options.valueThreshold
        && [inside, people - inside].allSatisfy { $0 == 0 || $0 >= options.countThreshold }
    }
  }
}
