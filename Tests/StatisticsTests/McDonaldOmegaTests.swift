import Testing

@testable import Statistics

@Suite struct McDonaldOmegaTests {
  private func model(_ loadings: [Double], _ uniquenesses: [Double]) -> SquareMatrix {
    var matrix = SquareMatrix(order: loadings.count)
    for row in loadings.indices {
      for column in loadings.indices {
        matrix[row, column] = loadings[row] * loadings[column]
      }
    }
    return matrix.shifted(diagonal: uniquenesses)
  }

  @Test func `a matrix that one factor made gives the factor back`() throws {
    let loadings = [0.9, 0.5, -0.3, 0.7, 0.6]
    let correlations = model(loadings, loadings.map { 1 - $0 * $0 })
    let fit = try OneFactorModel(correlations: correlations)
    for (found, true_) in zip(fit.loadings, loadings) {
      #expect(agree(found, true_, tolerance: 1e-9))
    }
    for (found, true_) in zip(fit.uniquenesses, loadings) {
      #expect(agree(found, 1 - true_ * true_, tolerance: 1e-9))
    }
    #expect(fit.discrepancy < 1e-12)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `no step from the solution leads downhill`(seed: UInt64) throws {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 3 + Int(seed) % 5, people: 150, missing: 0)
    let covariances = CompleteCases(items, minimumItems: 3).covariances()
    let deviations = covariances.diagonal.map { $0.squareRoot() }
    var correlations = covariances
    for row in deviations.indices {
      for column in deviations.indices {
        correlations[row, column] /= deviations[row] * deviations[column]
      }
    }
    let factor = try #require(correlations.cholesky())
    let objective = OneFactorObjective(
      correlations: correlations, logDeterminant: factor.logDeterminant)
    let fit = try OneFactorModel(correlations: correlations)
    let solution = fit.loadings + fit.uniquenesses
    let best = try #require(objective.evaluate(solution))
    for index in solution.indices {
      for step in [-1e-3, 1e-3] {
        var other = solution
        other[index] += step
        let value = try #require(objective.evaluate(other)).value
        #expect(value > best.value, "seed \(seed), parameter \(index)")
      }
    }
  }

  @Test func `the derivatives are those of the discrepancy`() throws {
    let correlations = model([0.8, 0.6, 0.5, 0.7], [0.4, 0.6, 0.7, 0.5])
    let objective = OneFactorObjective(correlations: correlations, logDeterminant: 0)
    let parameters = [0.7, 0.4, 0.6, 0.5, 0.5, 0.8, 0.6, 0.4]
    let point = try #require(objective.evaluate(parameters))
    let step = 1e-5
    for index in parameters.indices {
      var (up, down) = (parameters, parameters)
      up[index] += step
      down[index] -= step
      let (above, below) = (
        try #require(objective.evaluate(up)), try #require(objective.evaluate(down))
      )
      #expect(
        agree(point.gradient[index], (above.value - below.value) / (2 * step), tolerance: 1e-7))
      for other in parameters.indices {
        let slope = (above.gradient[other] - below.gradient[other]) / (2 * step)
        #expect(agree(point.hessian[index, other], slope, tolerance: 1e-7))
      }
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `the unit scales loadings and leaves omega and fit`(seed: UInt64) throws {
    var samples = RatingSamples(seed: seed)
    let items = samples.scale(items: 5, people: 120)
    let omega = McDonaldOmega(items: items)
    let scaled = McDonaldOmega(items: items.map { $0.map { $0.map { $0 * 250 - 3 } } })
    let shuffled = McDonaldOmega(items: samples.shuffled(items))
    #expect(omega.status == .ok)
    for other in [scaled, shuffled] {
      #expect(agree(omega.omega, other.omega, tolerance: 1e-9), "seed \(seed)")
      #expect(agree(omega.chiSquare, other.chiSquare, tolerance: 1e-8), "seed \(seed)")
    }
    for (first, second) in zip(omega.loadings, scaled.loadings) {
      #expect(agree(first * 250, second, tolerance: 1e-8), "seed \(seed)")
    }
    let turned = McDonaldOmega(items: items.map { $0.map { $0.map { -$0 } } })
    #expect(agree(omega.omega, turned.omega, tolerance: 1e-9) && turned.loadings.reduce(0, +) > 0)
  }

  @Test func `equal loadings make omega alpha`() {
    // Items of one variance that correlate alike: 2 × 2 × 2 orthogonal parts plus a common one.
    let parts: [[Double]] = [
      [1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1],
      [1, -1, -1, 1, 1, -1, -1, 1], [1, -1, -1, 1, -1, 1, 1, -1],
    ]
    let items = (0..<4).map { item in
      zip(parts[4], parts[item]).map { Double?(1.5 * $0 + $1) }
    }
    let omega = McDonaldOmega(items: items)
    #expect(agree(omega.omega, CronbachAlpha(items: items).alpha, tolerance: 1e-9))
    #expect(omega.pValue.map { $0 > 0.999 } == true && !omega.isHeywood)
  }

  @Test func `three items are fitted perfectly, a Heywood case is said`() throws {
    // Correlations .8, .7, .3: the first loading is √(.8 · .7 / .3) > 1.
    let triangle: [[Double]] = [[1, 0, 0], [0.8, 0.6, 0], [0.7, -0.43333333333333335, 0]]
    let signs: [[Double]] = [
      [1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1],
    ]
    let last = (1 - 0.49 - triangle[2][1] * triangle[2][1]).squareRoot()
    let items = triangle.indices.map { item in
      signs[0].indices.map { person -> Double? in
        let third = item == 2 ? last : 0
        return triangle[item][0] * signs[0][person] + triangle[item][1] * signs[1][person]
          + third * signs[2][person]
      }
    }
    let omega = McDonaldOmega(items: items)
    #expect(omega.status == .ok && omega.isHeywood)
    #expect(omega.record.caveats == ["heywood_case"])
    #expect(agree(omega.loadings[0], (0.8 * 0.7 / 0.3).squareRoot(), tolerance: 1e-9))
    #expect(omega.degreesOfFreedom == 0 && omega.pValue == nil)
    #expect(agree(omega.chiSquare, 0))
  }

  @Test func `what has no omega says why`() {
    func status(_ items: [[Double?]]) -> Status { McDonaldOmega(items: items).status }
    var samples = RatingSamples(seed: 1)
    let items = samples.scale(items: 4, people: 50, missing: 0)
    #expect(status([]) == .tooFewItems && status(Array(items.prefix(2))) == .tooFewItems)
    #expect(status([[], [], []]) == .noData)
    #expect(status(items.map { Array($0.prefix(4)) }) == .insufficientN)
    #expect(status(items.map { Array($0.prefix(1)) }) == .insufficientN)
    #expect(status(items + [items[0]]) == .singular)
    #expect(status(items + [items[0].map { _ in 0.1 }]) == .singular)
    #expect(status(items + [items[0].map { _ in .nan }]) == .invalidCodes)
    // No pair of items that correlates alike: r12 and r13 positive, r23 negative.
    let signs: [[Double?]] = [
      [3, 2, 2, 1, -1, -2, -2, -3], [2, 3, -1, 0, 1, 0, -3, -2], [2, -1, 3, 0, 0, -3, 1, -2],
    ]
    let failed = McDonaldOmega(items: signs)
    #expect(failed.status == .notConverged || failed.status == .singular)
    #expect(failed.omega == nil && failed.loadings == [] && failed.chiSquare == nil)
  }
}
