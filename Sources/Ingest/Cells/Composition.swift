@_spi(_Unicode) internal import Swift

/// Text in Unicode's composed form (NFC): a letter written as a base and a combining mark (`a` +
/// U+030A, as file systems of Apple write `å`) becomes the one code point everybody else writes, so
/// that equal words have equal bytes in the log.
///
/// The rules are the standard library's own, by which it compares strings. It has no public name
/// for them yet, and Foundation's is not at hand in every build of this program.
enum Composition {
  static func composed(_ text: String) -> String {
    // What lies below the first combining mark is composed already.
    guard text.unicodeScalars.contains(where: { $0.value >= 0x300 }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text._nfc { result.append(scalar) }
    return String(result)
  }
}
