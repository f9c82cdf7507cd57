/// Everything wrong with one programme definition, in the order of the file. Nothing of it was
/// used.
public struct DefinitionProblems: Error, Sendable, Equatable, CustomStringConvertible {
  public var diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  public var description: String {
    diagnostics.map(\.rendered).joined(separator: "\n")
  }
}
