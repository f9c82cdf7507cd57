/// How something changes with time across people who are measured repeatedly: a linear mixed
/// model y = β₀ + β₁t + b₀ᵢ (+ b₁ᵢt) + ε, fitted by restricted maximum likelihood.
///
/// Everyone measured at least once is used, which is right when what is missing depends on what
/// was seen (missing at random). The effects of single persons are for checking the model; they
/// are never shown by name.
///
/// Status: `ok`; `singular` when a variance is 0 or the correlation ±1, which the numbers then
/// say, or when all were measured at one time, and then there are no numbers; `no_data`;
/// `insufficient_n` for one person only, or no more observations than random effects can take up;
/// `not_converged` when the likelihood has no maximum, as when nothing is left beside the
/// persons' own lines; `invalid_codes` for a time or value that is not finite.
///
/// Sources: Laird & Ware (1982), Biometrics 38, 963–974, doi:10.2307/2529876; Bates, Mächler,
/// Bolker & Walker (2015), Journal of Statistical Software 67(1), doi:10.18637/jss.v067.i01.
public struct GrowthModel: Sendable, Equatable {
  /// In what people differ.
  public enum RandomEffects: String, Sendable, CaseIterable {
    /// In level only.
    case intercept = "growth_model_random_intercept"
    /// In level and in slope, with any correlation between the two.
    case interceptAndSlope = "growth_model_random_slope"
  }

  /// What one person differs by from the average line (best linear unbiased prediction).
  public struct Effect: Sendable, Equatable {
    public let person: Int
    public let intercept: Double
    /// `nil` if the slope is the same for all.
    public let slope: Double?
  }

  /// The fitted model. In the units of the values and, where they say how something changes, of
  /// the values by time.
  public struct Estimates: Sendable, Equatable {
    public var intercept: Double
    public var slope: Double
    public var interceptStandardError: Double
    public var slopeStandardError: Double
    /// Of `intercept` and `slope`.
    public var fixedCovariance: Double
    /// Between persons, at time 0.
    public var sdIntercept: Double
    /// Between persons; `nil` if the slope is the same for all.
    public var sdSlope: Double?
    /// Between the persons' levels at time 0 and slopes; `nil` without one of them.
    public var correlation: Double?
    /// Of single measurements around the person's line.
    public var sdResidual: Double
    /// −2 log of the restricted likelihood; `nil` where nothing varies.
    public var remlCriterion: Double?
    /// Share of the variance around the average line that lies between persons; only without
    /// random slopes, with which it depends on time.
    public var intraclassCorrelation: Double?
    /// In the order of the persons' numbers.
    public var effects: [Effect]
  }

  public let status: Status
  public let randomEffects: RandomEffects
  /// Measurements used.
  public let observations: Int
  public let persons: Int
  /// Measurements without person, time or value.
  public let missing: Int
  public let estimates: Estimates?
  public let confidence: Double

  /// Fits `observations`, where `nil` is a measurement that is not complete.
  ///
  /// - Parameter confidence: of the limits of the slope in `record`.
  public init(
    _ observations: [GrowthObservation?], randomEffects: RandomEffects = .intercept,
    confidence: Double = 0.95
  ) {
    requireConfidence(confidence)
    let present = observations.compactMap(\.self)
    self.randomEffects = randomEffects
    self.observations = present.count
    self.confidence = confidence
    missing = observations.count - present.count
    persons = Set(present.map(\.person)).count
    guard let data = MixedModelData(present) else {
      (status, estimates) = (present.isEmpty ? .noData : .invalidCodes, nil)
      return
    }
    (status, estimates) =
      switch randomEffects {
      case .intercept: GrowthModel.fitIntercepts(data)
      case .interceptAndSlope: GrowthModel.fitSlopes(data)
      }
  }
}

extension GrowthModel: ResultRecordConvertible {
  /// The average slope with its Wald limits.
  public var record: ResultRecord {
    let critical = Distribution.normalCritical(confidence)
    let half = estimates.map { critical * $0.slopeStandardError }
    var caveats: [String] = []
    if status == .singular { caveats.append(estimates == nil ? "one_time_only" : "singular_fit") }
    return ResultRecord(
      status: status, value: estimates?.slope,
      lower: estimates.flatMap { model in half.map { model.slope - $0 } },
      upper: estimates.flatMap { model in half.map { model.slope + $0 } },
      confidence: estimates == nil ? nil : confidence, method: randomEffects.rawValue,
      denominator: Double(observations), n: persons, missing: MissingCounts(skipped: missing),
      caveats: caveats)
  }
}
