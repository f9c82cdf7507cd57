/// A ratio of counts as it is printed: with so many decimals, rounded from the counts themselves.
///
/// Never from a decimal number already rounded, and never by adding printed shares: 24 and 21 of
/// 81 print as 29.6 % and 25.9 %, their sum as 55.6 %. The wrong ways are here too, because
/// published figures were made by them and must be recognised.
public struct PrintedRatio: Sendable, Hashable {
  public let numerator: Int
  public let denominator: Int

  /// Needs a numerator from 0 and a denominator above 0.
  public init(_ numerator: Int, of denominator: Int) {
    precondition(numerator >= 0 && denominator > 0, "a ratio of counts")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// `count` of `total` in percent.
  public static func percent(_ count: Int, of total: Int) -> PrintedRatio {
    PrintedRatio(100 * count, of: total)
  }

  /// The ratio with all its digits.
  public var exact: Double { Double(numerator) / Double(denominator) }

  /// Rounded half up to `decimals` places, 0 to 9.
  public func rounded(_ decimals: Int) -> Double {
    Self.value(units: roundedUnits(decimals), decimals)
  }

  /// Cut after `decimals` places, 0 to 9, as some print it.
  public func cut(_ decimals: Int) -> Double {
    let units = Int128(numerator) * Self.scale(decimals) / Int128(denominator)
    return Self.value(units: units, decimals)
  }

  /// The sum of ratios that were each rounded first, as some print it.
  public static func sumOfRounded(_ ratios: [PrintedRatio], _ decimals: Int) -> Double {
    value(units: ratios.reduce(0) { $0 + $1.roundedUnits(decimals) }, decimals)
  }

  private func roundedUnits(_ decimals: Int) -> Int128 {
    let scaled = Int128(numerator) * Self.scale(decimals)
    return (2 * scaled + Int128(denominator)) / (2 * Int128(denominator))
  }

  private static func scale(_ decimals: Int) -> Int128 {
    precondition((0...9).contains(decimals), "0 to 9 decimals are printed")
    return (0..<decimals).reduce(1) { scale, _ in scale * 10 }
  }

  private static func value(units: Int128, _ decimals: Int) -> Double {
    Double(units) / Double(scale(decimals))
  }
}
