extension BootstrapInterval {
  /// The median (type 7) of `values`, with the interval from resampling them.
  ///
  /// - Parameter values: in the order of their rows' keys.
  public static func median(
    of values: [Double], replicates: Int = 2000, confidence: Double = 0.95, seed: UInt64
  ) -> BootstrapInterval {
    let bootstrap = Bootstrap(replicates: replicates, confidence: confidence, seed: seed)
    guard values.isMeasurable else {
      return bootstrap.undefined(.invalidCodes, n: values.count)
    }
    return ranked(values, bootstrap, undefined: .noData, statistic: median(ascending:))
  }

  /// The Gini coefficient of `values`, with the interval from resampling them. Undefined:
  /// `all_zero`.
  ///
  /// - Parameter values: in the order of their rows' keys; `invalid_codes` below 0.
  public static func gini(
    of values: [Double], replicates: Int = 2000, confidence: Double = 0.95, seed: UInt64
  ) -> BootstrapInterval {
    let bootstrap = Bootstrap(replicates: replicates, confidence: confidence, seed: seed)
    guard Gini.isDefined(for: values) else {
      return bootstrap.undefined(.invalidCodes, n: values.count)
    }
    return ranked(values, bootstrap, undefined: .allZero) {
      Gini.coefficient(ascending: $0) ?? .nan
    }
  }

  private typealias Ascending = UnsafeBufferPointer<Double>

  /// Bootstraps a statistic of ordered values. A resample is put in order by counting how often
  /// each rank was drawn, so nothing is sorted in the loop.
  private static func ranked(
    _ values: [Double], _ bootstrap: Bootstrap, undefined: Status,
    statistic: (Ascending) -> Double
  ) -> BootstrapInterval {
    guard !values.isEmpty else { return bootstrap.undefined(.noData, n: 0) }
    let order = values.indices.sorted { values[$0] < values[$1] }
    let sorted = order.map { values[$0] }
    let estimate = sorted.withUnsafeBufferPointer(statistic)
    guard !estimate.isNaN else { return bootstrap.undefined(undefined, n: values.count) }
    var rank = [Int](repeating: 0, count: values.count)
    for (place, index) in order.enumerated() { rank[index] = place }

    let bound = UInt64(values.count)
    var times = [Int](repeating: 0, count: values.count)
    var resample = sorted + [0, 0, 0]
    let jackknife = leaveOneOut(sorted, statistic)
    return bootstrap.run(estimate: estimate, jackknife: jackknife) { random in
      rank.withUnsafeBufferPointer { rank in
        times.withUnsafeMutableBufferPointer { times in
          for _ in rank.indices { times[rank[Int(random.next(below: bound))]] += 1 }
        }
      }
      return sorted.withUnsafeBufferPointer { sorted in
        times.withUnsafeMutableBufferPointer { times in
          resample.withUnsafeMutableBufferPointer { resample in
            var next = 0
            for place in sorted.indices {
              let (value, count) = (sorted[place], times[place])
              // Three at once whatever the count, which no processor can guess.
              resample[next] = value
              resample[next + 1] = value
              resample[next + 2] = value
              if count > 3 { for more in 3..<count { resample[next + more] = value } }
              next += count
              times[place] = 0
            }
            return statistic(Ascending(rebasing: resample[..<sorted.count]))
          }
        }
      }
    }
  }

  private static func leaveOneOut(
    _ sorted: [Double], _ statistic: (Ascending) -> Double
  ) -> [Double] {
    guard sorted.count > 1 else { return [.nan] }
    // `rest` lacks the value at `missing`; stepping on puts it back and takes the next one out.
    var rest = Array(sorted.dropFirst())
    return sorted.indices.map { missing in
      if missing > 0 { rest[missing - 1] = sorted[missing - 1] }
      return rest.withUnsafeBufferPointer(statistic)
    }
  }

  private static func median(ascending values: Ascending) -> Double {
    let middle = (values.count - 1) / 2
    let low = values[middle]
    return values.count.isMultiple(of: 2) ? low + 0.5 * (values[middle + 1] - low) : low
  }
}
