@preconcurrency internal import CGSL

/// Searches for roots and minima, by the GNU Scientific Library.
enum Solver {
  /// Where `function` passes 0 between `low` and `high`, at which it must have different signs;
  /// to the last digits, by Brent's method.
  static func root(
    from low: Double, to high: Double, of function: @escaping (Double) -> Double
  ) -> Double? {
    GSL.neverAborts()
    guard let solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent) else { return nil }
    defer { gsl_root_fsolver_free(solver) }
    let box = Box { function($0[0]) }
    return withExtendedLifetime(box) {
      var problem = gsl_function(function: { x, box in Box.value([x], box) }, params: box.pointer)
      guard gsl_root_fsolver_set(solver, &problem, low, high) == Int32(GSL_SUCCESS) else {
        return nil
      }
      for _ in 0..<200 {
        guard gsl_root_fsolver_iterate(solver) == Int32(GSL_SUCCESS) else { return nil }
        let (lower, upper) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
        if gsl_root_test_interval(lower, upper, 0, 4 * .ulpOfOne) == Int32(GSL_SUCCESS) { break }
      }
      return gsl_root_fsolver_root(solver)
    }
  }

  /// A point near `start` where `function` is least, to about half the digits, by the simplex of
  /// Nelder and Mead. `nil` if `function` is undefined somewhere on the way.
  static func minimum(
    from start: [Double], step: Double, of function: @escaping ([Double]) -> Double
  ) -> [Double]? {
    GSL.neverAborts()
    let type = gsl_multimin_fminimizer_nmsimplex2
    guard let solver = gsl_multimin_fminimizer_alloc(type, start.count) else { return nil }
    defer { gsl_multimin_fminimizer_free(solver) }
    let box = Box(function)
    return withExtendedLifetime(box) {
      var problem = gsl_multimin_function(
        f: { point, box in
          guard let point else { return .nan }
          return Box.value((0..<point.pointee.size).map { gsl_vector_get(point, $0) }, box)
        }, n: start.count, params: box.pointer)
      let steps = Array(repeating: step, count: start.count)
      let isSet = start.readVector { start in
        steps.readVector { gsl_multimin_fminimizer_set(solver, &problem, start, $0) }
      }
      guard isSet == Int32(GSL_SUCCESS) else { return nil }
      for _ in 0..<2000 {
        guard gsl_multimin_fminimizer_iterate(solver) == Int32(GSL_SUCCESS) else { return nil }
        let size = gsl_multimin_fminimizer_size(solver)
        if gsl_multimin_test_size(size, 1e-7) == Int32(GSL_SUCCESS) { break }
      }
      return start.indices.map { gsl_vector_get(gsl_multimin_fminimizer_x(solver), $0) }
    }
  }

  /// Carries a Swift function through a C pointer.
  private final class Box {
    private let function: ([Double]) -> Double

    init(_ function: @escaping ([Double]) -> Double) { self.function = function }

    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func value(_ point: [Double], _ pointer: UnsafeMutableRawPointer?) -> Double {
      guard let pointer else { return .nan }
      return Unmanaged<Box>.fromOpaque(pointer).takeUnretainedValue().function(point)
    }
  }
}
