/// What stands in place of a text that is not shown. Always the same: a mask as long as what it
/// hides would tell a name from a list of names.
let mask = "•••"

/// Hides who somebody is where that is known to stand: of a longer text the first two characters
/// stay, enough to recognise the row by.
func masked(_ text: String) -> String {
  let scalars = text.unicodeScalars
  return scalars.count > 4 ? String(String.UnicodeScalarView(scalars.prefix(2))) + mask : mask
}

/// Hides what says who somebody is wherever it stands in a sentence of ours: e-mail addresses, and
/// numbers as long as a national identity number.
func maskedContacts(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "@")) || text.utf8.count(where: isDigit) >= 11 else {
    return text
  }
  var result = String.UnicodeScalarView()
  var word = Substring.UnicodeScalarView()
  func end() {
    if word.contains("@") || hasLongNumber(word) {
      result.append(contentsOf: mask.unicodeScalars)
    } else {
      result.append(contentsOf: word)
    }
    word.removeAll(keepingCapacity: true)
  }
  for scalar in text.unicodeScalars {
    guard isEnd(scalar) else {
      word.append(scalar)
      continue
    }
    end()
    result.append(scalar)
  }
  end()
  return String(result)
}

/// Whether eleven digits follow each other.
private func hasLongNumber(_ word: Substring.UnicodeScalarView) -> Bool {
  var run = 0
  for scalar in word {
    run = isDigit(scalar) ? run + 1 : 0
    if run == 11 { return true }
  }
  return false
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

/// Ends a word: a space, a quote, or what stands between cells.
private func isEnd(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || ["'", "\"", ";", ",", "|", "<", ">"].contains(scalar)
}
