/// Whole numbers modulo a prime p between 2^62 and 2^63, for exact linear algebra.
///
/// Numbers are kept times 2^64 (mod p), so that a product needs no division.
///
/// Source: Montgomery (1985), Modular multiplication without trial division, Mathematics of
/// Computation 44, 519–521. doi:10.1090/S0025-5718-1985-0777282-X
struct PrimeField: Sendable, Equatable {
  /// The modulus.
  let prime: UInt64
  let one: UInt64
  /// −1/p modulo 2^64.
  private let inverse: UInt64
  /// 2^128 modulo p, which turns a number into its kept form.
  private let square: UInt64

  /// The field of an odd modulus below 2^63; all laws but division hold for any.
  init(odd modulus: UInt64) {
    prime = modulus
    // Newton: each round doubles the number of right bits.
    var inverse = modulus
    for _ in 0..<5 { inverse &*= 2 &- modulus &* inverse }
    self.inverse = 0 &- inverse
    one = (UInt64.max % modulus + 1) % modulus
    square = modulus.dividingFullWidth(one.multipliedFullWidth(by: one)).remainder
  }

  func element(_ number: UInt64) -> UInt64 { product(number % prime, square) }

  func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    let carried = (low &* inverse).multipliedFullWidth(by: prime).high
    // The low halves cancel; they carry 1 unless both are 0.
    let sum = high &+ carried &+ (low == 0 ? 0 : 1)
    return sum >= prime ? sum &- prime : sum
  }

  func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a &+ b
    return sum >= prime ? sum &- prime : sum
  }

  func difference(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a &- b : a &+ prime &- b
  }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result = one
    for bit in (0..<UInt64.bitWidth).reversed() {
      result = product(result, result)
      if exponent >> UInt64(bit) & 1 == 1 { result = product(result, base) }
    }
    return result
  }

  /// 1/a, by Fermat's little theorem; `a` is not 0.
  func reciprocal(_ a: UInt64) -> UInt64 { power(a, prime - 2) }
}

/// The fields of the largest primes below 2^63, largest first; they do not run out.
struct PrimeFields {
  private var candidate = UInt64(1) << 63

  mutating func next() -> PrimeField {
    repeat { candidate -= 1 } while !PrimeField.isPrime(candidate)
    return PrimeField(odd: candidate)
  }
}

extension PrimeField {
  /// Miller's test; with the first twelve primes as bases it errs for no number below 2^64.
  ///
  /// Source: Sorenson & Webster (2017), Strong pseudoprimes to twelve prime bases, Mathematics
  /// of Computation 86, 985–1003. doi:10.1090/mcom/3134
  static func isPrime(_ number: UInt64) -> Bool {
    guard number > 37, number % 2 == 1 else {
      return [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37].contains(number)
    }
    let field = PrimeField(odd: number)
    let minusOne = number - field.one
    let twos = (number - 1).trailingZeroBitCount
    return [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37].allSatisfy { (base: UInt64) in
      var power = field.power(field.element(base), (number - 1) >> UInt64(twos))
      if power == field.one || power == minusOne { return true }
      for _ in 1..<max(1, twos) {
        power = field.product(power, power)
        if power == minusOne { return true }
      }
      return false
    }
  }
}
