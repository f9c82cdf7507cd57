/// Times and durations as attendance reports of Teams write them.
enum MeetingTime {
  /// Seconds of `1h 27m 51s`, `57m`, `45 s`, `1 t 2 min`, `00:47:03`; `nil` when it is none.
  static func seconds(_ text: String) -> Int? {
    let text = CellTrim.trimmed(text).lowercased()
    if let clock = clock(text) { return clock }
    var total = 0
    var number: Int?
    var unit = ""
    var units = 0
    func close() -> Bool {
      guard let value = number, let weight = MeetingTime.weights[unit], value < 100_000 else {
        return false
      }
      total += value * weight
      units += 1
      number = nil
      unit = ""
      return true
    }
    for character in text where !character.isWhitespace && character != "." {
      if let digit = character.isASCII ? character.wholeNumberValue : nil {
        if !unit.isEmpty, !close() { return nil }
        number = min(1_000_000, (number ?? 0) * 10 + digit)
      } else {
        unit.append(character)
      }
    }
    return close() && units > 0 ? total : nil
  }

  /// Seconds as Teams writes them: `1h 27m 51s`.
  static func text(_ seconds: Int) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    return parts.drop { $0.0 == 0 && $0.1 != "s" }.map { "\($0.0)\($0.1)" }
      .joined(separator: " ")
  }

  private static let weights: [String: Int] = [
    "h": 3600, "hr": 3600, "hrs": 3600, "t": 3600, "time": 3600, "timer": 3600, "tim": 3600,
    "m": 60, "min": 60, "mins": 60, "minutt": 60, "minutter": 60,
    "s": 1, "sec": 1, "secs": 1, "sek": 1, "sekund": 1, "sekunder": 1,
  ]

  /// `00:47:03`.
  private static func clock(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count <= 3 && $0.allSatisfy(\.isASCII) }) else {
      return nil
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, numbers[1] < 60, numbers[2] < 60, numbers[0] >= 0 else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
  }

  /// A point in time whose day is a text only: reports write it the user's way, `3/12/26` or
  /// `12.03.2026`, and one meeting needs to tell days apart, not to know them.
  struct Moment: Equatable {
    var day: String
    var second: Int
  }

  /// `3/12/26, 1:02:11 PM`, `12.03.2026, 13:02:11`, `2026-03-12 13.02.11`.
  static func moment(_ text: String) -> Moment? {
    let text = CellTrim.trimmed(text)
    guard let gap = text.firstIndex(where: { $0 == "," || $0.isWhitespace }) else { return nil }
    let day = String(text[..<gap])
    guard day.contains(where: \.isNumber) else { return nil }
    var clock = CellTrim.trimmed(String(text[gap...].drop { $0 == "," || $0.isWhitespace }))
      .lowercased()
    var half: Int?
    for (mark, value) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)]
    where clock.hasSuffix(mark) {
      half = value
      clock = CellTrim.trimmed(String(clock.dropLast(mark.count)))
    }
    let parts = clock.split(whereSeparator: { $0 == ":" || $0 == "." })
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, (2...3).contains(numbers.count) else { return nil }
    var hour = numbers[0]
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    let second = numbers.count == 3 ? numbers[2] : 0
    guard (0..<24).contains(hour), (0..<60).contains(numbers[1]), (0..<60).contains(second) else {
      return nil
    }
    return Moment(day: day, second: hour * 3600 + numbers[1] * 60 + second)
  }

  /// Being there, from one moment to another.
  struct Span: Equatable {
    var join: Moment
    var leave: Moment
  }

  /// How long somebody was there during at least one of the spans, so that leaving and coming back
  /// counts once, and so does being there on two devices; and how long it took from the first join
  /// to the last leave. `nil` when one of them makes no sense.
  static func covered(_ spans: [Span]) -> (seconds: Int, length: Int)? {
    let days = days(spans)
    func place(_ moment: Moment) -> Int {
      (days.firstIndex(of: moment.day) ?? 0) * 86_400 + moment.second
    }
    let sorted = spans.sorted { place($0.join) < place($1.join) }
    guard let first = sorted.first else { return nil }
    var total = 0
    var reached = place(first.join)
    for span in sorted {
      let (start, end) = (place(span.join), place(span.leave))
      guard end >= start, end - start < 2 * 86_400 else { return nil }
      total += max(0, end - max(start, reached))
      reached = max(reached, end)
    }
    return (total, reached - place(first.join))
  }

  /// The days of a meeting in their order. One over midnight has two; the one somebody comes from is
  /// the earlier.
  private static func days(_ spans: [Span]) -> [String] {
    let crossing = spans.filter { $0.join.day != $0.leave.day }
    var days: [String] = []
    for day in crossing.flatMap({ [$0.join.day, $0.leave.day] }) + spans.map(\.join.day)
    where !days.contains(day) {
      days.append(day)
    }
    return days
  }
}
