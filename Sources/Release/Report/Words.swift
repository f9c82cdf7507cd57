import Events
import Indicators

/// The report's language: texts, numbers, dates and the names of codes.
struct Words: Equatable {
  let language: ReleaseOptions.Language

  /// The text in the report's language.
  func callAsFunction(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  func text(_ text: ReleaseContent.Localised) -> String {
    let preferred = language == .nb ? text.nb : text.en
    return preferred.isEmpty ? (language == .nb ? text.en : text.nb) : preferred
  }

  // MARK: Numbers

  /// A true minus sign and the language's decimal mark.
  func number(_ value: Double, _ decimals: Int) -> String {
    let text = FixedNumber.text(value, decimals: decimals)
    let marked = language == .nb ? text.map { $0 == "." ? "," : $0 } : Array(text)
    return String(marked.map { $0 == "-" ? "\u{2212}" : $0 })
  }

  func percent(_ share: Double) -> String {
    number(share * 100, 0) + (language == .nb ? "\u{A0}%" : "%")
  }

  /// A value in the unit of its indicator.
  func value(_ value: Double, unit: String) -> String {
    switch unit {
    case "share": percent(value)
    case "hours": number(value, 1)
    case "days": number(value, 0)
    default: number(value, 2)
    }
  }

  /// The value with its unit spelled out, for single figures.
  func valueWithUnit(_ value: Double, unit: String) -> String {
    let text = self.value(value, unit: unit)
    switch unit {
    case "hours": return text + "\u{A0}" + self("timer", "hours")
    case "days": return text + "\u{A0}" + self("dager", "days")
    default: return text
    }
  }

  func range(_ lower: Double, _ upper: Double, unit: String) -> String {
    if unit == "share" { return "\(number(lower * 100, 0))–\(percent(upper))" }
    return "\(value(lower, unit: unit))–\(value(upper, unit: unit))"
  }

  func count(_ count: Int, _ singular: (String, String), _ plural: (String, String)) -> String {
    let noun = count == 1 ? singular : plural
    return "\(count)\u{A0}\(self(noun.0, noun.1))"
  }

  func people(_ count: Int) -> String {
    self.count(count, ("person", "person"), ("personer", "people"))
  }

  // MARK: Dates and periods

  private static let months = (
    nb: [
      "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
      "oktober", "november", "desember",
    ],
    en: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
  )

  func month(_ number: Int) -> String {
    let names = language == .nb ? Self.months.nb : Self.months.en
    return names.indices.contains(number - 1) ? names[number - 1] : String(number)
  }

  func date(_ iso: String) -> String {
    guard let date = CivilDate(iso) else { return iso }
    let dot = language == .nb ? "." : ""
    return "\(date.day)\(dot)\u{A0}\(month(date.month)) \(date.year)"
  }

  /// Two letters and more: `V` and `H` are spring and autumn; other codes speak for themselves.
  func term(_ code: String) -> String {
    let year = code.prefix(4)
    guard year.count == 4, year.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return code }
    switch code.dropFirst(4) {
    case "V": return self("våren \(year)", "spring \(year)")
    case "H": return self("høsten \(year)", "autumn \(year)")
    default: return code
    }
  }

  /// First letter as a capital, for headings.
  func capitalised(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + text.dropFirst()
  }

  func status(isFinal: Bool) -> String {
    isFinal ? self("endelig", "final") : self("foreløpig", "provisional")
  }
}
