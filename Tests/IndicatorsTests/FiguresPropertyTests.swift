import Events
import Indicators
import Testing

/// What must hold for any programme.
@Suite struct `Figures of any programme` {
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `do not depend on the order of the rows`(
    seed: UInt64
  ) throws {
    let programme = try RandomProgramme(seed: seed)
    #expect(try programme.cells() == programme.shuffled(seed: seed &* 31).cells())
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `are numbers, and inside their intervals`(
    seed: UInt64
  ) throws {
    for cell in try RandomProgramme(seed: seed).cells() {
      let numbers =
        [cell.value, cell.lower, cell.upper, cell.numerator, cell.denominator, cell.coverage]
        + cell.details.map(\.value)
      #expect(numbers.allSatisfy { $0?.isFinite ?? true }, "\(cell)")
      #expect(cell.n >= 0 && cell.nPeople >= 0 && cell.nGroups >= 0)
      #expect(cell.caveats == cell.caveats.sorted())
      #expect(cell.details.map(\.name) == cell.details.map(\.name).sorted())
      #expect((cell.lower == nil) == (cell.method == nil), "\(cell)")
      if let value = cell.value, let lower = cell.lower, let upper = cell.upper {
        #expect(lower <= value && value <= upper, "\(cell)")
      }
      if cell.denominator == 0 { #expect(cell.value == nil && cell.status != "ok", "\(cell)") }
      if cell.status != "ok" { #expect(cell.value == nil, "\(cell)") }
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `have one cell per scope and period`(
    seed: UInt64
  ) throws {
    let keys = try RandomProgramme(seed: seed).cells().map {
      [$0.indicator, $0.scopeKind.rawValue, $0.scope, $0.periodKind.rawValue, $0.period, $0.item]
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `stay within their catalogue entry`(
    seed: UInt64
  ) throws {
    for cell in try RandomProgramme(seed: seed).cells() {
      let entry = try #require(Catalogue.definition(cell.indicator))
      #expect(entry.scopes.contains(cell.scopeKind) && entry.periods.contains(cell.periodKind))
      #expect(entry.version == cell.definitionVersion && entry.unitOfCount == cell.unitOfCount)
      #expect(entry.dateBasis == cell.dateBasis)
    }
  }

  @Test(
    arguments: 1...4 as ClosedRange<UInt64>,
    ["attendance_recording_coverage", "session_delivery_rate", "plan_conformity_months"])
  func `add up from the months to the term`(seed: UInt64, indicator: String) throws {
    let cells = try RandomProgramme(seed: seed).cells()
      .filter { $0.indicator == indicator && $0.scopeKind != .unit }
    let spring = Set((1...7).map { "2025-0\($0)" })
    for term in cells where term.period == "2025V" {
      let months = cells.filter { $0.scope == term.scope && spring.contains($0.period) }
      #expect(months.count == 7)
      #expect(months.compactMap(\.numerator).reduce(0, +) == term.numerator, "\(term.scope)")
      #expect(months.compactMap(\.denominator).reduce(0, +) == term.denominator, "\(term.scope)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `count somebody who never comes, but not as anybody's attendance`(seed: UInt64) throws {
    let programme = try RandomProgramme(seed: seed)
    let newcomer = Membership(
      person: 1000, group: "T-1", unit: "HUM", joinedOn: try day("2025-01-01"), leftOn: nil)
    let before = try programme.frame()
    let after = try programme.frame(memberships: programme.memberships + [newcomer])

    let expected = AttendanceTally(
      person: 1000, group: "T-1", unit: "HUM", periods: before.calendar.segments[0].periods,
      expected: 2, recorded: 2, excused: 0,
      present: 0)
    let rates = Figures.attendance(programme.attendance, in: before)
    let lower = Figures.attendance(programme.attendance + [expected], in: after)
    for (old, new) in zip(rates, lower) where old.indicator == "attendance_rate" {
      guard let numerator = old.numerator, let denominator = old.denominator,
        let newDenominator = new.denominator
      else { continue }
      #expect(new.numerator == numerator, "\(old.scope) \(old.period)")
      let isTouched =
        ["2025-01", "2025V"].contains(old.period)
        && ["T-1", "HUM", "fjordvik", "TST"].contains(old.scope)
      #expect(newDenominator == denominator + (isTouched ? 2 : 0), "\(old.scope) \(old.period)")
    }

    let doses = Figures.dose(programme.dose, in: before).filter { $0.scopeKind == .programme }
    let thinner = Figures.dose(programme.dose, in: after).filter { $0.scopeKind == .programme }
    for (old, new) in zip(doses, thinner) {
      #expect(new.n == old.n + 1)
      if old.value != nil { #expect(new.numerator == old.numerator) }
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `give the same interval again`(
    seed: UInt64
  ) throws {
    let cells = try RandomProgramme(seed: seed).cells()
    let drawn = cells.filter { $0.seed != nil }
    #expect(Set(drawn.compactMap(\.seed)).count == drawn.count)
    #expect(try RandomProgramme(seed: seed).cells() == cells)
  }
}
