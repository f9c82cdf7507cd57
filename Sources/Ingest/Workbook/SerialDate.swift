internal import Events

/// Days and times as spreadsheets count them: a number of days after the end of 1899, or of 1903.
struct SerialDate {
  var dates: ExcelDates

  /// The number as ISO 8601, or `nil` where it is no day a spreadsheet would show.
  func text(_ value: Double, _ format: NumberFormat) -> String? {
    let milliseconds = (value * 86_400_000).rounded()
    guard milliseconds >= 0, milliseconds < 2_958_466 * 86_400_000 else { return nil }
    let total = Int(milliseconds)
    let (days, rest) = total.quotientAndRemainder(dividingBy: 86_400_000)
    switch format {
    case .number, .percent, .padded: return nil
    case .date: return day(days)
    case .elapsed: return ISOTime.text(total)
    case .time: return days == 0 ? ISOTime.text(rest) : moment(days, rest)
    case .dateTime: return days == 0 && rest > 0 ? ISOTime.text(rest) : moment(days, rest)
    }
  }

  /// Midnight is a day without a time: so programs write days in a column of moments.
  private func moment(_ days: Int, _ rest: Int) -> String? {
    guard let day = day(days) else { return nil }
    return rest == 0 ? day : "\(day)T\(ISOTime.text(rest))"
  }

  private func day(_ days: Int) -> String? {
    // The day that never was is shown as the sheet shows it; the check of dates will say so.
    dates.day(days)?.description ?? (dates == .from1900 && days == 60 ? "1900-02-29" : nil)
  }
}

/// A time of day, or a duration, as `13:05:00` or `13:05:00.250`.
enum ISOTime {
  static func text(_ milliseconds: Int) -> String {
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    let clock =
      "\(pad(seconds / 3_600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
    return rest == 0 ? clock : "\(clock).\(pad(rest, 3))"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
