import Events
import Indicators
import Testing

/// The rules of the single figures, one example each.
@Suite struct `Rules of the figures` {
  @Test func `coverage below 0.80 is a caveat, below 0.50 withholds attendance`() throws {
    let frame = try frame(people: 12)
    func cell(recorded: Int) throws -> Cell {
      let tallies = (0..<12).map { attendance($0, expected: 10, recorded: recorded, present: 3) }
      return try find("attendance_rate", .programme, in: Figures.attendance(tallies, in: frame))
    }
    let good = try cell(recorded: 8)
    #expect(good.status == "ok" && !good.caveats.contains("low_coverage"))
    let thin = try cell(recorded: 7)
    #expect(thin.status == "ok" && thin.caveats.contains("low_coverage") && thin.value != nil)
    let bad = try cell(recorded: 4)
    #expect(bad.status == "low_coverage" && bad.coverage == 0.4)
    #expect(bad.value == nil && bad.numerator == nil && bad.denominator == nil)
  }

  @Test func `nobody excused or recorded is no denominator, never 0 %`() throws {
    let frame = try frame(people: 6)
    let tallies = (0..<6).map { attendance($0, expected: 2, recorded: 0, present: 0) }
    let cells = Figures.attendance(tallies, in: frame)
    let rate = try find("attendance_rate", .programme, in: cells)
    #expect(rate.status == "no_denominator" && rate.value == nil && rate.denominator == 0)
    #expect(rate.nPeople == 0)
    let coverage = try find("attendance_recording_coverage", .programme, in: cells)
    #expect(coverage.status == "ok" && coverage.value == 0)
  }

  @Test func `fewer than ten people keep the value and lose the interval`() throws {
    func cell(people: Int) throws -> Cell {
      let tallies = (0..<people).map {
        attendance($0, expected: 4, recorded: 4, present: $0 % 5)
      }
      return try find(
        "attendance_rate", .programme,
        in: Figures.attendance(tallies, in: try frame(people: people)))
    }
    let nine = try cell(people: 9)
    #expect(nine.value != nil && nine.lower == nil && nine.seed == nil)
    #expect(nine.caveats.contains("interval_withheld_few_clusters"))
    let ten = try cell(people: 10)
    #expect(ten.lower != nil && ten.method == "bca" && ten.confidence == 0.95)
    // SHA-256 of "attendance_rate|programme:TST|2025V|2026-03-01|2000", first eight bytes.
    #expect(ten.seed == "14854753299335203057")
  }

  @Test func `an interval of no width is not shown`() throws {
    let tallies = (0..<12).map { attendance($0, expected: 3, recorded: 3, present: 3) }
    let cell = try find(
      "attendance_rate", .programme,
      in: Figures.attendance(tallies, in: try frame(people: 12)))
    #expect(cell.value == 1 && cell.lower == nil && cell.method == nil)
    #expect(cell.caveats.contains("interval_withheld_no_variation"))
  }

  @Test func `delivery goes by the planned day and lists extra sessions`() throws {
    let cells = try Figures.delivery(
      [
        session(.held, planned: "2025-01-30", held: "2025-02-03"),
        session(.held, planned: "2025-01-08", held: "2025-01-08"),
        session(.held, planned: "2025-01-15", held: "2025-01-15"),
        session(.cancelled, planned: "2025-01-20", held: nil),
        session(.planned, planned: "2025-01-27", held: nil),
        session(.held, planned: nil, held: "2025-01-28"),
      ], in: frame(people: 6))
    let january = try find("session_delivery_rate", .group, period: "2025-01", in: cells)
    #expect(january.numerator == 3 && january.denominator == 5 && january.value == 0.6)
    #expect(detail("unplanned_held", january) == 1 && detail("cancelled", january) == 1)
    #expect(january.nPeople == 6)
    let february = try find("session_delivery_rate", .group, period: "2025-02", in: cells)
    #expect(february.status == "no_denominator" && february.value == nil)
  }

  @Test func `holiday months and months still open are not months without a session`() throws {
    let sessions = try ["2025-01-08", "2025-02-08", "2025-03-08"].map {
      try session(.held, planned: $0, held: $0)
    }
    let whole = try find(
      "plan_conformity_months", .group,
      in: Figures.regularity(sessions, in: try frame(people: 6)))
    // January to July without July.
    #expect(whole.numerator == 3 && whole.denominator == 6 && detail("none", whole) == 3)
    #expect(whole.lower != nil && whole.method == "wilson")
    let soFar = try find(
      "plan_conformity_months", .group,
      in: Figures.regularity(sessions, in: try frame(people: 6, asOf: "2025-04-15")))
    #expect(soFar.denominator == 3 && soFar.value == 1 && soFar.lower == nil)
    #expect(soFar.caveats == ["descriptive", "provisional"])
  }

  @Test func `the gap still open is told apart`() throws {
    let sessions = try ["2025-01-08", "2025-01-22", "2025-03-22"].map {
      try session(.held, planned: $0, held: $0)
    }
    let cell = try find(
      "meeting_interval", .group,
      in: Figures.regularity(sessions, in: try frame(people: 6, asOf: "2025-04-01")))
    #expect(cell.value == 36.5 && cell.n == 3)
    #expect(detail("max_gap_days", cell) == 59 && detail("gaps_over_45", cell) == 1)
    #expect(detail("open_gap_days", cell) == 10)
  }

  @Test func `hours nobody knows are not 0 hours`() throws {
    let records = (0..<8).map {
      HoursRecord(
        person: $0, term: "2025V", allocated: $0 < 6 ? Double($0 * 5) : nil, spent: 10)
    }
    let cells = Figures.hours(records, in: try frame(people: 8))
    let coverage = try find("hours_allocation_coverage", .programme, in: cells)
    #expect(coverage.numerator == 5 && coverage.denominator == 6)
    #expect(coverage.coverage == 0.75 && coverage.caveats.contains("low_coverage"))
    #expect(detail("unknown", coverage) == 2 && detail("zero", coverage) == 1)
    let ratio = try find("hours_compensation_ratio", .programme, in: cells)
    #expect(ratio.value == 75.0 / 60 && ratio.n == 6)
    #expect(detail("fully_covered", ratio) == 4)
  }

  @Test func `not relevant is a category of its own, and both denominators stand side by side`()
    throws
  {
    let cells = Figures.items(
      [answer(7, 3), answer(2, 3), answer(.notRelevant, 4), answer(.skipped, 2)],
      items: [RandomProgramme.item], invited: ["W0": 20], in: try frame(people: 6))
    let cell = try find("item_profile", .programme, period: "W0", in: cells)
    #expect(cell.value == 4.5 && cell.n == 6 && cell.nPeople == 6)
    #expect(detail("top2_of_valid", cell) == 0.5 && detail("top2_of_answered", cell) == 0.3)
    #expect(detail("c7", cell) == 3 && detail("c1", cell) == 0)
    #expect(detail("n_not_relevant", cell) == 4 && detail("n_skipped", cell) == 2)
    #expect(cell.coverage == 0.6)
  }

  @Test func `four answers give no figure and no counts`() throws {
    let cells = Figures.items(
      [answer(7, 4), answer(.notRelevant, 9)], items: [RandomProgramme.item], invited: [:],
      in: try frame(people: 6))
    let cell = try find("item_profile", .programme, period: "W0", in: cells)
    #expect(cell.status == "below_minimum_n" && cell.value == nil && cell.nPeople == 4)
    #expect(detail("c7", cell) == nil && detail("n_not_relevant", cell) == 9)
  }

  @Test func `an answer off the scale stops the item, it is not averaged`() throws {
    let cells = Figures.items(
      [answer(7, 6), answer(8, 1)], items: [RandomProgramme.item], invited: [:],
      in: try frame(people: 6))
    let cell = try find("item_profile", .programme, period: "W0", in: cells)
    #expect(cell.status == "invalid_codes" && cell.value == nil)
  }

  @Test func `anonymous answers count for the whole, not for a unit`() throws {
    var anonymous = answer(5, 6)
    anonymous.unit = nil
    let cells = Figures.items(
      [anonymous], items: [RandomProgramme.item], invited: [:], in: try frame(people: 6))
    #expect(Set(cells.map(\.scopeKind)) == [.institution, .programme])
  }

  @Test func `more than a fifth prorated scores and a full floor are said`() throws {
    let scale = SurveyScale(
      instrument: "survey", version: "1", scale: "pit6", items: ["a", "b"], reversed: ["b"],
      minimum: 1,
      maximum: 7, minimumValid: nil)
    func response(_ scores: [Int?]) -> ScaleResponse {
      ScaleResponse(
        wave: "W0", instrument: "survey", version: "1", unit: nil, group: nil, minimum: 1,
        maximum: 7,
        scores: scores)
    }
    let cells = Figures.isolation(
      [
        response([1, 7]), response([1, 7]), response([3, nil]), response([nil, 4]),
        response([6, 4]), response([nil, nil]),
      ], scales: [scale], invited: [:], in: try frame(people: 6))
    let cell = try find("isolation_score", .programme, period: "W0", in: cells)
    #expect(cell.n == 5 && detail("n_too_few_items", cell) == 1)
    #expect(cell.value == (1 + 1 + 3 + 4 + 5) / 5.0)
    #expect(cell.caveats == ["floor_effect", "prorated_scores"])
    #expect(detail("floor_share", cell) == 0.4 && detail("ceiling_share", cell) == 0)
  }

  // MARK: Rows

  private func frame(people: Int, asOf: String = "2026-03-01") throws -> ProgrammeFrame {
    ProgrammeFrame(
      programme: "TST", institution: "fjordvik", asOf: try day(asOf),
      startsOn: try day("2025-01-01"), endsOn: nil, holidayMonths: [7],
      calendar: ProgrammeCalendar(
        terms: [TermRule(code: "V", from: "01-01", to: "07-31")].compactMap(\.self),
        first: try day("2025-01-01"), last: try day("2025-07-31")),
      groups: [GroupPlan(code: "TST-1", formedOn: try day("2025-01-01"), dissolvedOn: nil)],
      memberships: try (0..<people).map {
        Membership(
          person: $0, group: "TST-1", unit: "HUM", joinedOn: try day("2025-01-01"), leftOn: nil)
      })
  }

  private func attendance(
    _ person: Int, expected: Int, recorded: Int, present: Int
  ) -> AttendanceTally {
    // In January, and so in the term, which comes after its seven months.
    AttendanceTally(
      person: person, group: "TST-1", unit: "HUM", periods: [0, 7], expected: expected,
      recorded: recorded, excused: 0, present: present)
  }

  private func session(
    _ status: SessionRecord.Status, planned: String?, held: String?
  ) throws -> SessionRecord {
    SessionRecord(
      group: "TST-1", status: status, plannedOn: try planned.map(day), heldOn: try held.map(day))
  }

  private func answer(_ score: Int, _ count: Int) -> ItemTally {
    ItemTally(
      wave: "W0", instrument: "survey", item: "pit1", unit: "HUM", group: "TST-1",
      state: .answered, score: score, minimum: 1, maximum: 7, count: count)
  }

  private func answer(_ state: ItemTally.State, _ count: Int) -> ItemTally {
    ItemTally(
      wave: "W0", instrument: "survey", item: "pit1", unit: "HUM", group: "TST-1", state: state,
      score: nil, minimum: 1, maximum: 7, count: count)
  }

  private func find(
    _ indicator: String, _ kind: Cell.ScopeKind, period: String = "2025V", in cells: [Cell]
  ) throws -> Cell {
    try #require(
      cells.first {
        $0.indicator == indicator && $0.scopeKind == kind && $0.period == period
      })
  }

  private func detail(_ name: String, _ cell: Cell) -> Double? { cell.detail(name) }
}
