/// A stable code as `varde codes` and the documentation list it.
///
/// Every module lists its own; a number is never given to another matter, and one that is retired
/// stays retired.
public struct ListedCode: Sendable, Equatable {
  public let id: String
  public let severity: Diagnostic.Severity
  /// What it means, in a few words without a full stop.
  public let meaning: String
  /// What to do about it.
  public let hint: String

  public init(
    _ id: String, _ meaning: String, _ hint: String, severity: Diagnostic.Severity = .error
  ) {
    self.id = id
    self.severity = severity
    self.meaning = meaning
    self.hint = hint
  }
}
