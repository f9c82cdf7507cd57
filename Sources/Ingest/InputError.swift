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
    self.init(
      code: code.id, severity: code.severity, file: file, line: line, column: column,
      message: Diagnostic.printable(message), hint: Diagnostic.printable(hint ?? code.hint),
      excerpt: excerpt, caret: caret, reference: reference)
  }
}
