internal import CGSL
internal import Glibc

/// The standard bivariate normal distribution with one correlation, for many points.
///
/// A probability is the independent one plus the integral of the density over the correlation
/// (Plackett 1954, doi:10.1093/biomet/41.3-4.351), with the correlation written as a sine.
/// Towards ±1 the interval is halved again and again, because there the integrand falls to 0
/// ever faster. Good to about 15 decimals.
struct BivariateNormal {
  let correlation: Double
  /// Where the integrand is looked at, the same for every point: weight, (1 + sine)⁻¹ and
  /// (2 cos²)⁻¹ of the angle.
  private let nodes: [(weight: Double, product: Double, gap: Double)]

  /// Needs −1 ≤ `correlation` ≤ 1.
  init(correlation: Double) {
    precondition(correlation.magnitude <= 1, "a correlation lies in -1...1")
    self.correlation = correlation
    var nodes: [(weight: Double, product: Double, gap: Double)] = []
    let limit = Double.pi / 2
    let end = correlation.magnitude < 1 ? asin(correlation.magnitude) : 0
    var start = 0.0
    while start < end {
      // Half of what is left to the right angle, at least what a smooth part can take.
      let stop = min(end, max(1.0, (start + limit) / 2))
      let (middle, half) = ((start + stop) / 2, (stop - start) / 2)
      for (node, weight) in Self.rule {
        let (sine, cosine) = (sin(middle + half * node), cos(middle + half * node))
        nodes.append(
          (half * weight / (2 * Double.pi), 1 / (1 + sine), 1 / (2 * cosine * cosine)))
      }
      start = stop
    }
    self.nodes = nodes
  }

  /// P(X ≤ `x`, Y ≤ `y`), given P(X ≤ x) and P(Y ≤ y).
  func probability(_ x: Double, _ y: Double, _ below: Double, _ left: Double) -> Double {
    if x == .infinity || y == .infinity { return min(below, left) }
    if x == -.infinity || y == -.infinity { return 0 }
    if correlation == 1 { return min(below, left) }
    if correlation == -1 { return max(0, below + left - 1) }
    let mirrored = correlation < 0 ? -y : y
    let (product, gap) = (x * mirrored, (x - mirrored) * (x - mirrored))
    var integral = 0.0
    for node in nodes {
      // (x² + y² − 2xy·sin) / 2cos², without the cancellation near the right angle.
      integral += node.weight * exp(-(product * node.product + gap * node.gap))
    }
    let probability = below * left + (correlation < 0 ? -integral : integral)
    return min(max(probability, 0), min(below, left))
  }

  /// P(X ≤ `x`, Y ≤ `y`).
  func probability(_ x: Double, _ y: Double) -> Double {
    probability(x, y, Distribution.normalProbability(x), Distribution.normalProbability(y))
  }

  /// The density at (`x`, `y`), which is also the derivative of the probability by the
  /// correlation. 0 where an argument is infinite. Needs a correlation inside −1…1.
  func density(_ x: Double, _ y: Double) -> Double {
    guard x.isFinite, y.isFinite else { return 0 }
    let rest = (1 - correlation) * (1 + correlation)
    let distance = (x * x - 2 * correlation * x * y + y * y) / (2 * rest)
    return exp(-distance) / (2 * Double.pi * rest.squareRoot())
  }

  /// Gauss–Legendre nodes and weights on −1…1.
  private static let rule: [(node: Double, weight: Double)] = {
    guard let table = gsl_integration_glfixed_table_alloc(32) else { return [] }
    defer { gsl_integration_glfixed_table_free(table) }
    return (0..<32).map { index in
      var (node, weight) = (0.0, 0.0)
      gsl_integration_glfixed_point(-1, 1, index, &node, &weight, table)
      return (node, weight)
    }
  }()
}
