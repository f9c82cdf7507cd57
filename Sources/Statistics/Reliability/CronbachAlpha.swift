/// How far the items of a scale measure one thing: the share of the sum score's variance that
/// the items have in common, with Feldt's interval and what each item contributes.
///
/// Whole rows only (listwise); nothing is reversed here, a negative `itemRestCorrelations` says
/// that somebody forgot to (caveat `check_reversal`).
///
/// Status: `ok`; `not_converged` when only the limits cannot be found (many millions of people);
/// `no_denominator` when the sum score has no variance; `insufficient_n` for one complete
/// person; `no_data` for none; `too_few_items` below two; `invalid_codes` when an answer is not
/// a usable number.
///
/// Source: Cronbach (1951), doi:10.1007/BF02310555; Feldt, Woodruff & Salih (1987),
/// doi:10.1177/014662168701100107.
public struct CronbachAlpha: ResultRecordConvertible, Equatable {
  public let status: Status
  /// People who answered every item.
  public let n: Int
  /// People left out because an answer is missing.
  public let incomplete: Int
  public let itemCount: Int
  /// At most 1, and negative where items work against each other.
  public let alpha: Double?
  /// Alpha of the items brought to one variance; `nil` when an item does not vary.
  public let standardized: Double?
  /// Feldt's limits.
  public let lower: Double?
  public let upper: Double?
  public let confidence: Double
  /// Mean correlation of two different items.
  public let meanInterItemCorrelation: Double?
  /// Standard error of measurement of the sum score, in its units.
  public let standardErrorOfSum: Double?
  /// For each item its correlation with the sum of the others.
  public let itemRestCorrelations: [Double?]
  /// For each item the alpha of the others; `nil` for a scale of two.
  public let alphaIfDeleted: [Double?]

  /// `items` holds one column per item and one entry per person, `nil` for missing.
  public init(items: [[Double?]], confidence: Double = 0.95) {
    requireConfidence(confidence)
    let cases = CompleteCases(items, minimumItems: 2)
    self.confidence = confidence
    n = cases.count
    incomplete = cases.incomplete
    itemCount = items.count
    let table = cases.problem == nil ? ItemVariances(cases.covariances()) : nil
    let none = [Double?](repeating: nil, count: items.count)
    guard let table else {
      status = cases.problem ?? .noData
      (alpha, standardized, lower, upper) = (nil, nil, nil, nil)
      (meanInterItemCorrelation, standardErrorOfSum) = (nil, nil)
      (itemRestCorrelations, alphaIfDeleted) = (none, none)
      return
    }
    let alpha = table.alpha()
    let correlation = table.meanCorrelation
    self.alpha = alpha
    meanInterItemCorrelation = correlation
    standardized = correlation.flatMap { steppedUp($0, items: items.count) }
    standardErrorOfSum = alpha.map { (table.total * max(0, 1 - $0)).squareRoot() }
    itemRestCorrelations = items.indices.map(table.restCorrelation)
    alphaIfDeleted = items.count > 2 ? items.indices.map { table.alpha(without: $0) } : none

    let people = Double(n - 1)
    let within = people * Double(items.count - 1)
    let tail = (1 - confidence) / 2
    let high = Distribution.fisherUpperQuantile(tail, people, within)
    let low = Distribution.fisherQuantile(tail, people, within)
    guard let alpha, let high, let low else {
      status = alpha == nil ? .noDenominator : .notConverged
      (lower, upper) = (nil, nil)
      return
    }
    status = .ok
    lower = 1 - (1 - alpha) * high
    upper = 1 - (1 - alpha) * low
  }

  /// Alpha with Feldt's limits; `imprecise_reliability` below 100 people.
  public var record: ResultRecord {
    var caveats: [String] = []
    if alpha != nil, n < 100 { caveats.append("imprecise_reliability") }
    if itemRestCorrelations.contains(where: { ($0 ?? 0) < 0 }) { caveats.append("check_reversal") }
    return ResultRecord(
      status: status, value: alpha, lower: lower, upper: upper,
      confidence: lower == nil ? nil : confidence, method: "cronbach_alpha_feldt", n: n,
      missing: MissingCounts(skipped: incomplete), caveats: caveats)
  }
}

/// The reliability of a sum of `items` parts that correlate `correlation` on average
/// (Spearman–Brown), or `nil` where that is undefined.
func steppedUp(_ correlation: Double, items: Int) -> Double? {
  let denominator = 1 + Double(items - 1) * correlation
  return denominator == 0 ? nil : Double(items) * correlation / denominator
}
