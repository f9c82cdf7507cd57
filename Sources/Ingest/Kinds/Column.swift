/// One column a kind of record knows.
public struct Column: Sendable {
  /// Its name in the templates, and in messages.
  public let name: String
  /// Its Norwegian name first, then others it goes by.
  public let aliases: [String]
  public let isRequired: Bool
  /// Whether its cells say who somebody is; they are masked wherever they are shown.
  public let isIdentifying: Bool
  /// Whether its cells hold numbers and nothing else.
  let isNumber: Bool
  let example: String
  let norwegianExample: String

  /// ` ('navn')` behind its name, where it has a Norwegian one that differs.
  var shownAlias: String {
    aliases.first.flatMap { $0 == name ? nil : " ('\($0)')" } ?? ""
  }

  init(
    _ name: String, _ aliases: [String], required: Bool = false, identifying: Bool = false,
    number: Bool = false, example: String, norwegian: String? = nil
  ) {
    self.name = name
    self.aliases = aliases
    isRequired = required
    isIdentifying = identifying
    isNumber = number
    self.example = example
    norwegianExample = norwegian ?? example
  }
}

/// How names of columns are compared: without regard to case, to the spaces around them, and to
/// whether words are joined by space, hyphen or underscore.
enum ColumnName {
  static func folded(_ name: String) -> String {
    let text = Composition.composed(name).lowercased()
    let trimmed = CellTrim.trimmed(text)
    return String(trimmed.map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

/// Spaces around a text that is a string already.
enum CellTrim {
  static func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while let first = view.first, first.isWhitespace || first == "\u{FEFF}" { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
