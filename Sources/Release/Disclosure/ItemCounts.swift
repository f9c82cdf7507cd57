import Indicators

/// Answers of an item cell by class, read from the cell's details (`c1`, `c2`, …).
struct ItemCounts {
  /// People per answer, lowest answer first.
  let classes: [Int]
  /// People who answered "not relevant / don't know".
  let notRelevant: Int?

  /// `nil` for cells that carry no answer counts.
  init?(_ cell: Cell, in content: ReleaseContent) {
    guard cell.periodKind == .wave else { return nil }
    var byCode: [Int: Int] = [:]
    for detail in cell.details where detail.name.hasPrefix("c") {
      guard let code = Int(detail.name.dropFirst()), let value = detail.value else { continue }
      byCode[code] = Int(value.rounded())
    }
    guard !byCode.isEmpty else { return nil }
    // The code is qualified where two instruments share it. Of several versions the newest holds.
    let item = content.items.filter {
      $0.code == cell.item || "\($0.instrument):\($0.code)" == cell.item
    }.max { utf8Precedes($0.version, $1.version) }
    notRelevant = cell.details.first { $0.name == "n_not_relevant" }?.value.map {
      Int($0.rounded())
    }
    let minimum = item?.minimum ?? byCode.keys.min() ?? 1
    let maximum = item?.maximum ?? byCode.keys.max() ?? 1
    guard minimum <= maximum else { return nil }
    classes = (minimum...maximum).map { byCode[$0] ?? 0 }
  }
}
