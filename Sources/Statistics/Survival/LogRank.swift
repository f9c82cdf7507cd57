internal import CGSL

/// Whether groups differ in how soon something happens to their members: the log-rank test,
/// which weights all times alike (ρ = 0).
///
/// Status: `ok`; `no_data` for nobody; `insufficient_n` when fewer than two groups had anybody
/// at risk at an event; `no_variance_estimate` when nothing happened, or to everyone at once;
/// `invalid_codes` for an impossible time. Without `ok` there is no test.
///
/// Sources: Mantel (1966), Cancer Chemotherapy Reports 50, 163–170; Peto & Peto (1972), Journal
/// of the Royal Statistical Society A 135, 185–207, doi:10.2307/2344317.
public struct LogRank: Sendable, Equatable {
  /// What happened in one group.
  public struct Arm: Sendable, Equatable {
    public let n: Int
    public let observed: Int
    /// Events if all groups had the same risk at each time.
    public let expected: Double
  }

  public let status: Status
  /// In the order of the groups given.
  public let arms: [Arm]
  public let missing: Int
  public let chiSquare: Double?
  /// Groups that had anybody at risk at an event, minus one.
  public let degreesOfFreedom: Int?
  /// P(χ² ≥ `chiSquare`) if the groups do not differ.
  public let pValue: Double?

  /// Compares `groups`, where `nil` is somebody whose time or outcome is not known.
  public init(_ groups: [[FollowUp?]]) {
    var exits: [ExitTable.Exit] = []
    for (group, people) in groups.enumerated() {
      for person in people.lazy.compactMap(\.self) {
        exits.append(
          .init(time: person.time, code: Int32(group) * 2 + (person.isEvent ? 1 : 0)))
      }
    }
    missing = groups.reduce(0) { $0 + $1.count } - exits.count
    guard let table = ExitTable(exits) else {
      (status, arms) = (.invalidCodes, [])
      (chiSquare, degreesOfFreedom, pValue) = (nil, nil, nil)
      return
    }
    let tally = Tally(table, groups: groups.count)
    arms = tally.arms
    switch tally.test {
    case .success(let test):
      status = .ok
      (chiSquare, degreesOfFreedom) = (test.chiSquare, test.degreesOfFreedom)
      GSL.neverAborts()
      pValue = gsl_cdf_chisq_Q(test.chiSquare, Double(test.degreesOfFreedom))
    case .failure(let reason):
      status = exits.isEmpty ? .noData : reason.status
      (chiSquare, degreesOfFreedom, pValue) = (nil, nil, nil)
    }
  }
}

extension LogRank {
  /// Observed and expected events, and how they vary together if the groups do not differ.
  private struct Tally {
    struct NoTest: Error { var status: Status }

    private(set) var arms: [Arm] = []
    private var covariance: Matrix

    init(_ table: ExitTable, groups: Int) {
      covariance = Matrix(rows: max(groups, 1), columns: max(groups, 1))
      var sizes = Array(repeating: 0, count: groups)
      for exit in table.exits { sizes[Int(exit.code) / 2] += 1 }
      var atRisk = sizes
      var observed = Array(repeating: 0, count: groups)
      var expected = Array(repeating: 0.0, count: groups)
      table.forEachMoment { moment in
        var events = 0
        for exit in moment.exits where exit.code % 2 == 1 {
          observed[Int(exit.code) / 2] += 1
          events += 1
        }
        if events > 0 {
          let share = Double(events) / Double(moment.atRisk)
          for group in 0..<groups { expected[group] += share * Double(atRisk[group]) }
          addVariance(atRisk, events: events, of: moment.atRisk)
        }
        for exit in moment.exits { atRisk[Int(exit.code) / 2] -= 1 }
      }
      arms = (0..<groups).map {
        Arm(n: sizes[$0], observed: observed[$0], expected: expected[$0])
      }
    }

    /// Adds the covariance of a hypergeometric draw of `events` from those at risk.
    private mutating func addVariance(_ atRisk: [Int], events: Int, of total: Int) {
      guard total > events else { return }
      let all = Double(total)
      let scale = Double(events) * (all - Double(events)) / (all * (all - 1))
      for row in atRisk.indices where atRisk[row] > 0 {
        let share = scale * Double(atRisk[row])
        covariance[row, row] += share
        for column in 0...row { covariance[row, column] -= share * Double(atRisk[column]) / all }
      }
    }

    /// (O − E)′V⁻¹(O − E), where one group is left out because the differences add up to 0.
    var test: Result<(chiSquare: Double, degreesOfFreedom: Int), NoTest> {
      let compared = arms.indices.filter { arms[$0].expected > 0 }
      guard arms.contains(where: { $0.observed > 0 }) else {
        return .failure(NoTest(status: .noVarianceEstimate))
      }
      guard compared.count > 1 else { return .failure(NoTest(status: .insufficientN)) }
      let kept = Array(compared.dropFirst())
      var reduced = Matrix(rows: kept.count, columns: kept.count)
      for (row, group) in kept.enumerated() {
        for column in 0...row { reduced[row, column] = covariance[group, kept[column]] }
      }
      guard let factor = Cholesky(reduced) else {
        return .failure(NoTest(status: .noVarianceEstimate))
      }
      let differences = kept.map { Double(arms[$0].observed) - arms[$0].expected }
      let solved = factor.solve(differences)
      return .success((zip(differences, solved).reduce(0) { $0 + $1.0 * $1.1 }, kept.count))
    }
  }
}

extension LogRank: ResultRecordConvertible {
  /// The χ², which has no interval.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: chiSquare, method: "logrank",
      n: arms.reduce(0) { $0 + $1.n }, missing: MissingCounts(skipped: missing))
  }
}
