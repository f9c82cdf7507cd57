/// What no code looks like by itself, whether or not it is known.
extension SpreadsheetDamage {
  /// A date with the name of its month, as spreadsheets show what they have made of `1-3` or `mar1`.
  /// A name and a number without anything between them may be a user's name.
  static func isNamedDate(_ code: String) -> Bool {
    code.contains { "-./ ".contains($0) } && namesMonth(code)
  }

  /// `01.03.2026`: a date somebody has typed, or one a spreadsheet has made and shows so.
  static func isDottedDate(_ code: String) -> Bool {
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0].count <= 2 && parts[1].count <= 2
      && [2, 4].contains(parts[2].count) && parts.allSatisfy { Int($0) != nil }
  }
}
