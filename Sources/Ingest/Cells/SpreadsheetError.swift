/// What a spreadsheet writes where it has no value to show. It is nobody's data.
struct SpreadsheetError {
  /// What is wrong, as it follows "is".
  let complaint: String
  let hint: String
  /// Whether it is one of the texts spreadsheets are known to write, and nobody's name by chance.
  let isKnown: Bool

  /// `nil` for any other text.
  init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "#") else { return nil }
    if text.utf8.count >= 3, text.utf8.allSatisfy({ $0 == UInt8(ascii: "#") }) {
      complaint = "what a spreadsheet shows where a column is too narrow, and no value"
      hint = "make the column wider in the spreadsheet, save the file again and send that"
      isKnown = true
    } else if SpreadsheetError.isError(text) {
      isKnown = SpreadsheetError.words.contains(text.uppercased())
      complaint = "an error of the spreadsheet, and no value"
      hint = IngestCode.errorCell.hint
    } else {
      return nil
    }
  }

  /// The error of a formula, in whatever language.
  private static func isError(_ text: String) -> Bool {
    if words.contains(text.uppercased()) { return true }
    return text.count > 2 && "!?".contains(text.last ?? " ")
      && text.dropFirst().dropLast().allSatisfy { $0.isUppercase || "/_0".contains($0) }
  }

  /// In English and in Norwegian.
  private static let words: Set<String> = [
    "#REF!", "#N/A", "#I/T", "#VALUE!", "#VERDI!", "#DIV/0!", "#NAME?", "#NAVN?", "#NUM!", "#NULL!",
    "#SPILL!", "#OVERFLYT!", "#CALC!", "#BEREGN!",
  ]
}
