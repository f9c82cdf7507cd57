import Indicators

@testable import Release

extension SampleRelease {
  /// Cells that add up as the engine's do: months to terms, faculties to the programme.
  static func cells() -> [Cell] {
    var all: [Cell] = []
    for (number, term) in terms.enumerated() {
      let inside = months.filter { $0.from >= term.from && $0.to <= term.to }
      all += attendance(number, term, inside) + delivery(number, term, inside)
      all += dose(number, term) + hours(number, term)
    }
    for (number, wave) in waves.enumerated() { all += survey(number, wave) }
    return all
  }

  static func cell(
    _ indicator: String, _ scope: String, _ period: ReleaseContent.Period, item: String = "",
    value: Double?, interval: (Double, Double)? = nil, method: String? = nil,
    over: (Double, Double)? = nil, n: Int, people: Int, groups: Int = 4,
    details: [String: Double] = [:], coverage: Double? = nil, status: String = "ok",
    caveats: [String] = []
  ) -> Cell {
    let definition = Catalogue.definition(indicator)
    let kind: Cell.ScopeKind =
      scope == "TST" ? .programme : scope.hasPrefix("TST-") ? .group : .unit
    return Cell(
      programme: "TST", indicator: indicator, definitionVersion: definition?.version ?? 1,
      scopeKind: kind, scope: scope, periodKind: period.kind, period: period.code, item: item,
      status: status, value: value, lower: interval?.0, upper: interval?.1,
      confidence: interval == nil ? nil : 0.95, method: method, numerator: over?.0,
      denominator: over?.1, n: n, unitOfCount: definition?.unitOfCount ?? "persons",
      nPeople: people, nGroups: groups, dateBasis: definition?.dateBasis ?? "", coverage: coverage,
      caveats: caveats, details: details.keys.sorted().map { Cell.Detail($0, details[$0]) })
  }

  // MARK: Attendance and sessions

  /// Sessions held in a month over all four teams; dwindling when the hours are gone.
  private static func sessions(_ month: ReleaseContent.Period) -> (planned: Int, held: Int) {
    let planned = [
      0, 4, 8, 6, 6, 5, 0, 4, 8, 8, 6, 4, 4, 8, 8, 6, 5, 4,
    ]
    let held = [0, 4, 8, 5, 6, 5, 0, 4, 7, 8, 6, 3, 4, 6, 5, 3, 2, 0]
    let index = months.firstIndex(of: month) ?? 0
    return (planned[index], held[index])
  }

  private static func attendance(
    _ number: Int, _ term: ReleaseContent.Period, _ inside: [ReleaseContent.Period]
  ) -> [Cell] {
    let share = [0.88, 0.84, 0.69][number]
    var found: [Cell] = []
    var sums: [String: (present: Double, counted: Double, expected: Double)] = [:]
    for month in inside {
      let held = sessions(month).held
      var whole = (present: 0.0, counted: 0.0, expected: 0.0)
      for (unit, tilt) in [("HUM", 0.02), ("REA", -0.02)] {
        let expected = Double(held * 3)
        let counted = (expected * 0.94).rounded()
        let present = (counted * (share + tilt)).rounded()
        whole = (whole.present + present, whole.counted + counted, whole.expected + expected)
        let before = sums[unit] ?? (0, 0, 0)
        sums[unit] = (
          before.present + present, before.counted + counted, before.expected + expected
        )
      }
      let before = sums["TST"] ?? (0, 0, 0)
      sums["TST"] = (
        before.present + whole.present, before.counted + whole.counted,
        before.expected + whole.expected
      )
      found += rates("TST", month, whole, people: held < 2 ? 0 : min(24, held * 6))
    }
    for (scope, people) in [("TST", 24), ("HUM", 12), ("REA", 12)] {
      if let sum = sums[scope] { found += rates(scope, term, sum, people: people) }
    }
    return found
  }

  private static func rates(
    _ scope: String, _ period: ReleaseContent.Period,
    _ sum: (present: Double, counted: Double, expected: Double), people: Int
  ) -> [Cell] {
    guard sum.counted > 0, people > 0 else {
      return [
        cell(
          "attendance_rate", scope, period, value: nil, over: (0, 0), n: 0, people: 0,
          status: "no_denominator")
      ]
    }
    let value = sum.present / sum.counted
    let half = 1.3 * (value * (1 - value) / sum.counted).squareRoot() + 0.03
    return [
      cell(
        "attendance_rate", scope, period, value: value,
        interval: (max(0, value - half), min(1, value + half)), method: "bca",
        over: (sum.present, sum.counted), n: people, people: people,
        coverage: sum.counted / sum.expected),
      cell(
        "attendance_recording_coverage", scope, period, value: sum.counted / sum.expected,
        over: (sum.counted, sum.expected), n: people, people: people,
        coverage: sum.counted / sum.expected),
    ]
  }

  private static func delivery(
    _ number: Int, _ term: ReleaseContent.Period, _ inside: [ReleaseContent.Period]
  ) -> [Cell] {
    var found: [Cell] = []
    var sum = (planned: 0, held: 0)
    for month in inside {
      let one = sessions(month)
      sum = (sum.planned + one.planned, sum.held + one.held)
      found.append(rate(month, one))
    }
    found.append(rate(term, sum))
    let kept = [19.0, 17, 9][number]
    let conformity = kept / 20
    found.append(
      cell(
        "plan_conformity_months", "TST", term, value: conformity, over: (kept, 20), n: 20,
        people: 24, details: ["above": number == 0 ? 1 : 0, "below": 0, "none": 20 - kept],
        caveats: ["interval_withheld_few_clusters"]))
    for group in 1...4 {
      found.append(
        cell(
          "meeting_interval", "TST-\(group)", term, value: Double(17 + 4 * number + group), n: 8,
          people: 6, groups: 1, details: ["gaps_over_45": number == 2 && group > 2 ? 1 : 0]))
    }
    return found
  }

  private static func rate(
    _ period: ReleaseContent.Period, _ sum: (planned: Int, held: Int)
  ) -> Cell {
    let over = (Double(sum.held), Double(sum.planned))
    guard sum.planned > 0 else {
      return cell(
        "session_delivery_rate", "TST", period, value: nil, over: over, n: 0, people: 24,
        status: "no_denominator")
    }
    guard sum.planned >= 5 else {
      return cell(
        "session_delivery_rate", "TST", period, value: nil, over: over, n: sum.planned, people: 24,
        status: "below_minimum_n")
    }
    let value = over.0 / over.1
    return cell(
      "session_delivery_rate", "TST", period, value: value,
      interval: (max(0, value - 0.14), min(1, value + 0.09)), method: "wilson", over: over,
      n: sum.planned, people: 24, details: ["cancelled": over.1 - over.0])
  }

  private static func dose(_ number: Int, _ term: ReleaseContent.Period) -> [Cell] {
    [("HUM", 12, 0.4), ("REA", 12, -0.4), ("TST", 24, 0.0)].map { scope, people, tilt in
      let mean = [6.1, 5.6, 3.2][number] + tilt
      return cell(
        "dose_hours", scope, term, value: mean, interval: (mean - 0.7, mean + 0.7), method: "t",
        over: (mean * Double(people), Double(people)), n: people, people: people,
        details: [
          "median": mean + 0.2, "q1": mean - 0.9, "q3": mean + 1, "sd": 1.6, "share_zero": 0,
        ]
      )
    }
  }

  private static func hours(_ number: Int, _ term: ReleaseContent.Period) -> [Cell] {
    [("HUM", 12), ("REA", 12), ("TST", 24)].flatMap { scope, people -> [Cell] in
      let allocated = [10.0, 10, 0][number] * Double(people)
      let spent = [11.0, 12, 6][number] * Double(people)
      let given = number == 2 ? 0.0 : Double(people)
      return [
        cell(
          "hours_allocation_coverage", scope, term, value: given / Double(people),
          interval: given == 0 ? (0, 0.14) : (0.86, 1), method: "wilson",
          over: (given, Double(people)), n: people, people: people, coverage: 1),
        cell(
          "hours_compensation_ratio", scope, term, value: allocated / spent,
          interval: number == 2 ? nil : (allocated / spent - 0.08, allocated / spent + 0.1),
          method: number == 2 ? nil : "bca", over: (allocated, spent), n: people, people: people,
          coverage: 1,
          caveats: number == 2 ? ["interval_withheld_no_variation"] : []),
      ]
    }
  }

  // MARK: Survey

  /// Answers 1 to 7 of one faculty, then "not relevant".
  private static func answers(_ item: Int, _ wave: Int) -> [Int] {
    switch (item % 3, wave) {
    case (0, 0): [0, 0, 1, 2, 3, 4, 2, 0]
    case (0, 1): [0, 3, 4, 3, 2, 0, 0, 0]
    case (0, _): [2, 3, 3, 2, 1, 0, 0, 0]
    case (1, 0): [0, 0, 0, 5, 7, 0, 0, 0]
    case (1, 1): [0, 0, 1, 3, 3, 3, 2, 0]
    case (1, _): [0, 0, 0, 0, 0, 6, 5, 1]
    case (_, 0): [3, 3, 3, 2, 1, 0, 0, 0]
    case (_, 1): [0, 3, 3, 3, 0, 3, 0, 0]
    default: [0, 0, 1, 2, 4, 3, 2, 0]
    }
  }

  private static func survey(_ number: Int, _ wave: ReleaseContent.Period) -> [Cell] {
    var found: [Cell] = []
    for (index, item) in items.enumerated() {
      let unit = answers(index, number)
      for (scope, times) in [("HUM", 1), ("REA", 1), ("TST", 2)] {
        found.append(itemCell(item.code, scope, wave, unit.map { $0 * times }))
      }
    }
    let mean = [4.71, 3.62, 3.05][number]
    for (scope, people, tilt) in [("HUM", 12, 0.21), ("REA", 12, -0.21), ("TST", 24, 0.0)] {
      found.append(
        cell(
          "isolation_score", scope, wave, item: "pit6", value: mean + tilt,
          interval: (mean + tilt - 0.5, mean + tilt + 0.5), method: "t",
          over: ((mean + tilt) * Double(people), Double(people)), n: people, people: people,
          details: ["median": mean, "sd": 1.12, "pomp": (mean - 1) / 6 * 100],
          coverage: scope == "TST" ? 1 : nil))
    }
    return found
  }

  static func itemCell(
    _ item: String, _ scope: String, _ wave: ReleaseContent.Period, _ counts: [Int]
  ) -> Cell {
    let valid = counts.prefix(7).reduce(0, +)
    let sum = counts.prefix(7).enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    var details: [String: Double] = ["n_not_relevant": Double(counts[7]), "sd": 1.2, "median": 4]
    for code in 1...7 { details["c\(code)"] = Double(counts[code - 1]) }
    let mean = Double(sum) / Double(max(1, valid))
    return cell(
      "item_profile", scope, wave, item: item, value: mean,
      interval: (max(1, mean - 0.5), min(7, mean + 0.5)), method: "t",
      over: (Double(sum), Double(valid)), n: valid, people: valid, details: details)
  }
}
