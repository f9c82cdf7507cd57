extension Sequence<Double> {
  /// Whether statistics can be made of these: numbers, and none so large that its square, or a
  /// sum of squares, leaves the range of numbers. What fails here is answered with
  /// `invalid_codes`, as any value that is no answer.
  var isMeasurable: Bool { allSatisfy(\.isUsable) }
}

extension Sequence<Double?> {
  /// As for numbers; what is missing does not count.
  var isMeasurable: Bool {
    allSatisfy { value in value?.isUsable ?? true }
  }
}

/// The values that are not missing, in their order.
func present(_ values: [Double?]) -> [Double] {
  [Double](unsafeUninitializedCapacity: values.count) { buffer, count in
    for case let value? in values {
      buffer[count] = value
      count += 1
    }
  }
}
