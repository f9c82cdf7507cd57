extension BootstrapInterval {
  /// Σ numerator / Σ denominator, with the interval from resampling whole clusters.
  ///
  /// For shares of person-sessions: what one person does is alike from session to session, so
  /// people are drawn, not sessions. Clusters are taken in the order of their keys' UTF-8 bytes,
  /// whatever order they come in. Undefined: `no_denominator` when the denominators sum to 0;
  /// `invalid_codes` when one of their numbers is none.
  ///
  /// - Parameter replicates: the catalogue's B.
  public static func ratio(
    of clusters: [Cluster], replicates: Int = 2000, confidence: Double = 0.95, seed: UInt64
  ) -> BootstrapInterval {
    let bootstrap = Bootstrap(replicates: replicates, confidence: confidence, seed: seed)
    guard !clusters.isEmpty else { return bootstrap.undefined(.noData, n: 0) }
    let isMeasurable = clusters.allSatisfy {
      CollectionOfOne($0.numerator).isMeasurable && CollectionOfOne($0.denominator).isMeasurable
    }
    guard isMeasurable else { return bootstrap.undefined(.invalidCodes, n: clusters.count) }
    let pairs = orderedPairs(clusters)
    let total = pairs.reduce(.zero, +)
    guard total.y != 0 else { return bootstrap.undefined(.noDenominator, n: pairs.count) }

    return pairs.withUnsafeBufferPointer { pairs in
      bootstrap.run(estimate: total.x / total.y, jackknife: leaveOneOut(pairs)) { random in
        let count = UInt64(pairs.count)
        var sum = SIMD2<Double>.zero
        for _ in 0..<pairs.count { sum += pairs[Int(random.next(below: count))] }
        return sum.y == 0 ? .nan : sum.x / sum.y
      }
    }
  }

  /// Numerator and denominator side by side in memory, so that a draw is one load and one add.
  private static func orderedPairs(_ clusters: [Cluster]) -> [SIMD2<Double>] {
    // Callers mostly hand them over in order; then the keys need not be copied for sorting.
    let isOrdered = zip(clusters, clusters.dropFirst()).allSatisfy { precedes($0, $1) }
    let ordered = isOrdered ? clusters : clusters.sorted(by: precedes)
    return ordered.map { SIMD2($0.numerator, $0.denominator) }
  }

  /// By key; clusters that wrongly share a key still have one order.
  private static func precedes(_ first: Cluster, _ second: Cluster) -> Bool {
    if first.key.utf8.elementsEqual(second.key.utf8) {
      return (first.numerator, first.denominator) < (second.numerator, second.denominator)
    }
    return first.key.utf8.lexicographicallyPrecedes(second.key.utf8)
  }

  /// The ratio without each cluster, from the sums before and after it: no subtraction from the
  /// total, which would leave noise where a denominator should be 0.
  private static func leaveOneOut(_ pairs: UnsafeBufferPointer<SIMD2<Double>>) -> [Double] {
    var after = [SIMD2<Double>](repeating: .zero, count: pairs.count + 1)
    for index in pairs.indices.reversed() { after[index] = after[index + 1] + pairs[index] }
    var before = SIMD2<Double>.zero
    return pairs.indices.map { index in
      let rest = before + after[index + 1]
      before += pairs[index]
      return rest.y == 0 ? .nan : rest.x / rest.y
    }
  }
}
