import Indicators
import Testing

/// The figures of a whole programme, told as of seven days and periods, against a naive replay
/// of its log. Late and corrected records must change a figure only from the day they came.
@Suite struct `A whole programme replayed` {
  @Test(arguments: ProgrammeCase.names) func `attendance is that of the oracle`(
    name: String
  ) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let cells = Figures.attendance(programme.attendance, in: programme.frame)
    for (scope, expected) in try #require(oracle.expected["attendance_rate"]).object {
      guard let rate = cells.term("attendance_rate", scope),
        let coverage = cells.term("attendance_recording_coverage", scope)
      else {
        // A unit nobody belonged to has no cell, and the oracle nothing to say about it.
        #expect(expected["expected_pairs"] == .number(0), "\(scope)")
        continue
      }
      #expect(rate.status == expected["status"]?.text)
      #expect(oracle.agrees(rate.value, expected["estimate"]), "\(scope)")
      #expect(oracle.agrees(rate.numerator, expected["numerator"]), "\(scope)")
      #expect(oracle.agrees(rate.denominator, expected["denominator"]), "\(scope)")
      #expect(oracle.agrees(rate.detail("excused"), expected["excused"]), "\(scope)")
      #expect(oracle.agrees(rate.coverage, expected["recording_coverage"]), "\(scope)")
      #expect(oracle.agrees(coverage.value, expected["recording_coverage"]), "\(scope)")
      #expect(oracle.agrees(coverage.numerator, expected["recorded_pairs"]), "\(scope)")
      #expect(oracle.agrees(coverage.denominator, expected["expected_pairs"]), "\(scope)")
    }
  }

  @Test(arguments: ProgrammeCase.names) func `five people are behind a unit as the oracle counts`(
    name: String
  ) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let cells = Figures.attendance(programme.attendance, in: programme.frame)
    for (unit, expected) in try #require(oracle.expected["publishable_attendance_by_unit"]).object {
      let people = cells.term("attendance_rate", "unit:\(unit)")?.nPeople ?? 0
      #expect(JSONValue.bool(people >= 5) == expected, "\(unit)")
    }
  }

  @Test(arguments: ProgrammeCase.names) func `delivery is that of the oracle`(name: String) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let cells = Figures.delivery(programme.sessions, in: programme.frame)
    for (scope, expected) in try #require(oracle.expected["session_delivery_rate"]).object {
      let cell = try #require(cells.term("session_delivery_rate", scope))
      #expect(oracle.agrees(cell.numerator, expected["numerator"]), "\(scope)")
      #expect(oracle.agrees(cell.denominator, expected["denominator"]), "\(scope)")
      if (1..<5).contains(cell.n) {
        #expect(cell.status == "below_minimum_n")
        #expect(cell.value == nil && cell.lower == nil && cell.upper == nil)
      } else {
        #expect(cell.status == expected["status"]?.text)
        #expect(oracle.agrees(cell.value, expected["estimate"]), "\(scope)")
        #expect(oracle.agrees(cell.lower, expected["lower"]), "\(scope)")
        #expect(oracle.agrees(cell.upper, expected["upper"]), "\(scope)")
      }
    }
  }

  @Test(arguments: ProgrammeCase.names) func `dose is that of the oracle`(name: String) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let cells = Figures.dose(programme.dose, in: programme.frame)
    let cell = try #require(cells.term("dose_hours", "programme"))
    let expected = try #require(oracle.expected["dose_hours"])
    #expect(Double(cell.n) == expected["n"]?.number)
    #expect(oracle.agrees(cell.value, expected["mean"]))
    for detail in ["sd", "median", "share_zero"] {
      #expect(oracle.agrees(cell.detail(detail), expected[detail]), "\(detail)")
    }
    let hours = try #require(expected["per_participant"]).object.values.compactMap(\.number)
    #expect(abs((cell.numerator ?? 0) - hours.reduce(0, +)) < 1e-9)
  }

  @Test(arguments: ProgrammeCase.names) func `regularity is that of the oracle`(
    name: String
  ) throws {
    let oracle = try ProgrammeCase(name)
    // The oracle counts months that are not over yet; here they are only counted once they are.
    let programme = try ReplayedProgramme(oracle, asOf: max(oracle.asOf, oracle.until))
    let cells = Figures.regularity(programme.sessions, in: programme.frame)
    for (team, expected) in try #require(oracle.expected["regularity"]).object {
      let interval = try #require(cells.term("meeting_interval", "team:\(team)"))
      #expect(Double(interval.n) == expected["sessions_held"]?.number, "\(team)")
      #expect(oracle.agrees(interval.value, expected["median_interval_days"]), "\(team)")
      #expect(oracle.agrees(interval.detail("max_gap_days"), expected["max_gap_days"]), "\(team)")
      #expect(oracle.agrees(interval.detail("cv"), expected["interval_cv"]), "\(team)")
      let months = try #require(cells.term("plan_conformity_months", "team:\(team)"))
      #expect(oracle.agrees(months.value, expected["plan_conformity"]), "\(team)")
      #expect(oracle.agrees(months.numerator, expected["months_with_1_or_2"]), "\(team)")
      #expect(oracle.agrees(months.denominator, expected["months_in_period"]), "\(team)")
      #expect(oracle.agrees(months.detail("none"), expected["months_with_none"]), "\(team)")
      #expect(oracle.agrees(months.detail("above"), expected["months_above_plan"]), "\(team)")
    }
  }

  @Test(arguments: ProgrammeCase.names) func `hours are those of the oracle`(name: String) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let cells = Figures.hours(programme.hours, in: programme.frame)

    let coverage = try #require(cells.term("hours_allocation_coverage", "programme"))
    let expectedCoverage = try #require(oracle.expected["hours_allocation_coverage"])
    #expect(coverage.status == expectedCoverage["status"]?.text)
    #expect(oracle.agrees(coverage.value, expectedCoverage["estimate"]))
    #expect(oracle.agrees(coverage.lower, expectedCoverage["lower"]))
    #expect(oracle.agrees(coverage.upper, expectedCoverage["upper"]))
    #expect(oracle.agrees(coverage.numerator, expectedCoverage["numerator"]))
    #expect(oracle.agrees(coverage.denominator, expectedCoverage["denominator"]))
    #expect(oracle.agrees(coverage.detail("unknown"), expectedCoverage["unknown"]))

    let ratio = try #require(cells.term("hours_compensation_ratio", "programme"))
    let expectedRatio = try #require(oracle.expected["hours_compensation_ratio"])
    #expect(oracle.agrees(ratio.value, expectedRatio["ratio"]))
    #expect(oracle.agrees(ratio.numerator, expectedRatio["allocated"]))
    #expect(oracle.agrees(ratio.denominator, expectedRatio["spent"]))
    #expect(Double(ratio.n) == expectedRatio["n_both"]?.number)
    let covered = try #require(expectedRatio["participants_fully_covered"])
    #expect(oracle.agrees(ratio.detail("fully_covered"), covered["numerator"]))
    #expect(oracle.agrees(ratio.detail("fully_covered_share"), covered["estimate"]))
    #expect(oracle.agrees(ratio.detail("fully_covered_lower"), covered["lower"]))
    #expect(oracle.agrees(ratio.detail("fully_covered_upper"), covered["upper"]))
  }

  @Test(arguments: ProgrammeCase.names) func `answers and scores are those of the oracle`(
    name: String
  ) throws {
    let oracle = try ProgrammeCase(name)
    let programme = try ReplayedProgramme(oracle)
    let names = ReplayedProgramme.isolationItems
    let items = Figures.items(
      programme.answers,
      items: names.map {
        SurveyItem(instrument: "isolation", item: $0, minimum: 1, maximum: 7)
      }, invited: [:], in: programme.frame)
    let scores = Figures.isolation(
      programme.responses,
      scales: [
        SurveyScale(
          instrument: "isolation", version: "1", scale: "iso4", items: names, reversed: ["ISO2"],
          minimum: 1,
          maximum: 7, minimumValid: nil)
      ], invited: [:], in: programme.frame)

    for wave in ["w1", "w2"] {
      let expected = try #require(oracle.expected["isolation_scale_\(wave)"])
      guard let scale = scores.wave(wave, "iso4"), let item = items.wave(wave, "ISO1") else {
        #expect(expected["responded"]?.number == 0, "\(wave)")
        continue
      }
      #expect(oracle.agrees(scale.value, expected["mean"]), "\(wave)")
      #expect(oracle.agrees(scale.detail("sd"), expected["sd"]), "\(wave)")
      #expect(oracle.agrees(scale.detail("n_responses"), expected["responded"]), "\(wave)")
      #expect(oracle.agrees(scale.detail("n_prorated"), expected["prorated"]), "\(wave)")
      #expect(Double(scale.n) == expected["scored"]?.number, "\(wave)")

      let profile = try #require(expected["item_ISO1"])
      #expect(item.status == profile["status"]?.text)
      #expect(oracle.agrees(item.value, profile["mean"]), "\(wave)")
      #expect(oracle.agrees(item.denominator, profile["n_valid"]), "\(wave)")
      for detail in [
        "n_answered", "n_not_relevant", "n_skipped", "sd", "median", "q1", "q3", "top2_count",
        "top2_of_valid", "top2_lower", "top2_upper", "top2_of_answered", "bottom2_of_valid",
        "bottom2_of_answered",
      ] {
        #expect(oracle.agrees(item.detail(detail), profile[detail]), "\(wave) \(detail)")
      }
      for (step, count) in try #require(profile["counts"]).object {
        #expect(oracle.agrees(item.detail("c\(step)"), count), "\(wave) c\(step)")
      }
    }
  }
}

extension [Cell] {
  /// The cell of the case's period: its scope written as the oracles do, `team:team1`.
  func term(_ indicator: String, _ scope: String) -> Cell? {
    let parts = scope.split(separator: ":").map(String.init)
    let kind: Cell.ScopeKind = parts[0] == "team" ? .group : parts[0] == "unit" ? .unit : .programme
    return first {
      $0.indicator == indicator && $0.periodKind == .term && $0.scopeKind == kind
        && (parts.count == 1 || $0.scope == parts[1])
    }
  }

  func wave(_ wave: String, _ item: String) -> Cell? {
    first { $0.scopeKind == .programme && $0.period == wave && $0.item == item }
  }
}

extension Cell {
  func detail(_ name: String) -> Double? { details.first { $0.name == name }?.value }
}
