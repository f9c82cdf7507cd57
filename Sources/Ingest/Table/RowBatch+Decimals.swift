/// Numbers of an input that is no text, in rows that are given back as text.
extension RowBatch {
  /// Writes a number's decimals behind a comma in a row that is given back with semicolons between its
  /// cells. A spreadsheet that separates cells so takes `7.5` for the seventh of May.
  ///
  /// Not `1.250`, which no program writes of a number: a person has typed it, and may mean 1250.
  func writeDecimalComma(in cell: Int) {
    let cell = cells[cell]
    let place = Int(cell.start)..<Int(cell.end)
    guard !cell.isAside, let point = bytes[place].firstIndex(of: UInt8(ascii: ".")) else { return }
    let digits = bytes[place].drop { $0 == UInt8(ascii: "-") }.filter { $0 != UInt8(ascii: "%") }
    guard digits.count(where: { $0 == UInt8(ascii: ".") }) == 1, digits.first != UInt8(ascii: "."),
      digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
      let last = digits.last, (0x31...0x39).contains(last)
    else { return }
    bytes[point] = UInt8(ascii: ",")
  }
}

extension Layout {
  /// The cells of a row that hold numbers: those of such columns, and of answers.
  func numberCells(of kind: some RecordKind) -> [Int] {
    let columns = kind.columns.indices.filter { kind.columns[$0].isNumber }.map { sources[$0] }
    return (columns + items.map(\.source.cell)).filter { $0 >= added }
  }
}
