/// A look at YAML before it is parsed.
///
/// Aliases of aliases stand for texts of any size in a few lines ("a billion laughs"). The parser
/// shares what they stand for, but compares the keys of a mapping in full.
public enum YAMLGuard {
  private static let mostAliases = 24

  /// Whether a text has more aliases (`*name`) than people write; with fewer, what they stand for
  /// cannot get large. What only looks like one is counted, too.
  public static func hasTooManyAliases(_ text: String) -> Bool {
    var count = 0
    var mayBegin = true
    var isAlias = false
    for byte in text.utf8 {
      let isSpace = byte <= 0x20
      if isAlias, !isSpace { count += 1 }
      isAlias = mayBegin && byte == UInt8(ascii: "*")
      mayBegin =
        isSpace || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
        || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    }
    return count > mostAliases
  }
}
