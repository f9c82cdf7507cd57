import Statistics

/// Seeds of the randomised tests. A failure names its seed, and the seed makes it again.
let seeds = Array(1...12) as [UInt64]

/// Samples of the kinds that programmes have, from one seed.
struct RandomSamples {
  enum Kind: CaseIterable { case scores, thirds, continuous, counts, large }

  var random: Xoshiro256StarStar

  init(seed: UInt64) { random = Xoshiro256StarStar(seed: seed) }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.next(below: UInt64(range.count)))
  }

  mutating func kind() -> Kind { Kind.allCases[integer(0...Kind.allCases.count - 1)] }

  mutating func values(_ count: Int, _ kind: Kind) -> [Double] {
    (0..<count).map { _ in
      switch kind {
      case .scores: Double(integer(1...7))
      case .thirds: Double(integer(3...21)) / 3
      case .continuous: Double(random.next() >> 11) * 0x1p-53 * 10 - 5
      case .counts: Double([0, 0, 0, 1, 2, 5, 30][integer(0...6)])
      case .large: 1e6 + Double(integer(-4000...4000)) / 8
      }
    }
  }

  mutating func pairs(_ count: Int, _ kind: Kind) -> PairedSample {
    PairedSample(before: values(count, kind), after: values(count, kind))
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    elements.shuffled(using: &random)
  }
}

/// Whether two numbers, or two absent ones, agree to twelve digits or to 1e-12.
func agree(_ a: Double?, _ b: Double?, tolerance: Double = 1e-10) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

/// An interval's ends in order, with the estimate between them.
func isInside(_ estimate: Double?, _ lower: Double?, _ upper: Double?) -> Bool {
  guard let estimate, let lower, let upper else { return false }
  return lower <= estimate && estimate <= upper
}
