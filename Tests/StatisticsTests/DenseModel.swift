import Glibc

@testable import Statistics

/// The restricted likelihood of a mixed model by its definition: the whole covariance matrix of
/// all observations, without any of the shortcuts that the product takes.
struct DenseModel {
  let observations: [GrowthObservation]
  /// Columns of the fixed part: 1 for the level only, 2 with time.
  var fixed = 2

  struct Fit {
    var criterion: Double
    var coefficients: [Double]
    var covariance: Matrix
    var sdResidual: Double
  }

  /// - Parameter random: covariance of level and slope (or of the level), by residual variance.
  func fit(_ random: Matrix) -> Fit? {
    let count = observations.count
    var variance = Matrix(rows: count, columns: count)
    for (row, first) in observations.enumerated() {
      for (column, second) in observations.enumerated() where first.person == second.person {
        let (left, right) = ([1, first.time], [1, second.time])
        for a in 0..<random.rows {
          for b in 0..<random.rows { variance[row, column] += left[a] * random[a, b] * right[b] }
        }
      }
      variance[row, row] += 1
    }
    let design = Matrix(
      rows: count, columns: fixed,
      elements: observations.flatMap { Array([1, $0.time].prefix(fixed)) })
    let values = Matrix(rows: count, columns: 1, elements: observations.map(\.value))
    guard let factor = Cholesky(variance) else { return nil }
    let weighted = factor.inverse * design
    guard let information = Cholesky(design.transposed * weighted) else { return nil }
    let coefficients = information.solve((weighted.transposed * values).elements)
    let fitted = design * Matrix(rows: fixed, columns: 1, elements: coefficients)
    let left = zip(values.elements, fitted.elements).map { $0 - $1 }
    let squares = zip(left, factor.solve(left)).reduce(0) { $0 + $1.0 * $1.1 }
    let degreesOfFreedom = Double(count - fixed)
    let scale = squares / degreesOfFreedom
    var covariance = information.inverse
    for row in 0..<fixed {
      for column in 0..<fixed { covariance[row, column] *= scale }
    }
    return Fit(
      criterion: factor.logDeterminant + information.logDeterminant
        + degreesOfFreedom * (1 + log(2 * .pi * scale)),
      coefficients: coefficients, covariance: covariance, sdResidual: scale.squareRoot())
  }

  /// Relative covariance of the random effects of a fitted model.
  static func random(_ model: GrowthModel.Estimates) -> Matrix {
    let level = model.sdIntercept / model.sdResidual
    guard let sdSlope = model.sdSlope else {
      return Matrix(rows: 1, columns: 1, elements: [level * level])
    }
    let slope = sdSlope / model.sdResidual
    let cross = (model.correlation ?? 0) * level * slope
    return Matrix(rows: 2, columns: 2, elements: [level * level, cross, cross, slope * slope])
  }
}

extension DenseModel {
  /// Made-up observations: people of one to five waves at irregular times.
  static func sample(
    _ random: inout Xoshiro256StarStar, persons: Int, level: Double, slope: Double,
    noise: Double = 1
  ) -> [GrowthObservation] {
    (0..<persons).flatMap { person in
      let (own, turn) = (level * normal(&random), slope * normal(&random))
      return (0...Int(random.next(below: 5))).map { wave in
        let time = 3 + Double(wave) + (person % 2 == 0 ? 0 : normal(&random) / 5)
        let value = 20 + own + (0.5 + turn) * time + noise * normal(&random)
        return GrowthObservation(person: person * 3, time: time, value: value)
      }
    }
  }

  static func normal(_ random: inout Xoshiro256StarStar) -> Double {
    Distribution.normalQuantile(Double(random.next() >> 12) * 0x1p-52 + 0x1p-53)
  }
}
