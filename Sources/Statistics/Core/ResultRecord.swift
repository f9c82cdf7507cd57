/// The headline of a statistic, in the words of the result record that tables and releases print.
///
/// What only the platform knows (scope, period, coverage, `as_of`, suppression) is added by the
/// indicators; here stands what follows from the numbers alone. A number that is not defined is
/// `nil`, and `status` says why.
public struct ResultRecord: Sendable, Equatable {
  public var status: Status
  public var value: Double?
  public var lower: Double?
  public var upper: Double?
  /// Coverage probability of `lower`…`upper`; `nil` where no interval is defined.
  public var confidence: Double?
  /// Name of the method as in the catalogue of indicators, for example `wilson`.
  public var method: String
  public var numerator: Double?
  public var denominator: Double?
  /// Distinct people, pairs or units behind the value.
  public var n: Int
  /// Observations that are not there, by kind.
  public var missing: MissingCounts
  /// What a reader must know before using the value, as stable words.
  public var caveats: [String]

  public init(
    status: Status, value: Double?, lower: Double? = nil, upper: Double? = nil,
    confidence: Double? = nil, method: String, numerator: Double? = nil,
    denominator: Double? = nil, n: Int, missing: MissingCounts = MissingCounts(),
    caveats: [String] = []
  ) {
    self.status = status
    self.value = value
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
    self.method = method
    self.numerator = numerator
    self.denominator = denominator
    self.n = n
    self.missing = missing
    self.caveats = caveats
  }
}

/// The kinds of missing observations, which are never merged.
public struct MissingCounts: Sendable, Equatable {
  /// Asked, no answer. Statistics that only see that a value is missing count it here; who knows
  /// why it is missing moves it.
  public var skipped: Int
  /// Answered "not relevant" or "don't know".
  public var notRelevant: Int
  public var notInvited: Int
  /// Left before they could be asked.
  public var left: Int

  public init(skipped: Int = 0, notRelevant: Int = 0, notInvited: Int = 0, left: Int = 0) {
    self.skipped = skipped
    self.notRelevant = notRelevant
    self.notInvited = notInvited
    self.left = left
  }

  public var total: Int { skipped + notRelevant + notInvited + left }
}

/// A statistic that has one headline number.
public protocol ResultRecordConvertible: Sendable {
  var record: ResultRecord { get }
}
