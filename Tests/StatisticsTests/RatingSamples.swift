import Statistics

/// Answers to a scale, drawn anew for each seed.
struct RatingSamples {
  var random: Xoshiro256StarStar

  init(seed: UInt64) { random = Xoshiro256StarStar(seed: seed) }

  /// Roughly normal, mean 0, variance 1.
  mutating func normal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  /// `items` columns of steps 1...`steps` that share one factor, a few answers missing.
  mutating func scale(
    items: Int, people: Int, steps: Int = 7, loading: Double = 0.7, missing: Double = 0.03
  ) -> [[Double?]] {
    let factor = (0..<people).map { _ in normal() }
    let rest = (1 - loading * loading).squareRoot()
    return (0..<items).map { _ in
      factor.map { common in
        if Double.random(in: 0..<1, using: &random) < missing { return nil }
        let answer =
          Double(steps + 1) / 2 + (loading * common + rest * normal()) * Double(steps) / 5
        return min(Double(steps), max(1, answer.rounded()))
      }
    }
  }

  /// The same people in another order.
  mutating func shuffled(_ columns: [[Double?]]) -> [[Double?]] {
    let order = (columns.first?.indices).map(Array.init)?.shuffled(using: &random) ?? []
    return columns.map { column in order.map { column[$0] } }
  }
}
