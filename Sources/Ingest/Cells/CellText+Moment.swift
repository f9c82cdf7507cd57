internal import Events

/// A time as a tool wrote it.
enum WrittenTime: Equatable {
  case day(CivilDate)
  /// What clocks showed, in seconds after 1970 as if it were UTC.
  case local(CivilDate, seconds: Int64)
  /// The civil day where it was written, and microseconds after 1970 in UTC.
  case instant(CivilDate, microseconds: Int64)
}

extension CellText {
  /// A day, a local time (`2026-09-01 08:10:00`, `01.09.2026 08:10`) or an instant with its offset.
  func writtenTime() -> Reading<WrittenTime> {
    guard let gap = bytes.firstIndex(where: { $0 == 0x20 || $0 == 0x54 }) else {
      return date().map { .day($0) }
    }
    let clock = CellText(UnsafeBufferPointer(rebasing: bytes[(gap + 1)...]))
    if clock.bytes.contains(where: { $0 == 0x2B || $0 == 0x2D || $0 == 0x5A }) {
      return instant().map { .instant($0.day, microseconds: $0.microseconds) }
    }
    let day = CellText(UnsafeBufferPointer(rebasing: bytes[..<gap])).date()
    guard case .value(let date) = day else { return day.map { .day($0) } }
    guard let second = clock.secondOfDay() else {
      return .wrong(.notTime, hint: nil)
    }
    return .value(.local(date, seconds: Int64(date.daysSinceEpoch * 86_400 + second)))
  }

  /// A day and a time of day that clocks showed, in seconds, where the cell is both.
  var dayAndSecond: (day: CivilDate, second: Int)? {
    guard bytes.count > 10, let gap = bytes.firstIndex(where: { $0 == 0x20 || $0 == 0x54 }),
      case .value(let day) = CellText(UnsafeBufferPointer(rebasing: bytes[..<gap])).date(),
      let second = CellText(UnsafeBufferPointer(rebasing: bytes[(gap + 1)...])).secondOfDay()
    else { return nil }
    return (day, second)
  }

  /// `08:10`, `08:10:05`, `08:10:05.123`; the fraction is left out.
  private func secondOfDay() -> Int? {
    let whole = string.prefix { $0 != "." }
    let parts = whole.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count <= 2 }) else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, (0..<24).contains(numbers[0]),
      numbers.dropFirst().allSatisfy({ (0..<60).contains($0) })
    else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }
}

extension Reading {
  func map<Other>(_ body: (Value) -> Other) -> Reading<Other> {
    switch self {
    case .empty: .empty
    case .value(let value): .value(body(value))
    case .wrong(let code, let hint): .wrong(code, hint: hint)
    }
  }
}
