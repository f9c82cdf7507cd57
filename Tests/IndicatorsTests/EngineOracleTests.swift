import EventLog
import Events
import Indicators
import Postgres
import TestSupport
import Testing

@Suite struct `The engine on facts` {
  /// The figures themselves are checked against the oracles elsewhere; here the way from the
  /// facts at a position to the same cells, intervals and seeds included.
  @Test func `gives the cells of the replayed programme at every position`() throws {
    let log = try TestLog(readSide: true)
    let facts = FactRows(session: log.administrator, institution: log.institution.id)
    let programme = FactsOfOracle(
      try ProgrammeCase("programme_a_year_known_finally").events, into: facts)
    let people = (1...20).map { ($0 < 10 ? "p0" : "p") + String($0) }
    try programme.write(people: people)
    let items = ReplayedProgramme.isolationItems
    for item in items { try facts.item(item, "isolation", of: "A", at: 0) }
    try facts.scale("isolation", of: "A", items: items, reversed: ["ISO2"], at: 0)

    for name in ProgrammeCase.names {
      let oracle = try ProgrammeCase(name)
      try log.administrator.execute("DELETE FROM fact.programme; DELETE FROM fact.programme_group")
      let last = oracle.until.adding(days: -1)
      try facts.programme(
        "A", startsOn: oracle.from.description,
        terms: """
          [{"code":"P","from":"\(String(oracle.from.description.dropFirst(5)))",
            "to":"\(String(last.description.dropFirst(5)))"}]
          """)
      for (index, team) in oracle.teams.enumerated() {
        try facts.group(team, of: "A", formedOn: oracle.from.description, at: -index)
      }
      let engine = try IndicatorEngine(
        session: try log.session("varde_projector"), institution: log.institution.id,
        institutionCode: "fjordvik", programme: "A",
        at: Int64(programme.position(asOf: oracle.asOf)), asOf: oracle.asOf.description)
      let replayed = try ReplayedProgramme(oracle).cells()
      let periods = Set(engine.periods.map(\.code)).intersection(replayed.map(\.period))
        .union(["w1", "w2"])
      let expected = replayed.filter { periods.contains($0.period) }
      let computed = try engine.cells().filter { periods.contains($0.period) }
      #expect(computed.count == expected.count, "\(name)")
      #expect(expected.isEmpty == (name == "programme_a_before_start"))
      for (ours, theirs) in zip(computed, expected) { #expect(ours == theirs, "\(name)") }
    }
  }
}

extension ReplayedProgramme {
  /// All cells, in the engine's order.
  func cells() -> [Cell] {
    let names = Self.isolationItems
    let cells =
      Figures.attendance(attendance, in: frame) + Figures.delivery(sessions, in: frame)
      + Figures.regularity(sessions, in: frame) + Figures.dose(dose, in: frame)
      + Figures.hours(hours, in: frame)
      + Figures.items(
        answers,
        items: names.map {
          SurveyItem(instrument: "isolation", item: $0, minimum: 1, maximum: 7)
        }, invited: [:], in: frame)
      + Figures.isolation(
        responses,
        scales: [
          SurveyScale(
            instrument: "isolation", version: "1", scale: "pit6", items: names, reversed: ["ISO2"],
            minimum: 1,
            maximum: 7, minimumValid: nil)
        ], invited: [:], in: frame)
    return cells.sorted { $0.place.lexicographicallyPrecedes($1.place) }
  }
}

extension Cell {
  fileprivate var place: [String] {
    [indicator, scopeKind.rawValue, scope, periodKind.rawValue, period, item]
  }
}
