public import Events

/// A stretch of civil days, from the first up to but without `until`.
public struct Period: Sendable, Hashable {
  public let kind: Cell.PeriodKind
  /// `2025-03` or `2025V`.
  public let code: String
  public let from: CivilDate
  public let until: CivilDate

  public init(kind: Cell.PeriodKind, code: String, from: CivilDate, until: CivilDate) {
    self.kind = kind
    self.code = code
    self.from = from
    self.until = until
  }

  /// The calendar month a day lies in.
  static func month(of day: CivilDate) -> Period {
    let first = day.adding(days: 1 - day.day)
    // Day 1 and 31 days is always in the next month.
    let next = first.adding(days: 31)
    return Period(
      kind: .month, code: first.monthCode, from: first, until: next.adding(days: 1 - next.day))
  }

  func contains(_ day: CivilDate) -> Bool { from <= day && day < until }

  func overlaps(_ other: Period) -> Bool { from < other.until && other.from < until }

  /// Whether something that lasts from `start` until (not including) `end` touches the period.
  func overlaps(from start: CivilDate, until end: CivilDate?) -> Bool {
    guard start < until else { return false }
    guard let end else { return true }
    return from < end
  }
}
