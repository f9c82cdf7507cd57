/// One indicator value for one scope and period, with everything needed to read it honestly.
///
/// A cell is the result record of the catalogue: the value never travels without its
/// denominator, its n, its status and the date basis. Undefined numbers are `nil` and `status`
/// says why; a 0 is always a measured 0.
public struct Cell: Sendable, Equatable {
  /// Whose figure it is.
  public enum ScopeKind: String, Sendable, CaseIterable, Codable {
    case group, unit, institution, programme
  }

  /// Over which stretch of time.
  public enum PeriodKind: String, Sendable, CaseIterable, Codable {
    case month, term, wave
  }

  public var programme: String
  /// Catalogue id, for example `attendance_rate`.
  public var indicator: String
  public var definitionVersion: Int
  public var scopeKind: ScopeKind
  /// Group code, unit code, institution code or programme code.
  public var scope: String
  public var periodKind: PeriodKind
  /// `2025-03`, `2025V`, or `W0`.
  public var period: String
  /// Item or scale code for survey indicators, a part of the indicator otherwise, or "".
  public var item: String
  /// Words of the result record: `ok`, `no_denominator`, `no_data`, `below_minimum_n`, …
  public var status: String
  public var value: Double?
  public var lower: Double?
  public var upper: Double?
  /// Coverage probability of the interval, 0.95 unless said.
  public var confidence: Double?
  /// How the interval was made: `wilson`, `t`, `bca`, `percentile`.
  public var method: String?
  public var numerator: Double?
  public var denominator: Double?
  /// Count of the unit of count (`persons`, `sessions`, `answers`, `months`).
  public var n: Int
  public var unitOfCount: String
  /// Distinct people behind the figure; what disclosure control looks at.
  public var nPeople: Int
  public var nGroups: Int
  /// What the time axis means: `held_on`, `planned_on`, `term`, `wave`.
  public var dateBasis: String
  /// Share of expected observations that were recorded, 0 to 1, where it applies.
  public var coverage: Double?
  /// Words such as `low_coverage`, `prorated_scores`; sorted.
  public var caveats: [String]
  /// Further numbers of the result (quartiles, counts per answer, share at zero), sorted by name.
  public var details: [Detail]
  /// Seed of the bootstrap, as a decimal string, if one was drawn.
  public var seed: String?

  /// A named number that belongs to a cell.
  public struct Detail: Sendable, Equatable {
    public var name: String
    public var value: Double?
    public init(_ name: String, _ value: Double?) {
      self.name = name
      self.value = value
    }
  }

  public init(
    programme: String, indicator: String, definitionVersion: Int, scopeKind: ScopeKind,
    scope: String, periodKind: PeriodKind, period: String, item: String = "", status: String,
    value: Double? = nil, lower: Double? = nil, upper: Double? = nil, confidence: Double? = nil,
    method: String? = nil, numerator: Double? = nil, denominator: Double? = nil, n: Int = 0,
    unitOfCount: String, nPeople: Int = 0, nGroups: Int = 0, dateBasis: String,
    coverage: Double? = nil, caveats: [String] = [], details: [Detail] = [], seed: String? = nil
  ) {
    self.programme = programme
    self.indicator = indicator
    self.definitionVersion = definitionVersion
    self.scopeKind = scopeKind
    self.scope = scope
    self.periodKind = periodKind
    self.period = period
    self.item = item
    self.status = status
    self.value = value
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
    self.method = method
    self.numerator = numerator
    self.denominator = denominator
    self.n = n
    self.unitOfCount = unitOfCount
    self.nPeople = nPeople
    self.nGroups = nGroups
    self.dateBasis = dateBasis
    self.coverage = coverage
    self.caveats = caveats
    self.details = details
    self.seed = seed
  }
}
