extension Double {
  /// Whether sums of squares of such numbers stay finite. What lies beyond is no measurement.
  var isUsable: Bool { magnitude < 1e150 }
}
