/// A symmetric matrix of two rows. The mixed models need a few of these for each person at each
/// step of the search, so they are written out instead of handed to a library.
struct Symmetric2: Sendable, Equatable {
  var first: Double
  var cross: Double
  var second: Double

  static let zero = Symmetric2(first: 0, cross: 0, second: 0)

  /// vv′.
  static func square(_ v: Pair) -> Symmetric2 {
    Symmetric2(first: v.first * v.first, cross: v.first * v.second, second: v.second * v.second)
  }

  var determinant: Double { first * second - cross * cross }

  /// The inverse, which must exist.
  var inverse: Symmetric2 {
    let determinant = determinant
    return Symmetric2(
      first: second / determinant, cross: -cross / determinant, second: first / determinant)
  }

  /// Σ over both indices of the products, the trace of the matrix product.
  func trace(times other: Symmetric2) -> Double {
    first * other.first + 2 * cross * other.cross + second * other.second
  }

  /// self · middle · self.
  func sandwich(_ middle: Symmetric2) -> Symmetric2 {
    let top = middle * Pair(first: first, second: cross)
    let bottom = middle * Pair(first: cross, second: second)
    return Symmetric2(
      first: first * top.first + cross * top.second,
      cross: cross * top.first + second * top.second,
      second: cross * bottom.first + second * bottom.second)
  }

  static func * (matrix: Symmetric2, v: Pair) -> Pair {
    Pair(
      first: matrix.first * v.first + matrix.cross * v.second,
      second: matrix.cross * v.first + matrix.second * v.second)
  }

  static func * (scale: Double, matrix: Symmetric2) -> Symmetric2 {
    Symmetric2(
      first: scale * matrix.first, cross: scale * matrix.cross, second: scale * matrix.second)
  }

  static func + (left: Symmetric2, right: Symmetric2) -> Symmetric2 {
    Symmetric2(
      first: left.first + right.first, cross: left.cross + right.cross,
      second: left.second + right.second)
  }

  static func - (left: Symmetric2, right: Symmetric2) -> Symmetric2 { left + -1 * right }
}

/// Two numbers that belong together: level and slope.
struct Pair: Sendable, Equatable {
  var first: Double
  var second: Double

  static let zero = Pair(first: 0, second: 0)

  func dot(_ other: Pair) -> Double { first * other.first + second * other.second }

  static func + (left: Pair, right: Pair) -> Pair {
    Pair(first: left.first + right.first, second: left.second + right.second)
  }

  static func - (left: Pair, right: Pair) -> Pair { left + -1 * right }

  static func * (scale: Double, v: Pair) -> Pair {
    Pair(first: scale * v.first, second: scale * v.second)
  }
}
