/// How the bytes of an input stand for letters.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"

  /// The encoding of that name, as people write it (`UTF-8`, `cp1252`, `latin1` …), or `nil`.
  public init?(named name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "utf-16le", "utf16le", "utf-16", "utf16", "unicode": self = .utf16LittleEndian
    case "utf-16be", "utf16be": self = .utf16BigEndian
    // Files labelled Latin-1 are Windows-1252 in practice, and no letter of ours differs.
    case "windows-1252", "windows1252", "cp1252", "1252", "ansi", "latin1", "latin-1",
      "iso-8859-1":
      self = .windows1252
    default: return nil
    }
  }
}

/// The encoding of one input and why it was taken.
public struct EncodingChoice: Sendable, Equatable, Codable {
  public var encoding: TextEncoding
  /// Whether the file began with a byte-order mark.
  public var hasMark: Bool
  /// How it was decided, for the report.
  public var reason: String
}

extension EncodingChoice {
  /// What is written where the input was no text: a spreadsheet reads it whatever its language.
  static let spreadsheet = EncodingChoice(
    encoding: .utf8, hasMark: true, reason: "the input is no text")
}
