import Events
import Indicators
import Testing

@Suite struct `The calendar` {
  private let spring = TermRule(code: "V", from: "01-01", to: "07-31")
  private let autumn = TermRule(code: "H", from: "08-01", to: "12-31")

  @Test func `runs from the month and term of the first day to those of the last fact`() throws {
    let calendar = ProgrammeCalendar(
      terms: [try #require(autumn), try #require(spring)], first: try day("2025-06-20"),
      last: try day("2025-09-01"))
    #expect(
      calendar.periods.map(\.code) == [
        "2025-06", "2025-07", "2025-08", "2025-09", "2025V", "2025H",
      ]
    )
    #expect(calendar.periods.last?.until == (try day("2026-01-01")))
  }

  @Test func `gives a term over the turn of the year the year it starts in`() throws {
    let winter = try #require(TermRule(code: "W", from: "10-15", to: "02-29"))
    let calendar = ProgrammeCalendar(
      terms: [winter], first: try day("2025-01-10"), last: try day("2025-11-01"))
    let terms = calendar.periods.filter { $0.kind == .term }
    #expect(terms.map(\.code) == ["2024W", "2025W"])
    #expect(terms.map(\.until) == [try day("2025-03-01"), try day("2026-03-01")])
  }

  @Test(arguments: ["2025-01-01", "2025-02-14", "2025-08-17", "2025-08-18", "2025-12-31"])
  func `cuts days into segments that belong to exactly the periods around them`(
    text: String
  ) throws {
    let midAugust = try #require(TermRule(code: "H", from: "08-18", to: "12-31"))
    let calendar = ProgrammeCalendar(
      terms: [try #require(spring), midAugust], first: try day("2025-01-01"),
      last: try day("2025-12-31"))
    let day = try day(text)
    let segment = calendar.segments[try #require(calendar.segment(of: day))]
    for period in calendar.periods {
      let holdsDay = period.from <= day && day < period.until
      let holdsSegment = period.from <= segment.from && segment.until <= period.until
      #expect(holdsDay == holdsSegment, "\(period.code)")
    }
  }

  @Test func `selects a changed month and the term around it`() throws {
    let calendar = ProgrammeCalendar(
      terms: [try #require(spring), try #require(autumn)], first: try day("2025-01-01"),
      last: try day("2025-12-31"), filter: .touching(["2025-03", "W0"]))
    #expect(calendar.periods.map(\.code) == ["2025-03", "2025V"])
  }

  @Test(arguments: ["13-01", "02-30", "1", "", "01-01-01"])
  func `refuses a term that starts on no day`(text: String) {
    #expect(TermRule(code: "X", from: text, to: "12-31") == nil)
  }
}

/// A day of a test, written as in the data.
func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
