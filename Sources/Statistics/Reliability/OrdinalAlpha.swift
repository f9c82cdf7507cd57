/// Alpha of the normal variables behind ordinal items: standardized alpha of their polychoric
/// correlations. For items with few steps or lopsided answers, where alpha reads low.
///
/// It says what continuous items would do, not how reliable the sum score at hand is.
///
/// Status: `ok`; `singular` when an item does not vary; `no_denominator` where the coefficient
/// is undefined; `insufficient_n` for one complete person; `no_data` for none; `too_few_items`
/// below two; `invalid_codes` when an answer is not a usable number.
///
/// Source: Zumbo, Gadermann & Zeisser (2007), doi:10.22237/jmasm/1177992180.
public struct OrdinalAlpha: ResultRecordConvertible, Equatable {
  public let status: Status
  /// People who answered every item.
  public let n: Int
  /// People left out because an answer is missing.
  public let incomplete: Int
  public let itemCount: Int
  public let alpha: Double?
  /// Polychoric correlation of each item with each, 1 with itself; `nil` for an item that does
  /// not vary. Empty when there is nothing to correlate.
  public let correlations: [[Double?]]
  /// Mean correlation of two different items; `nil` unless all are there.
  public let meanCorrelation: Double?

  /// `items` holds one column per item and one entry per person, `nil` for missing.
  public init(items: [[Double?]]) {
    let cases = CompleteCases(items, minimumItems: 2)
    n = cases.count
    incomplete = cases.incomplete
    itemCount = items.count
    if let problem = cases.problem {
      status = problem
      (alpha, meanCorrelation, correlations) = (nil, nil, [])
      return
    }
    let ladders = cases.columns.map(OrdinalItem.init)
    let diagonal = ladders.map { $0.stepCount > 1 ? 1.0 : nil }
    var matrix = [[Double?]](
      repeating: Array(repeating: nil, count: ladders.count), count: ladders.count)
    var pairs: [Double?] = []
    for row in ladders.indices {
      matrix[row][row] = diagonal[row]
      for column in 0..<row {
        let correlation = PolychoricCorrelation.estimate(ladders[row], ladders[column])
        matrix[row][column] = correlation
        matrix[column][row] = correlation
        pairs.append(correlation)
      }
    }
    correlations = matrix
    let known = pairs.compactMap(\.self)
    meanCorrelation = known.count == pairs.count ? mean(known) : nil
    alpha = meanCorrelation.flatMap { steppedUp($0, items: items.count) }
    status = meanCorrelation == nil ? .singular : alpha == nil ? .noDenominator : .ok
  }

  public var record: ResultRecord {
    ResultRecord(
      status: status, value: alpha, method: "ordinal_alpha_polychoric", n: n,
      missing: MissingCounts(skipped: incomplete))
  }
}
