internal import Events

/// What spreadsheets do to codes, and which code a damaged one was before.
///
/// It is asked only about codes nobody knows: `02.jan` may well be somebody's code.
enum SpreadsheetDamage {
  /// How that code came about, if a spreadsheet made it; `known` are the codes it may have been.
  static func hint(
    _ code: String, among known: some Sequence<String>, in wording: InputWording
  ) -> String? {
    if let digits = LongNumber(code) { return digits.hint(among: known, in: wording) }
    guard let cause = lostZeros(code, among: known) ?? madeDate(code, among: known) else {
      return nil
    }
    return "\(cause): \(wording.mendCode)"
  }

  /// Whether it is a long number cut short, `1,23E+15`, which no code looks like by itself.
  static func isLongNumber(_ code: String) -> Bool { LongNumber(code) != nil }

  /// Whether it is a date as a spreadsheet shows one.
  static func isDate(_ text: String) -> Bool { DateParts(text)?.isDate ?? false }

  static func longNumberHint(in wording: InputWording) -> String {
    "Excel shows long numbers like this and forgets their last digits: "
      + (wording == .columns
        ? "format the column as text before the codes are put in" : wording.mendCode)
  }

  static let makesDates = "Excel makes dates of codes such as 1-2 or mar1"

  /// Whether it is a date that names its month.
  static func namesMonth(_ code: String) -> Bool { DateParts(code)?.namesMonth ?? false }

  /// `123` for `00123`, and `123.0` for `123`.
  private static func lostZeros(_ code: String, among known: some Sequence<String>) -> String? {
    var digits = code.utf8[...]
    if let point = digits.firstIndex(where: { $0 == 0x2E || $0 == 0x2C }) {
      let fraction = digits[point...].dropFirst()
      guard !fraction.isEmpty, fraction.allSatisfy({ $0 == 0x30 }) else { return nil }
      digits = digits[..<point]
    }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let significant = digits.drop { $0 == 0x30 }
    let meant = known.filter {
      $0.utf8.count >= digits.count && $0.utf8.drop { $0 == 0x30 }.elementsEqual(significant)
    }
    guard let code = meant.min() else { return nil }
    return "Excel takes such codes for numbers, and '\(code)' is known"
  }

  /// `02.jan`, `Feb-01` or `2026-02-01` for `1-2`.
  private static func madeDate(_ code: String, among known: some Sequence<String>) -> String? {
    guard let damaged = DateParts(code), damaged.isDate else { return nil }
    let meant = known.filter { candidate in
      candidate != code && DateParts(candidate).map(damaged.mayHaveBeen) == true
    }
    if let code = meant.min() {
      return "Excel makes a date of '\(code)', which is known"
    }
    // A plain date is what many sessions are called, and no sign of damage by itself.
    guard damaged.namesMonth else { return nil }
    return SpreadsheetDamage.makesDates
  }
}

/// A number as Excel shows it when it is too long for its cell.
private struct LongNumber {
  private let digits: String
  private let length: Int

  /// `1,23E+15` or `1.23E+15`; always with the sign, which codes of one's own hardly have.
  init?(_ text: String) {
    let halves = text.split(separator: "E+", omittingEmptySubsequences: false)
    guard halves.count == 2, let exponent = Int(halves[1]), (1...99).contains(exponent),
      halves[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let parts = halves[0].split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == "." })
    guard (1...2).contains(parts.count), parts[0].utf8.count == 1,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    digits = parts.joined()
    length = exponent + 1
  }

  func hint(among known: some Sequence<String>, in wording: InputWording) -> String {
    // The last digit shown is rounded.
    let meant = known.filter { $0.utf8.count == length && $0.hasPrefix(digits.dropLast()) }
    let hint = SpreadsheetDamage.longNumberHint(in: wording)
    return meant.count == 1 && digits.count > 1 ? hint + "; perhaps it was '\(meant[0])'" : hint
  }
}

/// The two or three numbers a short code or a date consists of, a month's name as its number.
private struct DateParts {
  private var numbers: [Int] = []
  private(set) var namesMonth = false
  /// Whether it is a date as Excel shows one: with the name of a month, or with a year.
  var isDate: Bool { namesMonth || year != nil }
  private var year: Int? { numbers.count == 3 ? numbers.first { $0 >= 1000 } : nil }

  init?(_ text: String) {
    var rest = text.lowercased()[...]
    if rest.hasSuffix(" 00:00:00") { rest = rest.dropLast(9) }
    while let first = rest.first {
      let part: Substring
      if first.isASCII, first.isNumber {
        part = rest.prefix { $0.isASCII && $0.isNumber }
        guard part.count <= 4, let number = Int(part) else { return nil }
        numbers.append(number)
      } else if first.isLetter {
        part = rest.prefix(while: \.isLetter)
        guard !namesMonth, let month = DateParts.months[String(part)] else { return nil }
        numbers.append(month)
        namesMonth = true
      } else {
        part = rest.prefix { "-/. ".contains($0) }
        guard (1...2).contains(part.count), !numbers.isEmpty else { return nil }
      }
      rest = rest.dropFirst(part.count)
    }
    guard (2...3).contains(numbers.count) else { return nil }
  }

  /// Whether a spreadsheet may have made this date of those numbers, in whatever order it reads
  /// them; it adds a year of its own where there was none.
  func mayHaveBeen(_ code: DateParts) -> Bool {
    let short = { (numbers: [Int]) in numbers.map { $0 >= 1000 ? $0 % 100 : $0 }.sorted() }
    if short(code.numbers) == short(numbers) { return true }
    guard let year else { return false }
    return short(code.numbers) == short(numbers.filter { $0 != year })
  }

  private static let months: [String: Int] = {
    let names = [
      ["jan", "january", "januar"], ["feb", "february", "februar"], ["mar", "march", "mars"],
      ["apr", "april"], ["may", "mai"], ["jun", "june", "juni"], ["jul", "july", "juli"],
      ["aug", "august"], ["sep", "sept", "september"], ["oct", "okt", "october", "oktober"],
      ["nov", "november"], ["dec", "des", "december", "desember"],
    ]
    var months: [String: Int] = [:]
    for (index, names) in names.enumerated() { for name in names { months[name] = index + 1 } }
    return months
  }()
}
