/// Persons with the same number of measurements, by their means of time and value.
struct InterceptPattern: Sendable {
  let measurements: Double
  private(set) var persons = 0.0
  private var meanTime = 0.0
  private var meanValue = 0.0
  // Sums of squares and products around these means.
  private var timeSquares = 0.0
  private var products = 0.0
  private var valueSquares = 0.0

  init(measurements: Double) { self.measurements = measurements }

  mutating func add(_ line: PersonLine) {
    persons += 1
    let (time, value) = (line.meanTime - meanTime, line.meanValue - meanValue)
    meanTime += time / persons
    meanValue += value / persons
    timeSquares += time * (line.meanTime - meanTime)
    products += time * (line.meanValue - meanValue)
    valueSquares += value * (line.meanValue - meanValue)
  }

  /// 1′V⁻¹1 of one person.
  func weight(_ ratio: Double) -> Double { measurements / (1 + ratio * measurements) }

  /// Σ x̄x̄′ over the persons, x̄ = (1, mean time).
  var design: Symmetric2 {
    persons * Symmetric2.square(Pair(first: 1, second: meanTime))
      + Symmetric2(first: 0, cross: 0, second: timeSquares)
  }

  /// Σ x̄ȳ.
  var score: Pair {
    persons * meanValue * Pair(first: 1, second: meanTime) + Pair(first: 0, second: products)
  }

  /// Σ(ȳ − x̄′β)².
  func squares(around fixed: Pair) -> Double {
    let residual = meanValue - fixed.first - fixed.second * meanTime
    return persons * residual * residual + valueSquares - 2 * fixed.second * products
      + fixed.second * fixed.second * timeSquares
  }
}
