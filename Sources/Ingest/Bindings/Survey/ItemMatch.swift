internal import Events

/// Which items the columns of a file answer, by their headings.
///
/// A heading names an item where it is its code or its text, whatever the case and the marks in it. One
/// that merely resembles an item may be it: that is for a person to say.
struct ItemMatch {
  /// The items that are named, by the column's place among the headings.
  private(set) var named: [Int: Register.Item] = [:]
  /// Items a column's heading resembles, and no other column names.
  private(set) var similar: [Int: Register.Item] = [:]
  /// Items no column names.
  private(set) var free: [Register.Item]

  /// What is said best is given first, over all columns: none takes an item that another one names.
  init(_ headings: [String], _ items: [Register.Item]) {
    free = items
    for isNamed in ItemMatch.ways {
      let found = headings.indices.filter { named[$0] == nil }.map { index in
        (index: index, items: free.filter { isNamed(headings[index], $0) })
      }
      for column in found {
        // Two headings for one item, or two items for one heading, leave it open which is meant.
        guard let item = column.items.first, column.items.count == 1,
          found.count(where: { $0.items.contains { $0.code == item.code } }) == 1
        else { continue }
        named[column.index] = item
      }
      free.removeAll { item in named.values.contains { $0.code == item.code } }
    }
    for index in headings.indices where named[index] == nil {
      similar[index] = ItemMatch.similar(to: headings[index], among: free)
    }
  }

  /// Whether a heading is an item's code or text.
  static func names(_ heading: String, _ item: Register.Item) -> Bool {
    ways.contains { $0(heading, item) }
  }

  /// How a heading can name an item, the surest way first.
  private static let ways: [@Sendable (String, Register.Item) -> Bool] = [
    { $0 == $1.code },
    { folded($0) == folded($1.code) },
    { heading, item in item.texts.contains { isText($0, of: heading) } },
  ]

  private static func similar(to heading: String, among items: [Register.Item]) -> Register.Item? {
    if let item = items.first(where: { names(heading, $0) }) { return item }
    let code = folded(heading)
    if code.count > 4, let near = nearest(to: code, among: items.map { folded($0.code) }),
      // Numbered names are near to all their neighbours.
      near.filter(\.isNumber) == code.filter(\.isNumber)
    {
      return items.first { folded($0.code) == near }
    }
    return items.first { item in
      item.texts.contains { $0.count >= leastText && before($0, in: heading) != nil }
    }
  }

  // MARK: Spelling

  /// Shorter texts may well be the end of another one.
  private static let leastText = 12

  /// A code without case and marks; `iso_1_1` is not `iso_11`.
  private static func folded(_ code: String) -> String {
    var folded = ""
    var isApart = false
    for letter in HTMLText.decoded(code).lowercased() {
      if letter.isLetter || letter.isNumber {
        if isApart, letter.isNumber, folded.last?.isNumber == true { folded.append("_") }
        folded.append(letter)
      }
      isApart = !(letter.isLetter || letter.isNumber)
    }
    return folded
  }

  /// Whether a heading asks just that. Tools write the question's text before that of a row, with a
  /// mark between them: words before it may turn it into its opposite.
  private static func isText(_ text: String, of heading: String) -> Bool {
    guard let before = before(text, in: heading) else { return false }
    guard let last = before.last(where: { !$0.isWhitespace }) else { return true }
    return text.count >= leastText && !last.isLetter && !last.isNumber
  }

  /// What stands in a heading before a text it ends with, whatever the marks; `nil` where it ends
  /// otherwise.
  private static func before(_ text: String, in heading: String) -> Substring? {
    let letters = HTMLText.decoded(text).lowercased().filter { $0.isLetter || $0.isNumber }
    guard !letters.isEmpty else { return nil }
    var rest = HTMLText.decoded(heading).lowercased()[...]
    for letter in letters.reversed() {
      while let last = rest.last, !last.isLetter, !last.isNumber { rest.removeLast() }
      guard rest.last == letter else { return nil }
      rest.removeLast()
    }
    return rest
  }
}
