/// One delimited file, opened: its bytes, its text and its rows.
final class TableInput {
  let source: ByteSource
  let decoder: TextDecoder
  var reader: CSVReader

  init(_ file: String, _ options: IngestOptions) throws {
    source = try ByteSource(path: file)
    decoder = TextDecoder(source, file: file, encoding: options.encoding)
    reader = try CSVReader(decoder, delimiter: options.delimiter)
  }

  /// The first row, alone in its batch.
  func header(of kind: String) throws -> RowBatch {
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
