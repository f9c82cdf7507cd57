/// One measurement in one group.
public struct GroupedValue: Sendable, Equatable {
  /// The caller's number for the group.
  public let group: Int
  public let value: Double

  public init(group: Int, value: Double) {
    self.group = group
    self.value = value
  }
}

/// How much of what varies lies between groups: y = β₀ + bᵢ + ε by restricted maximum likelihood.
///
/// Status: `ok`; `singular` when the best variance between groups is 0 (then 0 is the answer);
/// `no_data`; `insufficient_n` for one group, or no group with two values; `not_converged` when
/// values do not vary within groups but groups differ; `invalid_codes` for a value that is not
/// finite.
///
/// Source: Bates, Mächler, Bolker & Walker (2015), Journal of Statistical Software 67(1),
/// doi:10.18637/jss.v067.i01.
public struct VarianceComponents: Sendable, Equatable {
  /// The fitted model, in the unit of the values.
  public struct Estimates: Sendable, Equatable {
    /// The average group.
    public var intercept: Double
    public var interceptStandardError: Double
    /// Between groups.
    public var sdIntercept: Double
    /// Within groups.
    public var sdResidual: Double
    /// −2 log of the restricted likelihood; `nil` where nothing varies.
    public var remlCriterion: Double?
    /// Share of the variance that lies between groups; `nil` where nothing varies.
    public var intraclassCorrelation: Double?
  }

  public let status: Status
  public let observations: Int
  public let groups: Int
  /// Measurements without group or value.
  public let missing: Int
  public let estimates: Estimates?

  /// Fits `values`, where `nil` is a measurement that is not complete.
  public init(_ values: [GroupedValue?]) {
    let present = values.compactMap(\.self)
    observations = present.count
    missing = values.count - present.count
    groups = Set(present.map(\.group)).count
    // A growth model without time.
    let data = MixedModelData(
      present.map { GrowthObservation(person: $0.group, time: 0, value: $0.value) })
    guard let data else {
      (status, estimates) = (present.isEmpty ? .noData : .invalidCodes, nil)
      return
    }
    (status, estimates) = Self.fit(data)
  }

  private static func fit(_ data: MixedModelData) -> (Status, Estimates?) {
    guard data.lines.count > 1, data.count > data.lines.count else {
      return (.insufficientN, nil)
    }
    if let line = data.commonLine {
      let estimates = Estimates(
        intercept: data.original(line).first, interceptStandardError: 0, sdIntercept: 0,
        sdResidual: 0, remlCriterion: nil, intraclassCorrelation: nil)
      return (.singular, estimates)
    }
    guard let fit = InterceptFit(data, hasSlope: false) else { return (.notConverged, nil) }
    let error = fit.residual * data.value.scale
    let estimates = Estimates(
      intercept: data.original(fit.profiled.fixed).first,
      interceptStandardError: error * fit.profiled.inverseInformation.first.squareRoot(),
      sdIntercept: fit.relativeDeviation * error, sdResidual: error,
      remlCriterion: data.criterion(fit.profiled, parameters: 1),
      intraclassCorrelation: fit.ratio / (1 + fit.ratio))
    return (fit.relativeDeviation < GrowthModel.singularBelow ? .singular : .ok, estimates)
  }
}

extension VarianceComponents: ResultRecordConvertible {
  /// The intraclass correlation, which has no interval here.
  public var record: ResultRecord {
    ResultRecord(
      status: status, value: estimates?.intraclassCorrelation,
      method: "variance_components_intercept", denominator: Double(observations), n: groups,
      missing: MissingCounts(skipped: missing),
      caveats: status == .singular ? ["singular_fit"] : [])
  }
}
