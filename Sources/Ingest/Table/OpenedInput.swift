/// One input, opened: its bytes, which are counted and hashed, and the rows in them.
struct OpenedInput {
  let source: ByteSource
  let reader: any RowReader

  /// Opens a file, or standard input, as what its first bytes say it is.
  init(_ file: String, _ options: IngestOptions) throws {
    try self.init(try ByteSource(path: file, stop: options.stop), options)
  }

  /// Opens what a source has, of which nothing has been read yet.
  init(_ source: ByteSource, _ options: IngestOptions) throws {
    self.source = source
    let file = source.name
    let form = FileForm(try source.peek(FileForm.enough))
    if options.sheet != nil, form != .workbook {
      throw InputError(
        .sheetUnknown, file: file, message: "'\(file)' is no workbook and has no sheets",
        hint: "leave out --sheet")
    }
    let delimiter = options.delimiter ?? .semicolon
    switch form {
    case .delimitedText:
      let decoder = TextDecoder(source, file: file, encoding: options.encoding)
      reader = try CSVReader(decoder, delimiter: options.delimiter)
    case .workbook:
      reader = try WorkbookReader(
        try SeekableFile(source), sheet: options.sheet ?? options.boundSheet, delimiter: delimiter)
    case .linesOfJSON, .listOfJSON:
      let decoder = TextDecoder(source, file: file, encoding: options.encoding)
      reader = RecordLineReader(
        decoder, file: file, isList: form == .listOfJSON, delimiter: delimiter)
    case .spss, .stata:
      reader = try StatisticsReader(
        try SeekableFile(source), form == .spss ? .spss : .stata, encoding: options.encoding,
        delimiter: delimiter)
    case .other(let what, let hint):
      throw InputError(
        .otherFormat, file: file, message: "'\(file)' is \(what), which is not read", hint: hint)
    }
  }

  init(source: ByteSource, reader: any RowReader) {
    self.source = source
    self.reader = reader
  }

  /// The first rows, alone in their batch: one of them, or as many as the tool writes and the file
  /// has.
  func header(rows: Int = 1) throws -> RowBatch {
    guard try reader.next(atMost: rows) else {
      throw InputError(
        .emptyFile, file: source.name, message: "'\(source.name)' holds nothing but blank lines")
    }
    if let row = reader.batch.rows.first(where: { $0.fault != nil }), let fault = row.fault {
      let place = reader.batch.position(of: fault.offset, in: row)
      throw InputError([
        .init(
          fault.code, file: source.name, line: place.line, column: place.column,
          reference: place.reference, message: fault.message)
      ])
    }
    return reader.batch
  }
}
