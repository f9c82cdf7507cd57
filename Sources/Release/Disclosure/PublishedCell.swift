import Indicators

/// A cell as the outside may see it. What is hidden is not in here, so nothing that renders can
/// leak it.
struct PublishedCell: Equatable {
  /// Why there is no figure; letters of official statistics.
  enum Flag: String, CaseIterable {
    /// Hidden for confidentiality.
    case hidden = "c"
    /// Not applicable: nothing was planned, expected or asked.
    case notApplicable = "z"
    /// Not available: too little was recorded to compute it.
    case notAvailable = "x"
  }

  /// Numbers of a published cell.
  struct Figure: Equatable {
    /// `nil` where only counts are given, because they are too few for a share.
    var value: Double?
    var lower: Double?
    var upper: Double?
    var confidence: Double?
    var method: String?
    var numerator: Double?
    var denominator: Double?
    var n: Int
    /// `nil` for figures about sessions: how many members there were is not their business.
    var people: Int?
    /// The base is rounded down; ``MembershipBases`` says why.
    var isBaseRounded = false
    /// The coverage is a lower limit, for the same reason.
    var isCoverageRounded = false
    var groups: Int
    var coverage: Double?
    var caveats: [String]
    var details: [Cell.Detail]
  }

  /// Answers of an item, as fine as they may be shown.
  enum Distribution: Equatable {
    /// Not an item, or nobody answered.
    case none
    case hidden
    /// People per class of answers, lowest first.
    case shown(Fineness, [Int])
  }

  /// A count of people that may be hidden.
  enum Count: Equatable {
    case none
    case hidden
    case shown(Int)
  }

  var indicator: String
  var definitionVersion: Int
  var scopeKind: Cell.ScopeKind
  var scope: String
  var periodKind: Cell.PeriodKind
  var period: String
  var item: String
  /// `ok`, `suppressed`, or the engine's word for why there is no figure.
  var status: String
  var unitOfCount: String
  var dateBasis: String
  /// False until 30 days after the period's end: late records still change it.
  var isFinal: Bool
  /// `nil` when hidden, and when there was nothing to compute.
  var figure: Figure?
  /// Why there is no value; `nil` exactly when there is one.
  var flag: Flag?
  var distribution: Distribution
  /// Lowest and highest answer of an item in this wave; `nil` for what is no item, or has no answers.
  var scale: ClosedRange<Int>?
  /// Answers "not relevant / don't know".
  var notRelevant: Count
}
