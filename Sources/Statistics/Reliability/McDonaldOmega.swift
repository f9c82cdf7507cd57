internal import Glibc

/// Reliability of a sum score when one factor is behind the items but they need not carry it
/// equally: (Σλ)² / ((Σλ)² + Σψ), from maximum likelihood on the covariances (denominator n).
///
/// Whole rows only (listwise); nothing is reversed here.
///
/// Status: `ok`, with `isHeywood` and the caveat `heywood_case` where an item is left less than
/// no variance of its own; `not_converged` when no minimum is found; `singular` when the items'
/// covariances are (an item that does not vary or repeats others) or do not tell one solution
/// from another; `no_denominator` for 0/0; `insufficient_n` unless there are more complete
/// people than items; `no_data` for none; `too_few_items` below three; `invalid_codes` when an
/// answer is not a usable number.
///
/// Source: McDonald (1999), Test Theory, Erlbaum, ch. 6; Jöreskog (1967),
/// doi:10.1007/BF02289658.
public struct McDonaldOmega: ResultRecordConvertible, Equatable {
  public let status: Status
  /// People who answered every item.
  public let n: Int
  /// People left out because an answer is missing.
  public let incomplete: Int
  public let itemCount: Int
  /// Share of the sum score's variance that is the factor's.
  public let omega: Double?
  /// In the unit of the answers, for a factor of variance 1; the sum is not negative. Empty
  /// without a solution.
  public let loadings: [Double]
  /// What each item's variance has beside the factor. Empty without a solution.
  public let uniquenesses: [Double]
  /// Likelihood-ratio test of the one factor: n times the discrepancy.
  public let chiSquare: Double?
  /// k(k − 3)/2 for k items.
  public let degreesOfFreedom: Int
  /// P(χ² > `chiSquare`); `nil` for three items, which one factor always fits.
  public let pValue: Double?

  /// Whether a uniqueness is negative: the model does not describe these items.
  public var isHeywood: Bool { uniquenesses.contains { $0 < 0 } }

  /// `items` holds one column per item and one entry per person, `nil` for missing.
  public init(items: [[Double?]]) {
    let cases = CompleteCases(items, minimumItems: 3)
    n = cases.count
    incomplete = cases.incomplete
    itemCount = items.count
    degreesOfFreedom = items.count * (items.count - 3) / 2
    let solution: Result<Solution, OneFactorModel.Failure>?
    if cases.problem == nil, cases.count > items.count {
      do throws(OneFactorModel.Failure) { solution = .success(try Solution(cases)) } catch {
        solution = .failure(error)
      }
    } else {
      solution = nil
    }
    guard case .success(let solution) = solution else {
      status =
        switch solution {
        case .failure(.singular): .singular
        case .failure(.notConverged): .notConverged
        default: cases.problem ?? .insufficientN
        }
      (omega, chiSquare, pValue) = (nil, nil, nil)
      (loadings, uniquenesses) = ([], [])
      return
    }
    loadings = solution.loadings
    uniquenesses = solution.uniquenesses
    let chiSquare = Double(n) * solution.discrepancy
    self.chiSquare = chiSquare
    pValue =
      degreesOfFreedom == 0
      ? nil
      : Distribution.chiSquareTail(chiSquare, degreesOfFreedom: Double(degreesOfFreedom))
    let common = exactSum(loadings) * exactSum(loadings)
    let own = exactSum(uniquenesses)
    // With less than no variance left over, the "share" would exceed 1.
    omega = own < 0 ? nil : quotient(common, common + own)
    status = own < 0 ? .singular : omega == nil ? .noDenominator : .ok
  }

  public var record: ResultRecord {
    ResultRecord(
      status: status, value: omega, method: "mcdonald_omega_ml", n: n,
      missing: MissingCounts(skipped: incomplete), caveats: isHeywood ? ["heywood_case"] : [])
  }
}

/// A fitted model in the unit of the answers.
private struct Solution {
  let loadings: [Double]
  let uniquenesses: [Double]
  let discrepancy: Double

  init(_ cases: CompleteCases) throws(OneFactorModel.Failure) {
    let covariances = cases.covariances()
    let deviations = covariances.diagonal.map { $0.squareRoot() }
    guard deviations.allSatisfy({ $0 > 0 }) else { throw .singular }
    var correlations = SquareMatrix(order: deviations.count)
    for row in deviations.indices {
      for column in deviations.indices {
        correlations[row, column] =
          row == column
          ? 1 : covariances[row, column] / (deviations[row] * deviations[column])
      }
    }
    // The likelihood is equivariant: fitting the correlations and scaling back is the same as
    // fitting the covariances, and does not depend on the unit.
    let model = try OneFactorModel(correlations: correlations)
    let shrink = (Double(cases.count - 1) / Double(cases.count)).squareRoot()
    loadings = zip(model.loadings, deviations).map { $0 * $1 * shrink }
    uniquenesses = zip(model.uniquenesses, deviations).map { psi, deviation in
      psi * (deviation * shrink) * (deviation * shrink)
    }
    discrepancy = model.discrepancy
  }
}
