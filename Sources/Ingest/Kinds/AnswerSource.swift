/// Where the answer to an item stands in a row, and how it is written there.
///
/// The three shapes all survey tools come down to: one cell, several of which one is checked, and
/// a list in one cell.
enum AnswerSource {
  /// The number itself.
  case number(cell: Int)
  /// A code of the tool's.
  case coded(cell: Int, AnswerCodes)
  /// A cell an option; the value is the checked one's.
  case oneHot([(cell: Int, value: Int)], CheckMarks)
  /// One box of a question with several: 1 where it is checked, 0 where only others are.
  case box(cell: Int, of: [Int], CheckMarks)
  /// One option of a list: 1 where the list names it, 0 where it names only others.
  case listed(option: String, cell: Int, OptionList)

  /// The first of its cells.
  var cell: Int {
    switch self {
    case .number(let cell), .coded(let cell, _), .box(let cell, _, _), .listed(_, let cell, _): cell
    case .oneHot(let options, _): options.first?.cell ?? 0
    }
  }
}

/// The codes of an item and the numbers they stand for.
final class AnswerCodes: Sendable {
  let values: [String: Int]

  /// Codes as they read: forms that were typed into a web page may write `&aelig;` for a letter, in
  /// the file or in the binding.
  init(_ values: [String: Int]) {
    self.values = Dictionary(
      values.map { (HTMLText.decoded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number a cell stands for; `77.0` is looked up as `77`, too.
  func value(_ cell: CellText) -> Int? {
    if let value = values[HTMLText.decoded(cell.string)] { return value }
    guard case .value(let number) = cell.whole() else { return nil }
    return values[String(number)]
  }
}

/// How a box shows whether it is checked.
final class CheckMarks: Sendable {
  let checked: Set<String>
  let unchecked: Set<String>

  static let usual = CheckMarks(
    checked: ["1", "x", "y", "yes", "j", "ja", "true", "checked"],
    unchecked: ["0", "n", "no", "nei", "false", "unchecked"])

  init(checked: Set<String>, unchecked: Set<String>) {
    self.checked = checked
    self.unchecked = unchecked
  }

  /// `nil` for a text that is neither.
  func isChecked(_ cell: CellText) -> Bool? {
    let text = cell.string.lowercased()
    if checked.contains(text) { return true }
    if unchecked.contains(text) { return false }
    guard case .value(let number) = cell.whole() else { return nil }
    if checked.contains(String(number)) { return true }
    return unchecked.contains(String(number)) ? false : nil
  }
}

/// The options a list may name and what stands between them.
final class OptionList: Sendable {
  let separator: String
  /// Longest first: a label may hold the separator.
  private let options: [String]
  /// The option that speaks for the list where something is wrong with it.
  let first: String?

  init(separator: String, options: [String]) {
    self.separator = separator
    self.options = options.sorted { ($0.count, $1) > ($1.count, $0) }
    first = options.first
  }

  var known: [String] { options }

  /// The options a cell names, and what is none of them.
  func read(_ text: String) -> (named: Set<String>, others: [String]) {
    var rest = text[...]
    var named: Set<String> = []
    var others: [String] = []
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.isEmpty { return (named, others) }
      if rest.hasPrefix(separator) {
        rest = rest.dropFirst(separator.count)
      } else if let option = options.first(where: { isNext($0, in: rest) }) {
        named.insert(option)
        rest = rest.dropFirst(option.count)
      } else {
        let end = rest.firstRange(of: separator)?.lowerBound ?? rest.endIndex
        others.append(CellTrim.trimmed(String(rest[..<end])))
        rest = rest[end...]
      }
    }
  }

  private func isNext(_ option: String, in rest: Substring) -> Bool {
    guard rest.hasPrefix(option) else { return false }
    let after = rest.dropFirst(option.count)
    return after.allSatisfy(\.isWhitespace) || after.drop { $0.isWhitespace }.hasPrefix(separator)
  }
}
