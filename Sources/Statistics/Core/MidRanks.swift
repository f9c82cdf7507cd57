/// The ranks of values from 1 up, where values that tie share the mean of their places.
///
/// Twice a mid-rank is a whole number, so ranks are kept doubled and everything made of them
/// stays exact.
public struct MidRanks: Sendable, Equatable {
  /// Twice the rank of each value, in the order the values came in.
  public let doubled: [Int]
  /// How many values share each distinct value, the smallest value first.
  public let tieSizes: [Int]

  /// Ranks `values`, which must not contain NaN.
  public init(_ values: [Double]) {
    struct Place {
      var key: UInt64
      var index: Int
    }
    let places = values.enumerated().map { Place(key: $0.element.sortKey, index: $0.offset) }
    let order = radixSorted(places, by: \.key)
    var doubled = [Int](repeating: 0, count: values.count)
    var sizes: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end].key == order[start].key { end += 1 }
      // Places start + 1 … end; first plus last is twice their mean.
      for place in order[start..<end] { doubled[place.index] = start + 1 + end }
      sizes.append(end - start)
      start = end
    }
    self.doubled = doubled
    tieSizes = sizes
  }

  /// The rank of each value, in the order the values came in.
  public var ranks: [Double] { doubled.map { Double($0) / 2 } }

  /// Σ(t³ − t) over groups of t tied values, 0 without ties: what variances of rank statistics
  /// lose.
  public var tieTerm: Double {
    exactSum(tieSizes.lazy.map { Self.cubeLessSelf(Double($0)) })
  }

  /// t³ − t.
  static func cubeLessSelf(_ size: Double) -> Double { (size - 1) * size * (size + 1) }
}
