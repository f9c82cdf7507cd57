import Indicators

/// Answers of an item cell by class, read from the cell's details (`c1`, `c2`, …).
struct ItemCounts {
  /// Lowest and highest answer of the wave.
  let scale: ClosedRange<Int>
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
    let given = (byCode.keys.min() ?? 1)...(byCode.keys.max() ?? 1)
    let scale = content.items.sorted { utf8Precedes($0.version, $1.version) }
      .asked(as: cell.item, on: given)?.scale
    notRelevant = cell.details.first { $0.name == "n_not_relevant" }?.value.map {
      Int($0.rounded())
    }
    self.scale = scale ?? given
    classes = self.scale.map { byCode[$0] ?? 0 }
  }
}

extension [ReleaseContent.InstrumentItem] {
  /// The item of a cell in the version the wave was asked in: the last one with that scale, else the
  /// last one whose scale has room for it.
  ///
  /// - Parameter name: The item's code, with the instrument's before it where two share it.
  func asked(as name: String, on scale: ClosedRange<Int>?) -> ReleaseContent.InstrumentItem? {
    let versions = filter { $0.code == name || "\($0.instrument):\($0.code)" == name }
    guard let scale else { return versions.last }
    return versions.last { $0.scale == scale }
      ?? versions.last {
        $0.scale.contains(scale.lowerBound) && $0.scale.contains(scale.upperBound)
      }
  }
}

extension ReleaseContent.InstrumentItem {
  /// Lowest and highest answer.
  var scale: ClosedRange<Int> { Swift.min(minimum, maximum)...Swift.max(minimum, maximum) }
}
