internal import Events

extension CellText {
  /// A civil day written as `2025-02-11` or `11.02.2025`; and as the number Excel stores, if it is
  /// known how that counts. Midnight behind a day, `2025-02-11 00:00:00`, is how programs write days
  /// where they keep moments; any other time of day says more than a day.
  func date(
    _ excel: ExcelDates? = nil, in wording: InputWording = .columns
  ) -> Reading<CivilDate> {
    guard !isEmpty else { return .empty }
    if let (day, second) = dayAndSecond {
      return second == 0
        ? .value(day)
        : .wrong(.dayWithTime, hint: "a day alone is needed here: write \(day) if that is the day")
    }
    if bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D {
      guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2) else {
        return .wrong(.notDate, hint: nil)
      }
      return CellText.day(year, month, day)
    }
    if let excel, let serial = excelSerial {
      return excel.day(serial).map { .value($0) } ?? .wrong(.impossibleDate, hint: nil)
    }
    return dottedDate(in: wording)
  }

  /// Five digits, which is 1927 to 2173, perhaps with a time of the day as a fraction.
  private var excelSerial: Int? {
    let digits = bytes.prefix { isDigit($0) }
    guard digits.count == 5 else { return nil }
    let fraction = bytes[digits.endIndex...]
    guard
      fraction.isEmpty
        || [0x2C, 0x2E].contains(fraction.first) && fraction.count > 1
          && fraction.dropFirst().allSatisfy({ isDigit($0) })
    else { return nil }
    return number(0, 5)
  }

  private func dottedDate(in wording: InputWording) -> Reading<CivilDate> {
    let text = string
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) {
      guard parts[0].count <= 2, parts[1].count <= 2, let day = Int(parts[0]),
        let month = Int(parts[1]), let year = Int(parts[2])
      else { return .wrong(.notDate, hint: nil) }
      guard parts[2].count == 4 else {
        return .wrong(.notDate, hint: "write the year with four digits")
      }
      return CellText.day(year, month, day)
    }
    if let slashed = SlashedDate(text) { return slashed.reading }
    if let serial = excelSerial, let day = ExcelDates.from1900.day(serial) {
      return .wrong(
        .excelDamage,
        hint: "Excel stores \(day) as \(serial): \(wording.mendDay)")
    }
    return .wrong(.notDate, hint: nil)
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Reading<CivilDate> {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      return .wrong(.impossibleDate, hint: nil)
    }
    return .value(date)
  }

  /// An instant with its offset, `2026-09-01T08:00:00+02:00`: the civil day it was where it was
  /// written, and microseconds after 1970 in UTC.
  func instant() -> Reading<(day: CivilDate, microseconds: Int64)> {
    guard !isEmpty else { return .empty }
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D,
      bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = number(0, 4), let month = number(5, 2), let dayOfMonth = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      hour < 24, minute < 60, second < 61
    else { return .wrong(.notInstant, hint: nil) }
    guard let day = CivilDate(year: year, month: month, day: dayOfMonth) else {
      return .wrong(.impossibleDate, hint: nil)
    }
    var index = 19
    var fraction = 0
    if bytes[index] == 0x2E {
      index += 1
      var scale = 100_000
      while index < bytes.count, isDigit(bytes[index]) {
        fraction += scale * Int(bytes[index] - 0x30)
        scale /= 10
        index += 1
      }
    }
    guard let offset = offsetSeconds(at: index) else { return .wrong(.notInstant, hint: nil) }
    let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
    return .value((day, Int64(seconds) * 1_000_000 + Int64(fraction)))
  }

  /// `Z`, `+02:00` or `+0200` at the end of the cell, in seconds.
  private func offsetSeconds(at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] == 0x5A { return index + 1 == bytes.count ? 0 : nil }
    guard bytes[index] == 0x2B || bytes[index] == 0x2D else { return nil }
    let length = bytes.count - index
    let minutePlace: Int
    switch length {
    case 6 where bytes[index + 3] == 0x3A: minutePlace = index + 4
    case 5: minutePlace = index + 3
    default: return nil
    }
    guard let hours = number(index + 1, 2), let minutes = number(minutePlace, 2), hours <= 14,
      minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (bytes[index] == 0x2D ? -1 : 1)
  }

  private func number(_ start: Int, _ length: Int) -> Int? {
    var value = 0
    for index in start..<start + length {
      guard isDigit(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    return value
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
