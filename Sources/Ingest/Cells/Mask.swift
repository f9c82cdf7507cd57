/// Hides who somebody is in what is printed and kept: the first two characters stay, enough to
/// find the row, and every other one becomes a dot, so that columns do not move.
func masked(_ text: String) -> String {
  let length = text.unicodeScalars.count
  let kept = length > 3 ? 2 : length > 1 ? 1 : 0
  var result = String.UnicodeScalarView()
  for (index, scalar) in text.unicodeScalars.enumerated() {
    result.append(index < kept ? scalar : "•")
  }
  return String(result)
}

/// Hides everything that is a letter or a digit, for a row whose cells cannot be told apart.
func fullyMasked(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isShape =
      scalar == "\t"
      || (0x20..<0x7F).contains(scalar.value)
        && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
    result.append(isShape ? scalar : "•")
  }
  return String(result)
}

/// Hides what says who somebody is wherever it stands, for cells that are in the wrong column: e-mail
/// addresses, and numbers as long as a national identity number. Nothing moves.
func maskedContacts(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "@")) || text.utf8.count(where: isDigit) >= 11 else {
    return text
  }
  var result = String.UnicodeScalarView()
  var word = Substring.UnicodeScalarView()
  func end() {
    let isHidden = word.contains("@") || hasLongNumber(word)
    for scalar in word { result.append(isHidden ? "•" : scalar) }
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
