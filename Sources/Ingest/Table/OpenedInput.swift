/// One input, opened: its bytes, which are counted and hashed, and the rows in them.
struct OpenedInput {
  let source: ByteSource
  let reader: any RowReader

  /// Opens a file, or standard input, as what its first bytes say it is.
  init(_ file: String, _ options: IngestOptions) throws {
    source = try ByteSource(path: file)
    let decoder = TextDecoder(source, file: file, encoding: options.encoding)
    reader = try CSVReader(decoder, delimiter: options.delimiter)
  }

  init(source: ByteSource, reader: any RowReader) {
    self.source = source
    self.reader = reader
  }

  /// The first row, alone in its batch.
  func header() throws -> RowBatch {
    guard try reader.next(atMost: 1) else {
      throw InputError(
        .emptyFile, file: source.name, message: "'\(source.name)' holds nothing but blank lines")
    }
    if let fault = reader.batch.rows[0].fault {
      let row = reader.batch.rows[0]
      let place = reader.batch.position(of: fault.offset, in: row)
      throw InputError([
        .init(
          fault.code, file: source.name, line: place.line, column: place.column,
          message: fault.code.summary)
      ])
    }
    return reader.batch
  }
}
