internal import Statistics

/// Series over time.
extension OracleCase {
  func controlChart() throws(CaseError) -> JSON {
    let standard = ControlChart.Rules()
    let limit = parameters["constant"]?.number ?? standard.limitFactor
    let range = parameters["mr_constant"]?.number ?? standard.rangeFactor
    let run = try parameters["run_length"].map { _ throws(CaseError) in
      try integer(parameters, "run_length")
    }
    let baseline = parameters["baseline"]?.integer
    let factors = 0.0.nextUp..<1e150
    guard factors.contains(limit), factors.contains(range), run.map({ $0 > 0 }) ?? true,
      baseline.map({ $0 > 0 }) ?? true
    else { throw .malformed("constants, run length and baseline are above 0") }
    let chart = ControlChart(
      try values(), baseline: baseline,
      rules: .init(
        limitFactor: limit, rangeFactor: range, runLength: run ?? standard.runLength))
    return [
      "status": JSON(chart.status), "n": JSON(chart.n), "n_missing": JSON(chart.missing),
      "mean": JSON(chart.mean), "mean_moving_range": JSON(chart.meanMovingRange),
      "lower": JSON(chart.lower), "upper": JSON(chart.upper),
      "mr_upper": JSON(chart.rangeUpper),
      // Places count from 1 in cases.
      "points_outside": JSON(chart.outside.map { $0 + 1 }),
      "run_signal_at": JSON(chart.runSignals.map { $0 + 1 }),
    ]
  }
}
