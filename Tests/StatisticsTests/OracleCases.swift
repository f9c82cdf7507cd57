import FoundationEssentials

@testable import varde_oracle

/// The committed set of oracle cases, found beside this folder.
enum OracleCases {
  static let folder: String = {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return tests.joined(separator: "/") + "/Oracles"
  }()

  /// Cases of whole programmes have tests of their own.
  private static let elsewhere = ["programme_"]

  /// File names of the cases of a statistic, sorted; empty if the folder cannot be read.
  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/cases")
    return (files ?? []).filter { name in
      name.hasSuffix(".json") && !elsewhere.contains { name.hasPrefix($0) }
    }.sorted()
  }()

  static func load(_ name: String) throws -> OracleCase {
    let path = folder + "/cases/" + name
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CaseError.unreadable(path)
    }
    return asking(try OracleCase(Array(data), folder: folder))
  }

  /// Some survival cases say only in their answer at which times they want values.
  private static func asking(_ oracle: OracleCase) -> OracleCase {
    guard let times = oracle.expected["at"], case .object(let members) = oracle.parameters else {
      return oracle
    }
    var oracle = oracle
    oracle.parameters = .object(members + [JSON.Member(name: "at", value: times)])
    return oracle
  }
}
