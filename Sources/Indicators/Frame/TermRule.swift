import Events

/// A term of the programme's calendar, the same days every year: spring `V` from 1 January to
/// 31 July, autumn `H` from 1 August to 31 December unless the programme says otherwise.
public struct TermRule: Sendable, Equatable {
  /// What follows the year in a period code: the `V` of `2025V`.
  public let code: String
  private let from: MonthDay
  /// Last day of the term. Earlier in the year than `from`: the term ends in the next year.
  private let to: MonthDay

  private struct MonthDay: Sendable, Comparable {
    let month: Int
    let day: Int

    init?(_ text: String) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let month = Int(parts[0]), let day = Int(parts[1]),
        CivilDate(year: 2024, month: month, day: day) != nil
      else { return nil }
      self.month = month
      self.day = day
    }

    /// That day of a year; 29 February is 28 February in a common year.
    func date(in year: Int) -> CivilDate? {
      CivilDate(year: year, month: month, day: day)
        ?? CivilDate(year: year, month: month, day: day - 1)
    }

    static func < (left: MonthDay, right: MonthDay) -> Bool {
      (left.month, left.day) < (right.month, right.day)
    }
  }

  /// A rule from days written `MM-DD`, the last one inclusive.
  public init?(code: String, from: String, to: String) {
    guard let from = MonthDay(from), let to = MonthDay(to) else { return nil }
    self.code = code
    self.from = from
    self.to = to
  }

  /// The term that starts in `year`.
  func period(startingIn year: Int) -> Period? {
    guard let first = from.date(in: year), let last = to.date(in: to < from ? year + 1 : year)
    else { return nil }
    return Period(
      kind: .term, code: "\(year)\(code)", from: first, until: last.adding(days: 1))
  }
}
