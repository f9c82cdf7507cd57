/// Why no figures can be computed at all.
public enum IndicatorError: Error, Equatable, CustomStringConvertible {
  /// No programme of this code is registered at the position.
  case unknownProgramme(String, position: Int64)
  /// Something that has to be a day is none.
  case notADay(String)

  public var description: String {
    switch self {
    case .unknownProgramme(let code, let position):
      "programme '\(code)' is not registered at position \(position)"
    case .notADay(let text):
      "'\(text)' is not a day; write it as 2025-08-31"
    }
  }
}
