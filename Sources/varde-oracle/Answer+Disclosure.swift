internal import Statistics

/// Disclosure control.
extension OracleCase {
  func rowSuppression() throws(CaseError) -> JSON {
    let rule = try suppressionRule("total_published")
    let counts = try counts(input["inline"]?["counts"])
    let row = RowSuppression(
      counts: counts, minimumCell: rule.minimum, protectionWidth: rule.width)
    return [
      "primary": indices(row.primary), "complementary": row.complementary.map(indices) ?? .null,
      "cost": JSON(row.cost.map(Double.init)), "is_cheapest": .bool(row.isCheapest),
      "action": row.complementary == nil ? "suppress_whole_row" : .null,
    ]
  }

  func tableSuppression() throws(CaseError) -> JSON {
    let rule = try suppressionRule("totals_published")
    guard let rows = input["inline"]?["counts"]?.array else { throw .malformed("no counts") }
    var counts: [[Int]] = []
    for row in rows { counts.append(try self.counts(row)) }
    guard Set(counts.map(\.count)).count < 2 else { throw .malformed("rows of unequal length") }
    let table = TableSuppression(
      counts: counts, minimumCell: rule.minimum, protectionWidth: rule.width)
    let intervals = table.intervals.map { interval in
      JSON.Member(
        name: "\(interval.cell.row),\(interval.cell.column)",
        value: indices([interval.values.lowerBound, interval.values.upperBound]))
    }
    func cells(_ cells: [TableSuppression.Cell]) -> JSON {
      .array(cells.map { indices([$0.row, $0.column]) })
    }
    return [
      "primary": cells(table.primary), "complementary": table.complementary.map(cells) ?? .null,
      "cost": JSON(table.cost.map(Double.init)), "intervals": .object(intervals),
      "is_cheapest": .bool(table.isCheapest),
      "action": table.withholdsTable ? "suppress_whole_table" : .null,
    ]
  }

  func releaseDifferencing() throws(CaseError) -> JSON {
    guard let list = (input["inline"]?["cells"])?.array else { throw .malformed("no cells") }
    var cells: [ReleaseDifferencing<PersonKey>.Cell] = []
    for (index, cell) in list.enumerated() {
      guard let members = cell["members"]?.array, !members.contains(.null) else {
        throw .malformed("cell \(index + 1) without members")
      }
      cells.append(
        ReleaseDifferencing.Cell(
          name: cell["cell"]?.string ?? "", members: Set(members.map(PersonKey.init))))
    }
    let audit = ReleaseDifferencing(
      cells: cells, minimumCell: try integer(parameters, "minimum_cell"),
      maximumUnion: parameters["max_union_of_atoms"]?.integer ?? 3)
    return [
      "n_atoms": JSON(audit.atomCount), "rank": JSON(audit.rank),
      "disclosed_subpopulations": .array(
        audit.disclosed.map { group in .array(group.map(\.json)) }),
      "safe": .bool(audit.isSafe),
    ]
  }

  func dominance() throws(CaseError) -> JSON {
    let leaders = parameters["n"]?.integer ?? 1
    guard leaders >= 0 else { throw .malformed("the \(leaders) largest") }
    let dominance = Dominance(
      try values().compactMap(\.self), leaders: leaders,
      sharePercent: parameters["k_percent"]?.number ?? 50,
      estimatePercent: parameters["p_percent"]?.number ?? 10)
    func verdict(_ verdict: Bool?) -> JSON { verdict.map(JSON.bool) ?? .null }
    return [
      "status": JSON(dominance.status), "n": JSON(dominance.n), "total": JSON(dominance.total),
      "top_share_pct": JSON(dominance.leadingPercent),
      "nk_violated": verdict(dominance.violatesShareRule),
      "p_percent_violated": verdict(dominance.violatesEstimateRule),
    ]
  }

  private func suppressionRule(
    _ totals: String
  ) throws(CaseError) -> (minimum: Int, width: Int?) {
    // Without totals, or with zeros hidden, the attacker is another one than ours.
    for flag in [totals, "zeros_published"] where parameters[flag] == .bool(false) {
      throw .malformed("'\(flag)' must be true")
    }
    return (try integer(parameters, "minimum_cell"), parameters["protection_width"]?.integer)
  }

  private func counts(_ json: JSON?) throws(CaseError) -> [Int] {
    guard let array = json?.array else { throw .malformed("no list of counts") }
    var counts: [Int] = []
    for element in array {
      guard let count = element.integer, (0...1 << 40).contains(count) else {
        throw .malformed("'\(element.text)' is no count")
      }
      counts.append(count)
    }
    return counts
  }

  private func indices(_ numbers: [Int]) -> JSON { .array(numbers.map { JSON($0) }) }
}

/// A member as the case writes it. Numbers come before texts, numbers by value, texts by the
/// order of their bytes.
private struct PersonKey: Hashable, Comparable, Sendable {
  private let number: Double?
  private let bytes: [UInt8]

  init(_ json: JSON) {
    number = json.number
    bytes = Array((json.string ?? json.text).utf8)
  }

  var json: JSON { number.map(JSON.number) ?? .string(String(decoding: bytes, as: UTF8.self)) }

  static func < (first: Self, second: Self) -> Bool {
    switch (first.number, second.number) {
    case (let first?, let second?): first < second
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): first.bytes.lexicographicallyPrecedes(second.bytes)
    }
  }
}
