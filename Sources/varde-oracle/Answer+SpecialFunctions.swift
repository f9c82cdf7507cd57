internal import Statistics

/// The functions that intervals and p-values are made of, at given points.
extension OracleCase {
  func specialFunction() throws(CaseError) -> JSON {
    let name = try text(parameters, "function")
    switch name {
    case "normal":
      return try evaluate(
        name,
        [
          ("cdf", ["x"], { Distribution.normalProbability($0[0]) }),
          ("quantile", ["p"], { Distribution.normalQuantile($0[0]) }),
        ])
    case "student_t":
      return try evaluate(
        name,
        [
          (
            "cdf", ["x", "df"], { Distribution.studentProbability($0[0], degreesOfFreedom: $0[1]) }
          ),
          (
            "quantile", ["p", "df"],
            { Distribution.studentQuantile($0[0], degreesOfFreedom: $0[1]) }
          ),
        ])
    case "f":
      return try evaluate(
        name,
        [
          ("quantile", ["p", "df1", "df2"], { Distribution.fisherQuantile($0[0], $0[1], $0[2]) }),
          ("upper_tail", ["x", "df1", "df2"], { Distribution.fisherTail($0[0], $0[1], $0[2]) }),
        ])
    case "chi_square":
      return try evaluate(
        name,
        [
          (
            "upper_tail", ["x", "df"],
            { Distribution.chiSquareTail($0[0], degreesOfFreedom: $0[1]) }
          )
        ])
    case "beta":
      return try evaluate(
        name,
        [
          (
            "regularized_incomplete", ["a", "b", "x"],
            { Distribution.betaProbability($0[2], $0[0], $0[1]) }
          ),
          ("quantile", ["a", "b", "p"], { Distribution.betaQuantile($0[2], $0[0], $0[1]) }),
          ("log_gamma", ["x"], { Distribution.logGamma($0[0]) }),
        ])
    default: throw .unknownStatistic("special_function \(name)")
    }
  }

  private typealias Part = (key: String, arguments: [String], value: ([Double]) -> Double?)

  /// For each part, its value at each point, beside the point's arguments.
  private func evaluate(_ name: String, _ parts: [Part]) throws(CaseError) -> JSON {
    var members: [JSON.Member] = []
    for part in parts {
      var rows: [JSON] = []
      for point in points(name, part.key, part.arguments) {
        guard point.count == part.arguments.count, isInDomain(part.arguments, point) else {
          throw .malformed("a point of \(name) \(part.key)")
        }
        let arguments = zip(part.arguments, point).map { JSON.Member(name: $0, value: JSON($1)) }
        rows.append(.object(arguments + [.init(name: "value", value: JSON(part.value(point)))]))
      }
      members.append(.init(name: part.key, value: .array(rows)))
    }
    return .object(members)
  }

  /// The points at which to evaluate: those the case gives; otherwise a grid that reaches from the
  /// middle of each distribution far into its tails.
  private func points(_ name: String, _ key: String, _ arguments: [String]) -> [[Double]] {
    let given = [input["inline"], parameters].lazy.compactMap { $0?[key]?.array }.first
    guard let given else { return SpecialFunctionGrid.points(name, key) }
    return given.map { point in arguments.compactMap { point[$0]?.number } }
  }

  private func isInDomain(_ arguments: [String], _ point: [Double]) -> Bool {
    zip(arguments, point).allSatisfy { argument, value in
      switch argument {
      case "x": true
      case "p": value >= 0 && value <= 1
      default: value > 0
      }
    }
  }
}
