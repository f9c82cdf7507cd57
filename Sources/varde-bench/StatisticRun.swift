/// How long one statistic takes of a file of numbers.
///
///     varde-bench statistic NAME FILE
///
/// Prints the seconds of the computation alone, best of 3, and numbers by which to see that others
/// have computed the same.
struct StatisticRun {
  /// Made ready outside the clock; answers the numbers to print.
  typealias Job = () -> [Double?]

  private let job: Job

  /// `nil` if there is no such statistic.
  init?(_ name: String, path: String) throws {
    guard let prepare = Self.statistics[name] else { return nil }
    job = prepare(try NumberTable(path: path))
  }

  /// The line to print.
  func run() -> String {
    var best = Duration.seconds(Int64.max)
    var numbers: [Double?] = []
    for _ in 0..<3 { best = min(best, ContinuousClock().measure { numbers = job() }) }
    return ([best / .seconds(1)] + numbers).map { $0.map { "\($0)" } ?? "nan" }
      .joined(separator: " ")
  }
}
