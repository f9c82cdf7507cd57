internal import Events

extension RowCheck {
  /// Reads a number, unless nobody can say what its point means.
  func readNumber<Value>(_ column: Int, _ read: (CellText) -> Reading<Value>) -> Reading<Value> {
    let cell = cell(column)
    guard let hasCommas = context.hasDecimalCommas, !cell.isEmpty else { return read(cell) }
    if hasCommas, let number = GroupedNumber(cell) {
      return .wrong(
        .groupedNumber, hint: "write \(number.whole), or \(number.fraction) if it is a fraction")
    }
    if !hasCommas, cell.hasDecimalComma { context.hasDecimalCommas = true }
    return read(cell)
  }

  /// A number of percents; what may be a share of 1 is taken as it stands, with a warning.
  mutating func percent(_ column: Int) -> DecimalNumber? {
    guard let number = decimal(column, in: 0...100) else { return nil }
    if number.value > 0, number.value <= 1 {
      let share = PlainNumber.text(number.value * 100)
      report(
        .shareOfOne, column,
        "'\(columns[column].name)': \(number.text) is taken as \(number.text) percent",
        hint: "if \(share) % is meant, write \(share): spreadsheets store it as \(number.text)")
    }
    return number
  }
}
