/// One person's score on a scale of several items.
///
/// Status: `ok` when every item is a score; `prorated` when some are missing but enough remain;
/// `too_few_items` otherwise, and then there is no score.
public struct ScaleScore: Sendable, Equatable {
  public let status: Status
  public let itemCount: Int
  /// Items that are scores.
  public let valid: Int
  public let notRelevant: Int
  public let skipped: Int
  /// Mean of the valid items after reversal, in scale points.
  public let score: Double?
  /// The score as percent of maximum possible (POMP), 0 to 100.
  ///
  /// Source: Cohen, Cohen, Aiken & West (1999), Multivariate Behavioral Research 34, 315–346.
  public let percentOfMaximum: Double?
}
