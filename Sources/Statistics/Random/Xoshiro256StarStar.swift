/// The generator behind every bootstrap: same seed, same numbers, on every machine.
///
/// Not for secrets. Source: Blackman & Vigna (2021), Scrambled linear pseudorandom number
/// generators, ACM TOMS 47(4), 36.
public struct Xoshiro256StarStar: RandomNumberGenerator, Sendable {
  private var s0, s1, s2, s3: UInt64

  /// Fills the state with the first four numbers of `SplitMix64(seed:)`.
  public init(seed: UInt64) {
    var source = SplitMix64(seed: seed)
    (s0, s1, s2, s3) = (source.next(), source.next(), source.next(), source.next())
  }

  /// Continues from a known state, which must not be all zero.
  public init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
    precondition(s0 | s1 | s2 | s3 != 0, "an all-zero state stays zero")
  }

  /// The state, from which `init(state:)` continues.
  public var state: (UInt64, UInt64, UInt64, UInt64) { (s0, s1, s2, s3) }

  @inline(__always)
  public mutating func next() -> UInt64 {
    let result = Self.rotate(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = Self.rotate(s3, by: 45)
    return result
  }

  /// A number from 0 up to but not including `bound`, each equally likely.
  ///
  /// Written out rather than left to `random(in:using:)`, whose algorithm may change with the
  /// standard library and would take every published interval with it.
  ///
  /// Source: Lemire (2019), Fast random integer generation in an interval, ACM TOMACS 29(1), 3.
  @inline(__always)
  public mutating func next(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "nothing lies below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, by bits: UInt64) -> UInt64 {
    (word &<< bits) | (word &>> (64 - bits))
  }
}
