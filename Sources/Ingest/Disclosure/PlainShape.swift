/// Texts that say by their shape that they are about nobody: dates, times, durations, small numbers.
enum PlainShape {
  static func isPlain(_ text: String) -> Bool {
    let words = text.split { $0.isWhitespace || $0 == "," && !isDecimal(text) }
    guard !words.isEmpty, words.count <= 8 else { return false }
    var digits = 0
    var hasDigits = false
    for word in words {
      let text = word.lowercased()
      if isNumber(text) {
        digits += text.prefix { $0 != "." && $0 != "," }.count { $0.isNumber }
        hasDigits = true
      } else if isTerm(text) || isDay(text) || isTime(text) || isMoment(text) || isDuration(text) {
        hasDigits = true
      } else if !months.contains(text.filter(\.isLetter)) || text.count > 10 {
        return false
      }
    }
    // Numbers side by side may be a telephone's; the name of a month alone may be a person's.
    return hasDigits && digits <= 5
  }

  /// The day of a text that is a day and a time; `nil` for any other.
  static func day(ofMoment text: String) -> String? {
    guard let end = text.firstIndex(where: { $0 == "T" || $0 == "t" || $0.isWhitespace }) else {
      return nil
    }
    let day = String(text[..<end].filter { $0 != "," })
    let rest = text[text.index(after: end)...]
    return isDay(day.lowercased()) && rest.contains(where: \.isNumber) ? day : nil
  }

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "mai", "may", "jun", "jul", "aug", "sep", "sept", "okt", "oct",
    "nov", "des", "dec", "januar", "january", "februar", "february", "mars", "march", "april",
    "juni", "june", "juli", "july", "august", "september", "oktober", "october", "november",
    "desember", "december", "am", "pm",
  ]

  private static func isDecimal(_ text: String) -> Bool {
    text.count { $0 == "," } == 1 && text.allSatisfy { $0.isNumber || "-+., ".contains($0) }
  }

  /// At most four digits before the point, and none of them an idle zero, as ids have them.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text[...]
    if let first = rest.first, "+-".contains(first) { rest = rest.dropFirst() }
    if rest.last == "%" { rest = rest.dropLast() }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(parts.count), parts.allSatisfy(isDigits), parts[0].count <= 4
    else { return false }
    return parts[0].count == 1 || parts[0].first != "0"
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.count <= 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// `2025V`, and the short codes of rounds and waves, `R1`.
  private static func isTerm(_ text: String) -> Bool {
    let digits = text.prefix { $0.isNumber }
    if digits.count == 4, isDigits(digits) {
      let rest = text.dropFirst(4)
      return rest.count == 1 && rest.allSatisfy { $0.isASCII && $0.isLetter }
    }
    guard let first = text.first, first.isASCII, first.isLetter else { return false }
    return (2...3).contains(text.count) && isDigits(text.dropFirst())
  }

  /// `2025-02-11`, `11.02.2025`, `2/11/25`, `02.jan`, `2025-02`.
  private static func isDay(_ text: String) -> Bool {
    guard let separator = text.first(where: { "-./".contains($0) }) else { return false }
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return false }
    if parts.count == 3, parts[2].isEmpty { return parts.prefix(2).allSatisfy(isShort) }
    if parts.contains(where: { months.contains(String($0)) }) {
      return parts.allSatisfy { months.contains(String($0)) || isShort($0) || isYear($0) }
    }
    if parts.count == 2 {
      return (isYear(parts[0]) && isShort(parts[1])) || (isShort(parts[0]) && parts[1].isEmpty)
    }
    return (isYear(parts[0]) && isShort(parts[1]) && isShort(parts[2]))
      || (isShort(parts[0]) && isShort(parts[1]) && (isShort(parts[2]) || isYear(parts[2])))
  }

  private static func isShort(_ text: Substring) -> Bool { isDigits(text) && text.count <= 2 }

  private static func isYear(_ text: Substring) -> Bool { isDigits(text) && text.count == 4 }

  /// `10:30`, `00:47:03.5`, `10:30+02:00`, `10:30Z`.
  private static func isTime(_ text: String) -> Bool {
    var rest = text[...]
    if rest.last == "z" { rest = rest.dropLast() }
    let clocks = rest.split(omittingEmptySubsequences: false) { $0 == "+" || $0 == "-" }
    guard (1...2).contains(clocks.count), clocks[0].contains(":") else { return false }
    return clocks.enumerated().allSatisfy { index, clock in
      let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
      if index == 1, parts.count == 1 { return isDigits(clock) && clock.count <= 4 }
      guard (2...3).contains(parts.count) else { return false }
      let whole = parts.last?.split(separator: ".") ?? []
      return parts.dropLast().allSatisfy { isDigits($0) && $0.count <= 3 }
        && (1...2).contains(whole.count) && isShort(whole[0])
        && whole.dropFirst().allSatisfy(isDigits)
    }
  }

  private static func isMoment(_ text: String) -> Bool {
    guard let sign = text.firstIndex(of: "t") else { return false }
    return isDay(String(text[..<sign])) && isTime(String(text[text.index(after: sign)...]))
  }

  /// `1h`, `27m`, `51s`, `PT1H27M51S`.
  private static func isDuration(_ text: String) -> Bool {
    let rest = text.hasPrefix("pt") ? text.dropFirst(2) : text[...]
    guard let last = rest.last, "hms".contains(last) else { return false }
    let parts = rest.split { "hms".contains($0) }
    return !parts.isEmpty && parts.count <= 3
      && parts.allSatisfy { part in
        let halves = part.split { $0 == "." || $0 == "," }
        return (1...2).contains(halves.count) && halves.allSatisfy { isDigits($0) && $0.count <= 4 }
      }
  }
}
