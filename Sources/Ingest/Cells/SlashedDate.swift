internal import Events

/// A date with slashes, which is not read: some write the day first, some the month. What it must be
/// is told where there is no doubt.
struct SlashedDate {
  private let parts: [Substring]

  /// `nil` for what has not three parts.
  init?(_ text: String) {
    parts = text.split(separator: "/")
    guard parts.count == 3 else { return nil }
  }

  var reading: Reading<CivilDate> {
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return .wrong(.notDate, hint: nil) }
    let days = possibleDays(numbers)
    guard let day = days.first else {
      let isShort = !parts.contains { $0.count == 4 }
      return .wrong(isShort ? .ambiguousDate : .impossibleDate, hint: nil)
    }
    guard days.allSatisfy({ $0 == day }) else { return .wrong(.ambiguousDate, hint: nil) }
    return .wrong(
      .notDate, hint: "dates with slashes are not read: write it as \(day) or \(day.dotted)")
  }

  /// The days it may be; none where it has no year of four digits at either end.
  private func possibleDays(_ numbers: [Int]) -> [CivilDate] {
    if parts[0].count == 4 {
      return [CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])].compactMap(\.self)
    }
    guard parts[2].count == 4 else { return [] }
    return [
      CivilDate(year: numbers[2], month: numbers[1], day: numbers[0]),
      CivilDate(year: numbers[2], month: numbers[0], day: numbers[1]),
    ].compactMap(\.self)
  }
}

extension CivilDate {
  /// The day as Norwegian dates are written, `13.03.2026`.
  fileprivate var dotted: String {
    description.split(separator: "-").reversed().joined(separator: ".")
  }
}
