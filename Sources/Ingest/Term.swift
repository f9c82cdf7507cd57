internal import Events

/// A term of the year, for example spring `V` from 1 January to 31 July.
public struct Term: Sendable, Equatable {
  public var code: String
  public var fromMonth: Int
  public var fromDay: Int

  /// A term with its first day written `MM-DD`, or `nil`.
  public init?(code: String, from: String) {
    guard let day = CivilDate("2024-\(from)") else { return nil }
    self.code = code
    fromMonth = day.month
    fromDay = day.day
  }

  /// The terms a programme has unless it says otherwise.
  public static let standard = [Term(code: "V", from: "01-01"), Term(code: "H", from: "08-01")]
    .compactMap { $0 }

  /// The first day of that term of a year.
  func start(in year: Int) -> CivilDate? {
    CivilDate(year: year, month: fromMonth, day: fromDay)
  }
}
