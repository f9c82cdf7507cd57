internal import Statistics

/// Change over time: mixed models and interrupted series.
extension OracleCase {
  func growthModel() throws(CaseError) -> JSON {
    guard let effects = GrowthModel.RandomEffects(rawValue: statistic) else {
      throw .unknownStatistic(statistic)
    }
    try requireRestrictedLikelihood()
    let columns = try columns("value", "time", "id")
    let (values, times, ids) = (try numbers(columns[0]), try numbers(columns[1]), columns[2])
    let labels = Labels(ids)
    let observations = ids.indices.map { row in
      if let value = values[row], let time = times[row],
        let person = ids[row].flatMap({ labels[$0] })
      {
        GrowthObservation(person: person, time: time, value: value)
      } else {
        nil as GrowthObservation?
      }
    }
    let model = GrowthModel(observations, randomEffects: effects)
    let estimates = model.estimates
    let first = (estimates?.effects ?? []).prefix(8)
    return [
      "status": JSON(model.status), "n_obs": JSON(model.observations),
      "n_groups": JSON(model.persons), "intercept": JSON(estimates?.intercept),
      "slope": JSON(estimates?.slope), "se_intercept": JSON(estimates?.interceptStandardError),
      "se_slope": JSON(estimates?.slopeStandardError),
      "cov_fixed": JSON(estimates?.fixedCovariance),
      "sd_intercept": JSON(estimates?.sdIntercept), "sd_slope": JSON(estimates?.sdSlope),
      "corr_intercept_slope": JSON(estimates?.correlation),
      "sd_residual": JSON(estimates?.sdResidual),
      "reml_criterion": JSON(estimates?.remlCriterion),
      "icc_adjusted_intercept_only": JSON(estimates?.intraclassCorrelation),
      "blup": [
        "id": .array(first.map { .string(labels.names[$0.person]) }),
        "intercept": JSON(first.map(\.intercept)), "slope": JSON(first.map(\.slope)),
      ],
    ]
  }

  func varianceComponents() throws(CaseError) -> JSON {
    try requireRestrictedLikelihood()
    let columns = try columns("value", "id")
    let (values, ids) = (try numbers(columns[0]), columns[1])
    let labels = Labels(ids)
    let model = VarianceComponents(
      zip(values, ids).map { value, id in
        value.flatMap { value in
          id.flatMap { labels[$0] }.map { GroupedValue(group: $0, value: value) }
        }
      })
    let estimates = model.estimates
    return [
      "status": JSON(model.status), "n_obs": JSON(model.observations),
      "n_groups": JSON(model.groups), "intercept": JSON(estimates?.intercept),
      "se_intercept": JSON(estimates?.interceptStandardError),
      "sd_intercept": JSON(estimates?.sdIntercept), "sd_residual": JSON(estimates?.sdResidual),
      "reml_criterion": JSON(estimates?.remlCriterion),
      "icc": JSON(estimates?.intraclassCorrelation),
    ]
  }

  func interruptedTimeSeries() throws(CaseError) -> JSON {
    guard parameters["kernel"]?.string ?? "bartlett" == "bartlett" else {
      throw .malformed("only the Bartlett kernel")
    }
    let lag = parameters["newey_west_lag"]?.integer
    guard lag ?? 0 >= 0 else { throw .malformed("a negative lag") }
    let series = InterruptedTimeSeries(
      try numbers(try columns("value")[0]),
      firstAfter: try integer(parameters, "break_index_1based"), lag: lag,
      isSmallSample: parameters["small_sample"] == .bool(true))
    let coefficients = [
      series.intercept, series.slopeBefore, series.levelChange, series.slopeChange,
    ]
    func all(_ part: (InterruptedTimeSeries.Coefficient) -> Double?) -> JSON {
      JSON(coefficients.map { $0.flatMap(part) })
    }
    return [
      "status": JSON(series.status), "n": JSON(series.n), "n_missing": JSON(series.missing),
      "newey_west_lag": JSON(series.lag), "intercept": JSON(series.intercept?.value),
      "slope_before": JSON(series.slopeBefore?.value),
      "level_change": JSON(series.levelChange?.value),
      "slope_change": JSON(series.slopeChange?.value), "se_ols": all(\.standardError),
      "se_newey_west": all(\.neweyWestError),
      "residual_sd": JSON(series.residuals?.standardDeviation),
      "r_squared": JSON(series.rSquared), "durbin_watson": JSON(series.residuals?.durbinWatson),
      "lag1_autocorrelation": JSON(series.residuals?.lag1Autocorrelation),
    ]
  }

  private func requireRestrictedLikelihood() throws(CaseError) {
    guard parameters["method"]?.string ?? "REML" == "REML" else {
      throw .malformed("only REML")
    }
  }
}
