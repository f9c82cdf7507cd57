@testable import varde_oracle

/// The comparison rule of the oracle sets: `|answer − expected| ≤ abs + rel·|expected|`, with wider
/// tolerances for named keys and everything below them. Further members of an answer are fine.
struct Comparison {
  private(set) var differences: [String] = []
  private let perKey: [JSON.Member]

  init(expected: JSON, answer: JSON, tolerance: JSON) {
    perKey = tolerance["per_key"]?.members ?? []
    compare(
      "", expected, answer,
      Tolerance(
        absolute: tolerance["abs"]?.number ?? 0, relative: tolerance["rel"]?.number ?? 0))
  }

  private struct Tolerance {
    var absolute: Double
    var relative: Double

    func widened(to tolerance: Double?) -> Tolerance {
      guard let tolerance else { return self }
      return Tolerance(
        absolute: max(absolute, tolerance), relative: max(relative, tolerance))
    }
  }

  private mutating func compare(
    _ path: String, _ expected: JSON, _ answer: JSON, _ tolerance: Tolerance
  ) {
    switch (expected, answer) {
    case (.object(let members), .object):
      for member in members {
        let path = path + "." + member.name
        guard let value = answer[member.name] else {
          differences.append("\(path): missing")
          continue
        }
        let own = perKey.first { $0.name == member.name }?.value.number
        compare(path, member.value, value, tolerance.widened(to: own))
      }
    case (.array(let wanted), .array(let given)) where wanted.count == given.count:
      for (index, pair) in zip(wanted, given).enumerated() {
        compare("\(path)[\(index)]", pair.0, pair.1, tolerance)
      }
    case (.number(let wanted), .number(let given)):
      let allowed = tolerance.absolute + tolerance.relative * wanted.magnitude
      // Written so that NaN does not pass.
      if !((wanted - given).magnitude <= allowed) { differ(path, expected, answer) }
    default:
      if expected != answer { differ(path, expected, answer) }
    }
  }

  private mutating func differ(_ path: String, _ expected: JSON, _ answer: JSON) {
    differences.append("\(path): expected \(expected.text), got \(answer.text)")
  }
}
