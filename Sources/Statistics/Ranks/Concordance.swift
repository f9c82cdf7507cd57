internal import Glibc

/// Kendall's count of pairs of people whom two measurements put in the same order, less pairs
/// they put in opposite orders.
///
/// By sorting, not by comparing all pairs: Knight (1966), A computer method for calculating
/// Kendall's tau with ungrouped data, JASA 61, 436–439, doi:10.1080/01621459.1966.10480879.
struct Concordance {
  let score: Int
  /// `score` over the geometric mean of the pairs that either measurement tells apart.
  let tauB: Double
  /// `score` in standard errors under independence, given the ties.
  let z: Double?

  /// At least two people; both measurements must vary.
  init(_ x: MidRanks, _ y: MidRanks) {
    struct Person {
      var x: UInt32
      var y: UInt32
      var key: UInt64 { UInt64(x) << 32 | UInt64(y) }
    }
    let people = zip(x.doubled, y.doubled).map { x, y in
      Person(x: UInt32(x), y: UInt32(y))
    }
    let order = radixSorted(people, by: \.key)
    var tiedInBoth = 0
    var run = 1
    for index in 1..<order.count {
      run = order[index].key == order[index - 1].key ? run + 1 : 1
      tiedInBoth += run - 1
    }
    let all = Self.pairs(order.count)
    let apartX = all - x.tieSizes.reduce(0) { $0 + Self.pairs($1) }
    let apartY = all - y.tieSizes.reduce(0) { $0 + Self.pairs($1) }
    // Pairs apart in both: those apart in x, plus those apart in y, less those apart in either.
    let apart = apartX + apartY - (all - tiedInBoth)
    score = apart - 2 * Self.inversions(order.map(\.y))
    tauB = min(1, max(-1, Double(score) / (Double(apartX) * Double(apartY)).squareRoot()))
    let variance = Self.variance(Double(order.count), x, y)
    z = variance > 0 ? Double(score) / variance.squareRoot() : nil
  }

  private static func pairs(_ size: Int) -> Int { size * (size - 1) / 2 }

  /// Pairs in which the greater number comes first, by merging ever longer sorted stretches.
  private static func inversions(_ numbers: [UInt32]) -> Int {
    var from = numbers
    var to = numbers
    var count = 0
    var width = 1
    while width < numbers.count {
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          for start in stride(from: 0, to: from.count, by: 2 * width) {
            let middle = min(start + width, from.count)
            let end = min(middle + width, from.count)
            var (left, right) = (start, middle)
            for place in start..<end {
              if right == end || (left < middle && from[left] <= from[right]) {
                to[place] = from[left]
                left += 1
              } else {
                to[place] = from[right]
                right += 1
                count += middle - left
              }
            }
          }
        }
      }
      swap(&from, &to)
      width *= 2
    }
    return count
  }

  private static func variance(_ n: Double, _ x: MidRanks, _ y: MidRanks) -> Double {
    func sum(_ ranks: MidRanks, _ term: @escaping (Double) -> Double) -> Double {
      exactSum(ranks.tieSizes.lazy.map { term(Double($0)) })
    }
    func whole(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
    func two(_ t: Double) -> Double { t * (t - 1) }
    func three(_ t: Double) -> Double { t * (t - 1) * (t - 2) }
    let alone = (whole(n) - sum(x, whole) - sum(y, whole)) / 18
    let pairs = sum(x, two) * sum(y, two) / (2 * two(n))
    let triples = n > 2 ? sum(x, three) * sum(y, three) / (9 * three(n)) : 0
    return alone + pairs + triples
  }
}
