/// Points at which special functions are checked when a case names none.
enum SpecialFunctionGrid {
  private static let probabilities = [
    1e-10, 1e-4, 0.005, 0.025, 0.05, 0.3, 0.5, 0.8, 0.95, 0.975, 0.995, 0.9999,
  ]
  private static let abscissas = [
    -37.5, -8, -3, -1.96, -0.5, 0, 1e-8, 0.1, 1, 1.959963984540054, 4, 8,
  ]
  private static let degreesOfFreedom = [1, 2, 4.5, 9, 18, 80, 1000]
  private static let degreePairs: [[Double]] = [[1, 10], [5, 24], [82, 328], [18, 126]]
  private static let shapes: [[Double]] = [
    [0.5, 0.5], [1, 3], [16, 4], [35.5, 47.5], [200, 2],
  ]

  /// The arguments of each point, in the order in which the answer gives them.
  static func points(_ function: String, _ part: String) -> [[Double]] {
    switch (function, part) {
    case ("normal", "cdf"): abscissas.map { [$0] }
    case ("normal", _): probabilities.map { [$0] }
    case ("student_t", "cdf"):
      degreesOfFreedom.flatMap { df in abscissas.filter { abs($0) <= 8 }.map { [$0, df] } }
    case ("student_t", _):
      degreesOfFreedom.flatMap { df in
        probabilities.filter { $0 >= 1e-6 && $0 <= 1 - 1e-6 }.map { [$0, df] }
      }
    case ("f", "quantile"):
      degreePairs.flatMap { pair in
        probabilities.filter { $0 >= 0.001 && $0 <= 0.999 }.map { [$0] + pair }
      }
    case ("f", _): degreePairs.flatMap { pair in [0.2, 1, 2.5, 9].map { [$0] + pair } }
    case ("chi_square", _):
      [1, 2, 3, 12, 50].flatMap { df in [0.01, 0.5, 3.84, 10, 60].map { [$0, df] } }
    case ("beta", "regularized_incomplete"):
      shapes.flatMap { shape in [0.001, 0.1, 0.5, 0.9, 0.999].map { shape + [$0] } }
    case ("beta", "quantile"):
      shapes.flatMap { shape in [0.005, 0.025, 0.5, 0.975, 0.995].map { shape + [$0] } }
    default: [0.5, 1, 1.5, 2.25, 10, 100.5, 2500].map { [$0] }
    }
  }
}
