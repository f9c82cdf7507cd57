/// The exact sum of many numbers at a fixed cost per number: one bin per 32 powers of two, each a
/// whole number, so that adding never rounds.
///
/// For long sums, where `ExactSum` spends its time carrying parts. The value is the same: the
/// true sum, rounded once. Terms must be finite; a sum beyond the largest number is infinite.
///
/// Source: Neal (2015), Fast exact summation using small and large superaccumulators,
/// arXiv:1505.05571.
struct BinnedSum {
  /// Exponents come in 64 runs of 32; a significand reaches into the next run, a carry one more.
  private static let binCount = 66
  /// A term adds less than 2^53 to a bin, so this many cannot overflow its 63 bits.
  private static let termsPerCarry = 1000

  /// Bin k counts units of 2^(32k − 1075).
  private var bins = [Int64](repeating: 0, count: binCount)

  /// Adds all of `terms`.
  mutating func add(_ terms: some Sequence<Double>) {
    bins.withUnsafeMutableBufferPointer { bins in
      var left = Self.termsPerCarry
      for term in terms {
        Self.add(term.bitPattern, to: bins)
        left -= 1
        if left == 0 {
          Self.carry(bins)
          left = Self.termsPerCarry
        }
      }
      Self.carry(bins)
    }
  }

  @inline(__always)
  private static func add(_ bits: UInt64, to bins: UnsafeMutableBufferPointer<Int64>) {
    let stored = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
    // Subnormal numbers have the exponent of the smallest normal ones and no leading bit.
    let exponent = max(stored, 1)
    let leading: UInt64 = stored == 0 ? 0 : 1 << 52
    let significand = bits & (1 << 52 - 1) | leading
    let shift = UInt64(exponent & 31)
    let low = Int64(bitPattern: (significand &<< shift) & 0xFFFF_FFFF)
    let high = Int64(bitPattern: significand &>> (32 - shift))
    let sign: Int64 = Int64(bitPattern: bits) < 0 ? -1 : 1
    bins[exponent >> 5] &+= sign &* low
    bins[exponent >> 5 + 1] &+= sign &* high
  }

  /// Leaves −2^31 to 2^31 in each bin; the sign of the sum then is that of its highest bin.
  private static func carry(_ bins: UnsafeMutableBufferPointer<Int64>) {
    for index in 0..<binCount - 1 {
      let over = (bins[index] + 1 << 31) >> 32
      bins[index] -= over << 32
      bins[index + 1] += over
    }
  }

  /// The sum, correctly rounded (half to even).
  var value: Double {
    var sum = ExactSum()
    for (index, bin) in bins.enumerated() where bin != 0 {
      sum.add(Double(sign: .plus, exponent: 32 * index - 1075, significand: Double(bin)))
    }
    return sum.value
  }
}
