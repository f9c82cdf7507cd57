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
