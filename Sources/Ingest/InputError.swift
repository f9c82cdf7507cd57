public import Events

/// An input was turned down as a whole, before any of its rows was used: all that was found wrong
/// with it.
public struct InputError: Error, Sendable, Equatable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  init(_ code: IngestCode, file: String, message: String, hint: String? = nil) {
    self.init([Diagnostic(code, file: file, message: message, hint: hint)])
  }
}

extension Diagnostic {
  /// Names and values from a file may hold control characters, which would rule the terminal.
  private static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isControl(scalar) ? " " : scalar) }
    return String(result)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  init(
    _ code: IngestCode, file: String, line: Int? = nil, column: Int? = nil,
    reference: String? = nil, message: String, hint: String? = nil, excerpt: String? = nil,
    caret: Int? = nil
  ) {
    let shown = excerpt.map { Diagnostic.around(caret ?? column ?? 1, in: $0) }
    self.init(
      code: code.id, severity: code.severity, file: file, line: line, column: column,
      message: Diagnostic.short(message), hint: Diagnostic.short(hint ?? code.hint),
      excerpt: shown?.text, caret: shown.flatMap { $0.caret == column ? nil : $0.caret },
      reference: reference)
  }

  /// No file makes a report large: what is shown of it is cut where it gets long.
  private static let longest = 600

  private static func short(_ text: String) -> String {
    let text = printable(text)
    guard text.utf8.count > longest, text.unicodeScalars.count > longest else {
      return maskedContacts(text)
    }
    return maskedContacts(String(String.UnicodeScalarView(text.unicodeScalars.prefix(longest))))
      + "…"
  }

  /// What stands around a column of a line, and where the column is in that.
  private static func around(_ column: Int, in line: String) -> (text: String, caret: Int) {
    guard line.utf8.count > longest else { return (line, column) }
    let left = max(0, column - 1 - longest / 2)
    let scalars = line.unicodeScalars.dropFirst(left)
    let end =
      scalars.index(
        scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex) ?? scalars.endIndex
    let text =
      (left > 0 ? "…" : "") + String(scalars[..<end]) + (end < scalars.endIndex ? "…" : "")
    return (text, left > 0 ? column - left + 1 : column)
  }
}
