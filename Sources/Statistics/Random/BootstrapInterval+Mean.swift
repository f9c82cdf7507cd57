extension BootstrapInterval {
  /// The mean of `values`, with the interval from resampling them.
  ///
  /// - Parameter values: in the order of their rows' keys (`inKeyOrder`), because
  ///   the order decides which draw meets which value.
  public static func mean(
    of values: [Double], replicates: Int = 2000, confidence: Double = 0.95, seed: UInt64
  ) -> BootstrapInterval {
    let bootstrap = Bootstrap(replicates: replicates, confidence: confidence, seed: seed)
    guard values.isMeasurable else {
      return bootstrap.undefined(.invalidCodes, n: values.count)
    }
    guard let estimate = Statistics.mean(values) else { return bootstrap.undefined(.noData, n: 0) }
    let count = Double(values.count)
    let bound = UInt64(values.count)
    let jackknife = leaveOneOut(values)

    return values.withUnsafeBufferPointer { values in
      if sumsExactly(values) {
        return bootstrap.run(estimate: estimate, jackknife: jackknife) { random in
          var sum = 0.0
          for _ in 0..<values.count { sum += values[Int(random.next(below: bound))] }
          return sum / count
        }
      }
      var drawn = [Double](repeating: 0, count: values.count)
      return bootstrap.run(estimate: estimate, jackknife: jackknife) { random in
        drawn.withUnsafeMutableBufferPointer { drawn in
          for place in drawn.indices { drawn[place] = values[Int(random.next(below: bound))] }
        }
        return exactSum(drawn) / count
      }
    }
  }

  /// Whether any sum of as many draws is exact in plain arithmetic: multiples of 1/1024 that
  /// stay within 53 bits. Counts, scores and quarter hours are.
  private static func sumsExactly(_ values: UnsafeBufferPointer<Double>) -> Bool {
    let largest = values.lazy.map(\.magnitude).max() ?? 0
    guard largest * 1024 * Double(values.count) < 0x1p53 else { return false }
    return values.allSatisfy { ($0 * 1024).rounded() == $0 * 1024 }
  }

  private static func leaveOneOut(_ values: [Double]) -> [Double] {
    guard values.count > 1 else { return [.nan] }
    var total = ExactSum()
    for value in values { total.add(value) }
    return values.map { value in
      var rest = total
      rest.add(-value)
      return rest.value / Double(values.count - 1)
    }
  }
}
