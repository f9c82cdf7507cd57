import Events
import FoundationEssentials
import Testing

/// One whole-programme oracle: what a naive replay of an event log says about a period.
struct ProgrammeCase {
  let name: String
  let asOf: CivilDate
  let from: CivilDate
  let until: CivilDate
  let teams: [String]
  let events: String
  let expected: [String: JSONValue]
  let absolute: Double
  let relative: Double

  static let names = [
    "programme_a_before_start", "programme_a_one_month", "programme_a_term1_known_at_term_end",
    "programme_a_term1_known_mid_august", "programme_a_term1_known_finally",
    "programme_a_year_known_in_october", "programme_a_year_known_finally",
  ]

  private static let folder = {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Oracles")
  }()

  init(_ name: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: "cases/\(name).json"))
    let json = try JSONDecoder().decode(JSONValue.self, from: data)
    let parameters = try #require(json["params"])
    func date(_ key: String) throws -> CivilDate {
      let text = try #require(parameters[key]?.text)
      return try #require(CivilDate(text))
    }
    self.name = name
    asOf = try date("as_of")
    from = try date("period_start")
    until = try date("period_end_exclusive")
    teams = parameters["teams"]?.array.compactMap(\.text) ?? []
    let file = try #require(json["input"]?["file"]?.text)
    events = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    expected = try #require(json["expected"]).object
    absolute = try #require(json["tolerance"]?["abs"]?.number)
    relative = try #require(json["tolerance"]?["rel"]?.number)
  }

  /// Whether a computed number is the oracle's: both undefined, or within tolerance.
  func agrees(_ computed: Double?, _ oracle: JSONValue?) -> Bool {
    guard let computed, let number = oracle?.number else {
      return computed == nil && oracle == .null
    }
    return abs(computed - number) <= absolute + relative * abs(number)
  }
}
