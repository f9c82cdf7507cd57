/// What a spreadsheet writes where it has no value to show. It is nobody's data.
struct SpreadsheetError {
  /// What is wrong, as it follows "is".
  let complaint: String
  let hint: String

  /// `nil` for any other text.
  init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "#") else { return nil }
    if text.utf8.count >= 3, text.utf8.allSatisfy({ $0 == UInt8(ascii: "#") }) {
      complaint = "what a spreadsheet shows where a column is too narrow, and no value"
      hint = "make the column wider in the spreadsheet, save the file again and send that"
    } else if SpreadsheetError.words.contains(text.uppercased()) {
      complaint = "an error of the spreadsheet, and no value"
      hint = IngestCode.errorCell.hint
    } else {
      return nil
    }
  }

  /// In English and in Norwegian.
  private static let words: Set<String> = [
    "#REF!", "#N/A", "#I/T", "#VALUE!", "#VERDI!", "#DIV/0!", "#NAME?", "#NAVN?", "#NUM!", "#NULL!",
    "#SPILL!", "#OVERFLYT!", "#CALC!", "#BEREGN!",
  ]
}
