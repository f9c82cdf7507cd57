import Indicators

/// The programme's meeting interval, from its groups: how regular is a typical group?
///
/// The catalogue knows the interval of a group only, and groups are not published. The median of
/// the groups' medians says as much of the programme without being any group's own number.
enum RegularitySummary {
  static let indicator = "meeting_interval"

  static func cells(from cells: [Cell]) -> [Cell] {
    guard !cells.contains(where: { $0.indicator == indicator && $0.scopeKind == .programme })
    else { return [] }
    let groups = cells.filter {
      $0.indicator == indicator && $0.scopeKind == .group && $0.value != nil
    }
    let byPeriod = Dictionary(grouping: groups) { "\($0.periodKind.rawValue)|\($0.period)" }
    return byPeriod.values.compactMap(summary)
  }

  private static func summary(of groups: [Cell]) -> Cell? {
    guard groups.count >= 3, var cell = groups.first else { return nil }
    let values = groups.compactMap(\.value).sorted()
    let middle = values.count / 2
    cell.scopeKind = .programme
    cell.scope = cell.programme
    cell.status = "ok"
    cell.value =
      values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
    cell.lower = nil
    cell.upper = nil
    cell.confidence = nil
    cell.method = "median_of_groups"
    cell.numerator = nil
    cell.denominator = nil
    cell.n = groups.count
    cell.unitOfCount = "groups"
    cell.nPeople = groups.reduce(0) { $0 + $1.nPeople }
    cell.nGroups = groups.count
    cell.coverage = nil
    cell.caveats = Array(Set(groups.flatMap(\.caveats))).sorted(by: utf8Precedes)
    let gaps = groups.map { group in
      group.details.first { $0.name == "gaps_over_45" }?.value ?? 0
    }
    cell.details = [
      Cell.Detail("gaps_over_45", gaps.reduce(0, +)),
      Cell.Detail("groups_with_gap_over_45", Double(gaps.count { $0 > 0 })),
    ]
    cell.seed = nil
    return cell
  }
}
