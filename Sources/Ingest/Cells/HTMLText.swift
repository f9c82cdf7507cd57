/// Texts with the character references of web pages in them, as forms keep what was typed into them.
enum HTMLText {
  private static let letters: [String: Character] = [
    "aelig": "æ", "AElig": "Æ", "oslash": "ø", "Oslash": "Ø", "aring": "å", "Aring": "Å",
    "auml": "ä", "Auml": "Ä", "ouml": "ö", "Ouml": "Ö", "uuml": "ü", "Uuml": "Ü", "szlig": "ß",
    "aacute": "á", "Aacute": "Á", "agrave": "à", "Agrave": "À", "eacute": "é", "Eacute": "É",
    "egrave": "è", "Egrave": "È", "ecirc": "ê", "Ecirc": "Ê", "ograve": "ò", "Ograve": "Ò",
    "oacute": "ó", "Oacute": "Ó", "ocirc": "ô", "Ocirc": "Ô", "ccedil": "ç", "ntilde": "ñ",
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "laquo": "«",
    "raquo": "»", "ndash": "–", "mdash": "—", "hellip": "…", "lsquo": "‘", "rsquo": "’",
    "ldquo": "“", "rdquo": "”",
  ]

  /// The text as it reads: `sv&aelig;rt`, `sv&#230;rt` and `sv&#xE6;rt` as `svært`. What is no
  /// reference stays.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let after = rest[rest.index(after: start)...]
      guard let end = after.prefix(10).firstIndex(of: ";"), let letter = letter(after[..<end])
      else {
        result.append("&")
        rest = after
        continue
      }
      result.append(letter)
      rest = after[after.index(after: end)...]
    }
    return Composition.composed(result + rest)
  }

  private static func letter(_ name: Substring) -> Character? {
    guard name.first == "#" else { return letters[String(name)] }
    let digits = name.dropFirst()
    let isHex = digits.first == "x" || digits.first == "X"
    let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap { $0 >= 0x20 ? Unicode.Scalar($0) : nil }.map { Character($0) }
  }
}
