internal import Events

/// How the times in a tool's column are to be understood.
struct Clock: Sendable {
  /// The column, as the file calls it.
  var column: String
  /// The zone of times without an offset.
  var zone: ZoneRules?
  /// The institution's zone: an answer is given on the day that is there, wherever the tool is.
  var home: ZoneRules?
  /// Days that stand for no time at all: tools write them where a date is not stored.
  static let noDay: Set<String> = ["1970-01-01", "1980-01-01", "2999-12-31"]
  /// What stands where a survey was never completed.
  static let noTime: Set<String> = ["[not completed]", "{question_not_shown}"]

  /// The day and, where the time of day is there, the instant.
  func read(_ row: inout RowCheck, _ column: Int) -> (CivilDate?, Int64?) {
    let cell = row.cell(column)
    if Clock.noTime.contains(cell.string) { return (nil, nil) }
    switch cell.writtenTime() {
    case .empty: return (nil, nil)
    case .wrong(let code, let hint):
      row.report(
        code, column, "'\(self.column)': '\(row.shown(cell.string))' is \(code.complaint)",
        hint: hint)
      return (nil, nil)
    case .value(.day(let day)):
      return (Clock.noDay.contains("\(day)") ? nil : day, nil)
    case .value(.instant(let day, let microseconds)):
      return (home?.day(of: seconds(of: microseconds)) ?? day, microseconds)
    case .value(.local(let day, let seconds)):
      if Clock.noDay.contains("\(day)") { return (nil, nil) }
      let instant = instant(seconds, cell.string, &row, column)
      return (instant.flatMap { home?.day(of: $0) } ?? day, instant.map { $0 * 1_000_000 })
    }
  }

  private func seconds(of microseconds: Int64) -> Int64 {
    microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
  }

  private func instant(
    _ local: Int64, _ text: String, _ row: inout RowCheck, _ column: Int
  ) -> Int64? {
    guard let zone else {
      row.report(
        .notInstant, column,
        "'\(self.column)': '\(row.shown(text))' does not say its offset from UTC",
        hint: "give the binding a zone, for example 'zone: Europe/Oslo'")
      return nil
    }
    switch zone.meaning(of: local) {
    case .instant(let seconds): return seconds
    case .twice(let earlier, _):
      row.report(
        .timeTwice, column,
        "'\(self.column)': clocks in \(zone.name) showed '\(row.shown(text))' twice; the earlier is recorded"
      )
      return earlier
    case .never(let seconds):
      row.report(
        .timeNever, column,
        "'\(self.column)': clocks in \(zone.name) never showed '\(row.shown(text))'")
      return seconds
    }
  }
}
