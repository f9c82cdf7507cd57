import Events
import Testing

@Suite struct CivilDateTests {
  @Test func `400 years of days count up without gap and come back from number and text`() throws {
    var expected = try #require(CivilDate(year: 1600, month: 1, day: 1))
    let first = expected.daysSinceEpoch
    // The Gregorian calendar repeats after exactly this many days.
    for number in first..<(first + 146_097) {
      let date = CivilDate(daysSinceEpoch: number)
      guard date == expected, date.daysSinceEpoch == number, CivilDate(date.description) == date
      else {
        Issue.record("\(number) is \(date), expected \(expected)")
        return
      }
      expected = try #require(Self.dayAfter(date))
    }
    #expect(expected.description == "2000-01-01")
  }

  /// The next day by trial, knowing nothing of leap years.
  private static func dayAfter(_ date: CivilDate) -> CivilDate? {
    CivilDate(year: date.year, month: date.month, day: date.day + 1)
      ?? CivilDate(year: date.year, month: date.month + 1, day: 1)
      ?? CivilDate(year: date.year + 1, month: 1, day: 1)
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2025-01-20", 20_108),
  ])
  func `known days have known numbers`(text: String, number: Int) throws {
    #expect(try #require(CivilDate(text)).daysSinceEpoch == number)
  }

  @Test(arguments: [
    "", "2025", "2025-02-30", "2025-2-03", "2025-02-3", "25-02-03", "2025-13-01", "2025-00-10",
    "0000-01-01", "1900-02-29", "+025-01-01", "2025-+1-01", "2025/01/01", "2025-01-011",
    "2025-01-01 ", "٢٠٢٥-01-01", "2025-01--1", "20250-1-01",
  ])
  func `what is not a day of the calendar is refused`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `dates order by day and know their month`() throws {
    let day = try #require(CivilDate("2024-12-31"))
    #expect(day < day.adding(days: 1))
    #expect(day.adding(days: 1).description == "2025-01-01")
    #expect(day.monthCode == "2024-12")
  }
}
