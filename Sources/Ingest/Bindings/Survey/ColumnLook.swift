internal import Events

/// What a column of a survey's file may be, by its heading and by what stands in the first rows.
struct ColumnLook {
  enum Role {
    case answer
    /// Whether it holds answers nobody but a person can tell.
    case unsure
    /// Certainly no answer: the tool's own, days, and what people are called or wrote.
    case none
  }

  /// As the file calls it, told apart from others of the same name.
  let name: String
  /// What stands in its cells, without what the tool writes for no answer.
  let values: [String]
  let distinct: Set<String>
  private let known: Set<String>

  /// - Parameter known: labels of the instruments that are recorded, in lower case.
  init(_ name: String, _ values: [String], labels known: Set<String>) {
    self.name = name
    self.values = values
    self.known = known
    distinct = Set(values)
  }

  /// Whether a value is a number of a scale or what one is called.
  func isLabel(_ value: String) -> Bool {
    known.contains(HTMLText.decoded(value).lowercased()) || ScaleLabels.label(value) != nil
  }

  /// As far as heading and values alone tell. A question with options has few different values in
  /// many answers, whatever its labels look like.
  var role: Role {
    if isScale { return .answer }
    let isText = says(ColumnLook.people) || says(ColumnLook.comments)
    if values.isEmpty { return isText ? .none : .answer }
    if values.allSatisfy({ CivilDate($0) != nil || $0.contains("@") }) { return .none }
    if isText { return isClosed || values.allSatisfy(ColumnLook.isRating) ? .unsure : .none }
    // No option is as long as a paragraph.
    if distinct.contains(where: { $0.contains(where: \.isNewline) }) { return .unsure }
    if looksLikeIDs, 2 * distinct.count > values.count { return .unsure }
    let words = distinct.filter { !ColumnLook.isWhole($0) }
    if isClosed || list != nil || words.count <= 12 && words.allSatisfy(ColumnLook.isCode) {
      return .answer
    }
    return .unsure
  }

  /// Whether all it holds are numbers and labels of scales.
  var isScale: Bool {
    !values.isEmpty && distinct.allSatisfy(isLabel)
      && distinct.contains { !ColumnLook.isWhole($0) }
  }

  /// Few different values, most of which many gave.
  private var isClosed: Bool { distinct.count <= 12 && 2 * distinct.count <= values.count }

  private static let people = [
    "name", "navn", "mail", "epost", "e-post", "phone", "telefon", "birth", "dob",
  ]
  private static let comments = ["kommentar", "comment", "merknad", "fritekst", "utdyp"]

  /// Whether the heading is one of such words. A question's text may have any of them.
  private func says(_ words: [String]) -> Bool {
    let heading = name.lowercased()
    return heading.split(separator: " ").count <= 3 && words.contains(where: heading.contains)
  }

  // MARK: Lists

  /// The options of a list in one cell, `1,2` or `Undervisning;Vurdering`, and what stands between
  /// them; `nil` where the cells are no lists.
  var list: (separator: Character, options: [String])? {
    for separator in [";", "|", ","] as [Character] {
      let lists = values.map { $0.split(separator: separator).map { CellTrim.trimmed(String($0)) } }
      let options = Set(lists.joined())
      let several = lists.filter { $0.count > 1 }
      // A comma alone may stand before decimals.
      let isMeant =
        separator != "," || several.contains { $0.count > 2 }
        || several.contains { $0.contains { Int($0) == nil } }
        || several.count > 1 && several.allSatisfy { $0.allSatisfy { (Int($0) ?? 0) > 0 } }
      guard !several.isEmpty, isMeant, options.count <= 20,
        lists.allSatisfy({ Set($0).count == $0.count }),
        2 * options.count <= lists.joined().count
          || options.allSatisfy({ Int($0) != nil })
      else { continue }
      return (separator, options.sorted { ($0.count, $0) < ($1.count, $1) })
    }
    return nil
  }

  // MARK: Values

  /// Whether its values tell its rows apart: `P01`, `F1001`.
  var looksLikeIDs: Bool {
    let ids = values.count { value in
      let letters = value.prefix { $0.isLetter }
      let digits = value.dropFirst(letters.count).drop { $0 == "-" || $0 == "_" }
      guard letters.count <= 4, !digits.isEmpty,
        digits.allSatisfy({ $0.isASCII && $0.isNumber })
      else { return false }
      return digits.count >= 2 && digits.first == "0" || !letters.isEmpty && digits.count >= 3
    }
    return ids > 0 && 2 * ids >= values.count
  }

  /// Whether it may be one box of a question with several.
  var looksLikeBox: Bool {
    let values = Set(values.map { $0.lowercased() })
    return !values.isEmpty && values.isSubset(of: ["0", "1", "y", "n", "x"])
  }

  /// Whether it may say who answered.
  var looksPersonal: Bool {
    let heading = name.lowercased()
    let hints = ["ansatt", "person_id", "personid", "employee", "deltaker", "participant", "token"]
    let words = heading.split { !$0.isLetter }
    if words.contains("kode") || words.contains("code"), looksLikeIDs { return true }
    return hints.contains { heading.contains($0) }
      || (!values.isEmpty && values.allSatisfy { $0.contains("@") })
  }

  /// Whether its values count its rows.
  var isRunningNumber: Bool {
    let numbers = values.compactMap { Int($0) }
    return numbers.count > 12 && numbers.count == values.count
      && zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }

  /// `7`, `10`: a number of at most two digits, as scales have them. Nobody is called so.
  private static func isRating(_ value: String) -> Bool {
    value.count <= 2 && Int(value).map { "\($0)" == value && $0 >= 0 } == true
  }

  static func isWhole(_ value: String) -> Bool {
    let number = Double(value.replacing(",", with: "."))
    return number.map { $0 == $0.rounded() } == true
  }

  /// `A5`, `AO02`, `Y`, `-oth-`.
  static func isCode(_ value: String) -> Bool {
    guard value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      return false
    }
    return value.count <= 2 || value == "-oth-"
      || (value.count <= 4 && value.last?.isNumber == true)
  }
}
