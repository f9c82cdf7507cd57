internal import Events

/// Which numbers of a variable are days and times, by the format it is shown in.
enum StatisticsTime: Equatable {
  /// Seconds since 14 October 1582, as SPSS counts.
  case spssDay, spssMoment
  /// Seconds.
  case spssDuration
  /// Days and milliseconds since 1960, as Stata counts.
  case stataDay, stataMoment

  init?(spss format: String) {
    switch format.prefix(while: \.isLetter) {
    case "DATE", "ADATE", "EDATE", "SDATE", "JDATE": self = .spssDay
    case "DATETIME", "YMDHMS": self = .spssMoment
    case "TIME", "DTIME", "MTIME": self = .spssDuration
    default: return nil
    }
  }

  init?(stata format: String) {
    let letters = format.drop { $0 == "%" || $0 == "-" }
    if letters.hasPrefix("tc") || letters.hasPrefix("tC") {
      self = .stataMoment
    } else if letters.hasPrefix("td") || letters.hasPrefix("d") {
      self = .stataDay
    } else {
      return nil
    }
  }

  /// The number as ISO 8601, or `nil` where it is no day of this calendar.
  func text(_ value: Double) -> String? {
    switch self {
    case .spssDay: StatisticsTime.moment(milliseconds: value * 1_000, from: -141_428, day: true)
    case .spssMoment: StatisticsTime.moment(milliseconds: value * 1_000, from: -141_428)
    case .spssDuration:
      (0..<1e9).contains(value) ? ISOTime.text(Int((value * 1_000).rounded())) : nil
    case .stataDay:
      StatisticsTime.moment(milliseconds: value * 86_400_000, from: -3_653, day: true)
    case .stataMoment: StatisticsTime.moment(milliseconds: value, from: -3_653)
    }
  }

  private static func moment(
    milliseconds: Double, from epoch: Int, day isDay: Bool = false
  ) -> String? {
    let whole = milliseconds.rounded()
    guard abs(whole) < 9e14 else { return nil }
    let perDay = 86_400_000
    let total = Int(whole)
    let days = (total >= 0 ? total : total - perDay + 1) / perDay
    let date = CivilDate(daysSinceEpoch: epoch + days)
    guard (1...9999).contains(date.year) else { return nil }
    let rest = total - days * perDay
    return isDay || rest == 0 ? date.description : "\(date)T\(ISOTime.text(rest))"
  }
}
