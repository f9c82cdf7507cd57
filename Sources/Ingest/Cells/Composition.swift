/// Composes letters written as a base and a combining mark (`a` + U+030A, as file systems of
/// Apple write `å`) to the one code point everybody else writes, so that equal words have equal
/// bytes in the log.
///
/// The letters of Latin-1 and those Sami and Slavic names need; the standard library compares all
/// others by canonical equivalence anyway.
enum Composition {
  private static let marks: [Unicode.Scalar: [(base: String, composed: String)]] = [
    "\u{300}": [("AEIOUaeiou", "ÀÈÌÒÙàèìòù")],
    "\u{301}": [("AEIOUYaeiouyCNSZcnsz", "ÁÉÍÓÚÝáéíóúýĆŃŚŹćńśź")],
    "\u{302}": [("AEIOUaeiou", "ÂÊÎÔÛâêîôû")],
    "\u{303}": [("ANOano", "ÃÑÕãñõ")],
    "\u{308}": [("AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ")],
    "\u{30A}": [("AaUu", "ÅåŮů")],
    "\u{30C}": [("CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž")],
    "\u{327}": [("Cc", "Çç")],
    "\u{328}": [("AEae", "ĄĘąę")],
  ]

  private static let table: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = marks.mapValues {
    entries in
    var pairs: [Unicode.Scalar: Unicode.Scalar] = [:]
    for entry in entries {
      for (base, composed) in zip(entry.base.unicodeScalars, entry.composed.unicodeScalars) {
        pairs[base] = composed
      }
    }
    return pairs
  }

  static func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { table[$0] != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let pairs = table[scalar], let last = result.last, let composed = pairs[last] {
        result.removeLast()
        result.append(composed)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
