/// Numbers as text with a fixed count of decimals: no locale, no exponent, never "-0".
enum FixedNumber {
  /// Rounded half away from zero. Numbers too large for exact decimals do not occur in a release;
  /// they come out empty rather than wrong.
  static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "" }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (value * factor).rounded(.toNearestOrAwayFromZero)
    guard abs(scaled) < 9e15 else { return "" }
    let whole = Int64(scaled)
    let digits = String(whole.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = whole < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Whole numbers without decimals, others with two: sums that may be counts or hours.
  static func sum(_ value: Double) -> String {
    value == value.rounded() ? text(value, decimals: 0) : text(value, decimals: 2)
  }
}
