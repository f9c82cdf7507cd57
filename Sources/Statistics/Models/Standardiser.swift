/// Moves numbers so that their mean is 0 and scales them by a power of two to about 1, so that
/// neither the calendar nor the unit of a scale costs digits.
struct Standardiser: Sendable, Equatable {
  /// Original = center + scale · standardised.
  let center: Double
  let scale: Double

  /// `values` must be finite, and not none.
  init(_ values: [Double]) {
    let size = Self.powerOfTwo(values.reduce(0) { max($0, $1.magnitude) })
    let middle = mean(values.lazy.map { $0 / size }) ?? 0
    let spread = Self.powerOfTwo(values.reduce(0) { max($0, ($1 / size - middle).magnitude) })
    center = middle * size
    scale = spread * size
  }

  func callAsFunction(_ value: Double) -> Double { value / scale - center / scale }

  private static func powerOfTwo(_ value: Double) -> Double {
    value == 0 ? 1 : Double(sign: .plus, exponent: value.exponent, significand: 1)
  }
}
