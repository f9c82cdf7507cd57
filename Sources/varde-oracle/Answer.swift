extension OracleCase {
  /// The answer, shaped like the case's `expected`.
  func answer() throws(CaseError) -> JSON {
    switch statistic {
    case "proportion_ci": try proportion()
    case "mean_ci": try meanInterval()
    case "quantiles": try quantiles()
    case "gini": try gini()
    case "likert_item_summary": try likertItem()
    case "scale_score": try scaleScores()
    case "prng": try generator()
    case "prng_seed": try generatorSeed()
    case "bootstrap_ci": try bootstrap()
    case "cluster_bootstrap_ratio": try clusterBootstrap()
    case "kaplan_meier": try kaplanMeier()
    case "logrank": try logRank()
    case "cumulative_incidence": try cumulativeIncidence()
    case "discrete_time_hazard": try discreteTimeHazard()
    case "growth_model_random_intercept", "growth_model_random_slope": try growthModel()
    case "variance_components_intercept": try varianceComponents()
    case "interrupted_time_series": try interruptedTimeSeries()
    default: throw .unknownStatistic(statistic)
    }
  }
}
