internal import Events

extension InputError {
  /// What may come of cells that are not told from each other.
  private static let ofHeaders = Set(
    [
      IngestCode.strayQuote, .quoteOpen, .noHeader, .unknownColumn, .missingColumn, .headerRows,
      .bindingColumn, .unmappedColumn, .nothingOfTool, .noParticipants, .toolWithoutBinding,
    ].map(\.id))

  /// The error, or that cells are separated by something else than was asked for, where that explains
  /// it: the first row has one cell then, and several by its own looks.
  func explained(byDelimiterOf file: String, _ options: IngestOptions) -> InputError {
    guard let asked = options.delimiter, ByteSource.isRegularFile(file),
      diagnostics.contains(where: { InputError.ofHeaders.contains($0.code) })
    else { return self }
    var byLooks = options
    byLooks.delimiter = nil
    byLooks.sheet = nil
    guard let likely = InputError.firstRow(of: file, byLooks), likely.delimiter != asked,
      likely.cells > 1, (InputError.firstRow(of: file, options)?.cells ?? 0) <= 1
    else { return self }
    return InputError(
      .otherDelimiter, file: file,
      message: "the cells of '\(file)' are separated by \(likely.delimiter.name), not by"
        + " \(asked.name)",
      hint: "leave --delimiter out, or say --delimiter \(likely.delimiter.word)")
  }

  /// What separates the cells of a text's first row, and how many there are; a row that is none has
  /// not even one. `nil` for what is no such text.
  private static func firstRow(
    of file: String, _ options: IngestOptions
  ) -> (delimiter: Delimiter, cells: Int)? {
    guard let reader = try? OpenedInput(file, options).reader as? CSVReader,
      (try? reader.next(atMost: 1)) == true, let row = reader.batch.rows.first
    else { return nil }
    return (reader.delimiter, row.fault == nil ? Int(row.cellCount) : 0)
  }
}
