/// Two samples put in one order: for each distinct value, how many of either have it. All that
/// ranks can say about two groups follows from it, without comparing every pair.
struct Overlap {
  /// How often one value occurs in either sample.
  struct Step {
    var first: Int
    var second: Int
  }

  let firstCount: Int
  let secondCount: Int
  /// The distinct values from the smallest up.
  let steps: [Step]
  /// Pairs in which the first sample is above, less pairs in which it is below.
  let score: Int
  /// Pairs of equal values.
  let ties: Int

  /// Values must not be NaN.
  init(_ first: [Double], _ second: [Double]) {
    let (first, second) = (ascending(first), ascending(second))
    var steps: [Step] = []
    var (score, ties) = (0, 0)
    steps.reserveCapacity(first.count + second.count)
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        var (i, j) = (0, 0)
        while i < first.count || j < second.count {
          let value = min(
            i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
          let (startI, startJ) = (i, j)
          while i < first.count, first[i] == value { i += 1 }
          while j < second.count, second[j] == value { j += 1 }
          let step = Step(first: i - startI, second: j - startJ)
          score += step.first * (startJ - (second.count - j))
          ties += step.first * step.second
          steps.append(step)
        }
      }
    }
    firstCount = first.count
    secondCount = second.count
    self.steps = steps
    self.score = score
    self.ties = ties
  }

  /// Every pair of one value of either sample.
  var pairs: Double { Double(firstCount) * Double(secondCount) }

  /// Σ(t³ − t) over the values of both samples together.
  var tieTerm: Double {
    exactSum(steps.lazy.map { MidRanks.cubeLessSelf(Double($0.first + $0.second)) })
  }

  /// Sums of squares about their means: of how many of the second sample each of the first beats
  /// less loses to, and the other way round.
  var squaresAboutMean: (first: Double, second: Double) {
    let means = (Double(score) / Double(firstCount), Double(score) / Double(secondCount))
    var (ofFirst, ofSecond): ([Double], [Double]) = ([], [])
    var below = (0, 0)
    for step in steps {
      let first = Double(2 * below.1 + step.second - secondCount) - means.0
      let second = Double(firstCount - 2 * below.0 - step.first) - means.1
      ofFirst.append(Double(step.first) * first * first)
      ofSecond.append(Double(step.second) * second * second)
      below = (below.0 + step.first, below.1 + step.second)
    }
    return (exactSum(ofFirst), exactSum(ofSecond))
  }
}
