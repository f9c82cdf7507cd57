internal import Events

extension RowCheck {
  mutating func whole(_ column: Int, in range: ClosedRange<Int>) -> Int? {
    let cell = cell(column)
    let bounds = Double(range.lowerBound)...Double(range.upperBound)
    guard let value = take(doubt(cell, in: bounds, isWhole: true) ?? cell.whole(), column) else {
      return nil
    }
    guard range.contains(value) else {
      reportOutside("\(value)", column, "\(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  mutating func decimal(_ column: Int, in range: ClosedRange<Double>) -> DecimalNumber? {
    decimal(cell(column), column, in: range)
  }

  private mutating func decimal(
    _ cell: CellText, _ column: Int, in range: ClosedRange<Double>
  ) -> DecimalNumber? {
    guard let number = take(doubt(cell, in: range, isWhole: false) ?? cell.decimal(), column) else {
      return nil
    }
    guard range.contains(number.value) else {
      reportOutside(
        number.text, column, "\(Int(range.lowerBound)) to \(Int(range.upperBound))")
      return nil
    }
    return number
  }

  private mutating func reportOutside(_ number: String, _ column: Int, _ bounds: String) {
    report(
      .outOfRange, column,
      "'\(columns[column].name)': \(context.disclosure.shown(number: number)) is outside \(bounds)")
  }

  /// What is wrong with a number that may be either of two that are possible here.
  private func doubt<Value>(
    _ cell: CellText, in range: ClosedRange<Double>, isWhole: Bool
  ) -> Reading<Value>? {
    guard let number = GroupedNumber(cell) else { return nil }
    let isPossible = range.contains(Double(number.whole))
    let hasCommas = context.numbers == .commas
    switch context.numbers {
    case .exact: guard isPossible, number.hasIdleZero, wording == .columns else { return nil }
    case .commas where !isWhole: guard number.isWithPoint else { return nil }
    case .commas, .doubtful: guard isPossible else { return nil }
    }
    return .wrong(.groupedNumber, hint: number.hint(isWhole: isWhole, hasCommas: hasCommas))
  }

  /// A number of percents, with or without the sign; what may be a share of 1 is taken as it stands,
  /// with a warning unless it has the sign.
  mutating func percent(_ column: Int) -> DecimalNumber? {
    let cell = cell(column)
    let bare = cell.withoutPercentSign
    guard let number = decimal(bare ?? cell, column, in: 0...100) else { return nil }
    if bare == nil, number.value > 0, number.value <= 1 {
      let share = PlainNumber.text(number.value * 100)
      report(
        .shareOfOne, column,
        "'\(columns[column].name)': \(number.text) is taken as \(number.text) percent",
        hint: "if \(share) % is meant, write \(share): spreadsheets store it as \(number.text)")
    }
    return number
  }
}
