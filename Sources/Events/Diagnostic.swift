/// One thing wrong with what somebody gave us, said so that they can mend it: where it is, what
/// it is, and what was probably meant.
///
/// The code is stable across versions; texts may improve.
public struct Diagnostic: Sendable, Equatable {
  public enum Severity: String, Sendable, CaseIterable {
    /// What it stands on was not used.
    case error
    /// It was used, and somebody should look.
    case warning
  }

  /// Stable code, for example `VD101`.
  public var code: String
  public var severity: Severity
  /// The file as the user named it.
  public var file: String
  /// Line counted from 1; `nil` when the matter is the file as a whole.
  public var line: Int?
  /// Column counted from 1 in Unicode scalars; `nil` when it is the line as a whole.
  public var column: Int?
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// What to do about it, or the known name nearest to the one that was written.
  public var hint: String?
  /// The offending line's text, without its line end. Leave it out, or mask it, where it would
  /// show who somebody is.
  public var excerpt: String?
  /// Where the caret goes under the excerpt, where that is not `column`: the excerpt of a row of a
  /// sheet is not a line of its file.
  public var caret: Int?
  /// The place as a spreadsheet names it, for example `C17`, where the file is one.
  public var reference: String?

  public init(
    code: String, severity: Severity = .error, file: String, line: Int? = nil,
    column: Int? = nil, message: String, hint: String? = nil, excerpt: String? = nil,
    caret: Int? = nil, reference: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.hint = hint
    self.excerpt = excerpt
    self.caret = caret
    self.reference = reference
  }

  /// `file:line:column`, as far as it is known.
  public var place: String {
    guard let line else { return file }
    guard let column else { return "\(file):\(line)" }
    return "\(file):\(line):\(column)"
  }

  /// As a terminal shows it: the place and the message, the line with a caret under the column,
  /// and the hint. No line end after the last line.
  public var rendered: String {
    var text =
      "\(place)\(reference.map { " (\($0))" } ?? ""): \(severity.rawValue)[\(code)]: \(message)"
    if let excerpt {
      let number = line.map(String.init) ?? ""
      let margin = String(repeating: " ", count: max(5, number.count))
      let (shown, offset) = Diagnostic.window(excerpt, around: column.map { caret ?? $0 })
      text += "\n\(margin.dropLast(number.count))\(number) | \(shown)"
      if let offset {
        let before = shown.prefix(offset).reduce(0) { $0 + Diagnostic.cells($1) }
        text += "\n\(margin) | \(String(repeating: " ", count: before))^"
      }
    }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }
}

extension Diagnostic {
  private static let widest = 96
  private static let before = 48

  /// How many cells of a terminal a character takes: East Asian wide ones and emoji take two.
  private static func cells(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The part of a line that fits a terminal, and how far into it the caret goes. Control
  /// characters become spaces: a tab would tear the caret from its column.
  private static func window(_ excerpt: String, around column: Int?) -> (String, Int?) {
    let characters = excerpt.map { character -> Character in
      character.unicodeScalars.allSatisfy { $0.value < 0x20 || $0.value == 0x7F }
        ? " " : character
    }
    // Columns count scalars, the screen shows characters.
    let offset = column.map { column in
      String(String.UnicodeScalarView(excerpt.unicodeScalars.prefix(max(0, column - 1)))).count
    }
    guard characters.count > widest else { return (String(characters), offset) }
    let start = min(max(0, (offset ?? 0) - before), characters.count - widest)
    let end = min(characters.count, start + widest)
    let shown =
      (start > 0 ? "…" : "") + String(characters[start..<end])
      + (end < characters.count ? "…" : "")
    return (shown, offset.map { $0 - start + (start > 0 ? 1 : 0) })
  }
}
