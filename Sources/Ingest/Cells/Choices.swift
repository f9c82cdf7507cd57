internal import Events

/// The values a column takes, with the words people write for them.
struct Choices: Sendable {
  /// In the log's own words, in the order a template lists them.
  let values: [String]
  /// Every spelling, and what it stands for.
  let words: [(bytes: [UInt8], value: String)]
  private let norwegian: [String: String]

  /// Each value with its Norwegian word first, then other spellings.
  init(_ entries: [(String, [String])]) {
    values = entries.map(\.0)
    words = entries.flatMap { entry in
      ([entry.0] + entry.1).map { (Array($0.utf8), entry.0) }
    }
    norwegian = Dictionary(
      entries.map { ($0.0, $0.1.first ?? $0.0) }, uniquingKeysWith: { first, _ in first })
  }

  func word(for value: String, in language: Language) -> String {
    language == .nb ? norwegian[value] ?? value : value
  }

  /// The values for a message, with their Norwegian words: both are understood side by side.
  private var listed: String {
    values.map { value in
      let own = word(for: value, in: .nb)
      return own == value ? value : "\(value) ('\(own)')"
    }.joined(separator: ", ")
  }

  /// One word of a list.
  func read(_ word: Substring) -> Reading<String> {
    var text = String(word)
    return text.withUTF8 { read(CellText($0)) }
  }

  func read(_ cell: CellText) -> Reading<String> {
    guard !cell.isEmpty else { return .empty }
    if let word = words.first(where: { cell.isExactly($0.bytes) }) { return .value(word.value) }
    let folded = ColumnName.folded(cell.string)
    for word in words where folded == String(decoding: word.bytes, as: UTF8.self) {
      return .value(word.value)
    }
    let known = words.map { String(decoding: $0.bytes, as: UTF8.self) }
    let list = "one of " + listed
    // Words of two languages are near each other by chance: a misspelling is one or two letters off.
    guard let near = nearest(to: folded, among: known, within: 2) else {
      return .wrong(.notAChoice, hint: list)
    }
    return .wrong(.notAChoice, hint: "did you mean '\(near)'? \(list)")
  }
}

/// The two languages headers and values are understood in.
public enum Language: String, Sendable, CaseIterable {
  case en, nb
}

extension CellText {
  /// `yes`, `no`, `ja`, `nei`, `true`, `false`, `1`, `0`.
  func yesNo() -> Reading<Bool> {
    guard !isEmpty else { return .empty }
    switch string.lowercased() {
    case "yes", "ja", "true", "sann", "1", "y", "j", "x": return .value(true)
    case "no", "nei", "false", "usann", "0", "n": return .value(false)
    default: return .wrong(.notYesNo, hint: nil)
    }
  }
}
