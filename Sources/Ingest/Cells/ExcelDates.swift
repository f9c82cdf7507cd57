public import Events

/// The two ways in which Excel counts days.
public enum ExcelDates: String, Sendable, CaseIterable {
  /// As almost every workbook does: 1 is 1 January 1900, and 60 a 29 February that never was.
  case from1900 = "1900"
  /// As workbooks of older Excel for Mac do: 0 is 1 January 1904.
  case from1904 = "1904"

  /// The day Excel stores as that number, or `nil` where there is none.
  public func day(_ serial: Int) -> CivilDate? {
    let day: CivilDate
    switch self {
    case .from1900:
      guard (1...2_958_465).contains(serial), serial != 60 else { return nil }
      day = CivilDate(daysSinceEpoch: serial - (serial < 60 ? 25_568 : 25_569))
    case .from1904:
      guard (0...2_957_003).contains(serial) else { return nil }
      day = CivilDate(daysSinceEpoch: serial - 24_107)
    }
    return day
  }
}
