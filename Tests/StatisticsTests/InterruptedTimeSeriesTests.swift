import Testing

@testable import Statistics

@Suite struct InterruptedTimeSeriesTests {
  private func series(_ random: inout Xoshiro256StarStar, _ count: Int) -> [Double] {
    var drift = 0.0
    return (0..<count).map { _ in
      drift = 0.6 * drift + DenseModel.normal(&random)
      return 40 + drift
    }
  }

  /// Everything but the standard errors of Newey and West by separate lines, they by a sum over
  /// all pairs of values.
  @Test(arguments: 1...12)
  func `the numbers are those of the definition`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let (count, firstAfter, lag) = (30, 4 + Int(random.next(below: 22)), Int(seed % 6))
    let values = series(&random, count)
    let model = InterruptedTimeSeries(values, firstAfter: firstAfter, lag: lag)
    let rows = (1...count).map { step -> [Double] in
      let since = Double(step - firstAfter)
      return [1, Double(step), since >= 0 ? 1 : 0, since >= 0 ? since : 0]
    }
    let design = Matrix(rows: count, columns: 4, elements: rows.flatMap(\.self))
    let inverse = try #require(Cholesky(design.transposed * design), "seed \(seed)").inverse
    let response = Matrix(rows: count, columns: 1, elements: values)
    let coefficients = inverse * (design.transposed * response)
    let left = zip(values, (design * coefficients).elements).map { $0 - $1 }
    var meat = Matrix(rows: 4, columns: 4)
    for first in 0..<count {
      for second in 0..<count where abs(first - second) <= lag {
        let weight = 1 - Double(abs(first - second)) / Double(lag + 1)
        for row in 0..<4 {
          for column in 0..<4 {
            meat[row, column] +=
              weight * rows[first][row] * left[first] * left[second] * rows[second][column]
          }
        }
      }
    }
    let robust = inverse * meat * inverse
    let squares = left.reduce(0) { $0 + $1 * $1 }
    let found = [model.intercept, model.slopeBefore, model.levelChange, model.slopeChange]
    for (index, coefficient) in found.enumerated() {
      let coefficient = try #require(coefficient, "seed \(seed)")
      #expect(abs(coefficient.value - coefficients[index, 0]) < 1e-9, "seed \(seed)")
      let ordinary = (squares / 26 * inverse[index, index]).squareRoot()
      #expect(abs((coefficient.standardError ?? 0) - ordinary) < 1e-10, "seed \(seed)")
      let error = robust[index, index].squareRoot()
      #expect(abs((coefficient.neweyWestError ?? 0) - error) < 1e-9, "seed \(seed)")
    }
    let summary = try #require(model.residuals, "seed \(seed)")
    let steps = zip(left, left.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
    let products = zip(left, left.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(summary.durbinWatson - steps / squares) < 1e-9, "seed \(seed)")
    #expect(abs(summary.lag1Autocorrelation - products / squares) < 1e-9, "seed \(seed)")
    #expect(abs(summary.standardDeviation - (squares / 26).squareRoot()) < 1e-10)
    let share = try #require(model.rSquared, "seed \(seed)")
    #expect(share >= 0 && share <= 1, "seed \(seed)")
  }

  @Test(arguments: 1...6)
  func `another unit and another zero change what they must`(seed: UInt64) throws {
    var random = Xoshiro256StarStar(seed: seed)
    let values = series(&random, 40)
    let plain = InterruptedTimeSeries(values, firstAfter: 18)
    let turned = InterruptedTimeSeries(values.map { 1e6 + 8 * $0 }, firstAfter: 18)
    #expect(plain.lag == 3 && turned.lag == 3)
    let pairs = [
      (plain.slopeBefore, turned.slopeBefore), (plain.levelChange, turned.levelChange),
      (plain.slopeChange, turned.slopeChange),
    ]
    for case (let first?, let second?) in pairs {
      #expect(abs(8 * first.value - second.value) < 1e-6, "seed \(seed)")
      let errors = (try #require(first.neweyWestError), try #require(second.neweyWestError))
      #expect(abs(8 * errors.0 - errors.1) < 1e-6, "seed \(seed)")
    }
    let watson = (plain.residuals?.durbinWatson ?? 0, turned.residuals?.durbinWatson ?? 1)
    #expect(abs(watson.0 - watson.1) < 1e-8, "seed \(seed)")
    let record = plain.record
    let (lower, upper) = (try #require(record.lower), try #require(record.upper))
    let change = try #require(record.value)
    #expect(lower < change && change < upper, "seed \(seed)")
  }

  @Test func `the change that was put in is found`() throws {
    var random = Xoshiro256StarStar(seed: 4)
    let values = (1...200).map { step -> Double in
      let since = Double(step - 101)
      let change = since >= 0 ? -12 + 0.5 * since : 0
      return 30 + 0.2 * Double(step) + change + DenseModel.normal(&random)
    }
    let model = InterruptedTimeSeries(values, firstAfter: 101)
    #expect(abs((model.levelChange?.value ?? 0) + 12) < 1)
    #expect(abs((model.slopeChange?.value ?? 0) - 0.5) < 0.02)
    let shorter = InterruptedTimeSeries(Array(values[50..<150]), firstAfter: 51)
    #expect(
      (model.levelChange?.neweyWestError ?? 1) < (shorter.levelChange?.neweyWestError ?? 0))
    #expect(model.lag == 4 && shorter.lag == 4)
  }

  @Test func `a missing step keeps its place`() throws {
    var line: [Double?] = []
    for step in 1...20 { line.append(Double(step) + (step % 2 == 0 ? 0.1 : -0.1)) }
    line[6] = nil
    let model = InterruptedTimeSeries(line, firstAfter: 11)
    #expect(model.n == 19 && model.missing == 1 && model.status == .ok)
    // Moving up the later steps would bend the line before the break.
    let slope = try #require(model.slopeBefore).value
    #expect(abs(slope - 1) < 0.05)
    let closed = InterruptedTimeSeries(line.compactMap(\.self), firstAfter: 10)
    let bent = try #require(closed.slopeBefore).value
    #expect(abs(bent - 1) > 0.05)
  }

  @Test func `a break needs two values on either side`() {
    let values = [3.0, 5, 4, 6, 5, 9, 8, 10, 9, 12]
    for firstAfter in [.min, -1, 0, 1, 2, 10, 11, 99, .max] {
      let model = InterruptedTimeSeries(values, firstAfter: firstAfter)
      #expect(model.status == .singular && model.levelChange == nil && model.residuals == nil)
      #expect(model.record.value == nil)
    }
    #expect(InterruptedTimeSeries(values, firstAfter: 3).intercept?.neweyWestError == nil)
    #expect(InterruptedTimeSeries(values, firstAfter: 3).levelChange?.neweyWestError != nil)
    #expect(InterruptedTimeSeries(values, firstAfter: 9).status == .ok)
  }

  @Test func `without residuals the coefficients stand alone`() throws {
    for values in [[4.0, 4, 4, 4, 4, 4], [0.1, 0.2, 0.3, 7.1, 7.4, 7.7], [5, 1, 2, 9]] {
      let model = InterruptedTimeSeries(values, firstAfter: values.count / 2 + 1)
      #expect(model.status == .noVarianceEstimate && model.residuals == nil)
      let change = try #require(model.levelChange)
      #expect(change.standardError == nil && change.neweyWestError == nil)
      #expect((model.rSquared == nil) == (values[0] == values[1]))
      #expect(model.record.confidence == nil)
    }
  }

  @Test func `too short, empty, and not finite`() {
    #expect(InterruptedTimeSeries([], firstAfter: 3).status == .noData)
    #expect(InterruptedTimeSeries([nil, nil], firstAfter: 2).status == .noData)
    #expect(InterruptedTimeSeries([1, 2, 3], firstAfter: 2).status == .insufficientN)
    for wrong in [Double.nan, .infinity, 1e200] {
      let model = InterruptedTimeSeries([1, 2, wrong, 3, 5, 4], firstAfter: 4)
      #expect(model.status == .invalidCodes && model.intercept == nil)
    }
    let large = InterruptedTimeSeries([1e140, 2e140, 4e140, 3e140, 9e140, 4e140], firstAfter: 4)
    #expect(large.status == .ok && large.residuals?.standardDeviation.isFinite == true)
  }
}
