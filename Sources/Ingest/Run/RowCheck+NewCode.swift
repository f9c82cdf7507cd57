internal import Events

extension RowCheck {
  /// A code that the row makes known, so that nothing can be found of what it was before a spreadsheet
  /// changed it: what no code looks like is turned down.
  ///
  /// A date that was typed as a text, `2026-03-01`, is what many sessions are called.
  mutating func newCode(_ column: Int) -> String? {
    guard let code = code(column) else { return nil }
    if SpreadsheetDamage.isNamedDate(code) {
      reportDamage(column, "\(SpreadsheetDamage.makesDates): \(wording.mendCode)")
    } else if let cell = dateCell(column) {
      damagedDates.append(cell)
      reportDamage(
        column,
        "the cell holds a date, not a text: format the column as text and type the code again")
    } else {
      if SpreadsheetDamage.isDottedDate(code) {
        let name = columns[column].name
        report(.dateAsCode, column, "'\(name)': '\(shown(column))' is a date, and taken as a code")
      }
      return code
    }
    return nil
  }

  private mutating func reportDamage(_ column: Int, _ hint: String) {
    report(
      .excelDamage, column,
      "'\(columns[column].name)': '\(shown(column))' is \(IngestCode.excelDamage.complaint)",
      hint: hint)
  }

  /// The number of a column's cell in the batch, where a spreadsheet has a date there.
  private func dateCell(_ column: Int) -> Int? {
    let source = layout.sources[column]
    guard source >= 0, layout.maps[column] == nil else { return nil }
    let index = Int(row.firstCell) + source
    return text.cells[index].isDate ? index : nil
  }
}
