import Indicators

/// How exactly an item's figure is told. Mean, deviation and quartiles of a few whole numbers,
/// told exactly, can be solved for the numbers: where the answers are not shown one by one, they
/// are told to one decimal and without what would complete them.
enum SurveyPrecision {
  /// Details that, beside mean and n, narrow a distribution down.
  private static let telling: Set<String> = ["sd", "median", "q1", "q3", "pomp"]

  static func reduce(_ published: inout PublishedCell) {
    guard var figure = published.figure else { return }
    if case .shown(.single, _) = published.distribution {
    } else {
      figure.value = figure.value.map(oneDecimal)
      figure.lower = figure.lower.map(oneDecimal)
      figure.upper = figure.upper.map(oneDecimal)
      figure.numerator = nil
      figure.denominator = nil
      figure.details.removeAll { telling.contains($0.name) }
    }
    // Who answered, less who gave a valid answer, is who said "not relevant" or skipped.
    if published.notRelevant == .hidden { figure.coverage = nil }
    published.figure = figure
  }

  private static func oneDecimal(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
