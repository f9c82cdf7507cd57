internal import Events

/// Reads records of our own kinds from lines of JSON (NDJSON): one flat object a line. The header
/// is the members of the first lines, as many as make one block of the log.
final class RecordLineReader: RowReader {
  let batch = RowBatch()
  let delimiter: Delimiter
  let form: String? = "lines of JSON"
  let rejectsForm = RejectsForm.lines
  private let file: String
  private let supply: any ByteSupply
  private let lines: LineReader
  private let limits: CSVReader.Limits
  private var names: [String] = []
  private var columns: [String: Int] = [:]
  private var places: [SourcePosition] = []
  /// Lines that were read for their members and are rows yet to come.
  private var ahead: [RecordLine] = []
  private var used = 0
  private var hasHeader = false

  init(
    _ supply: any ByteSupply, file: String, delimiter: Delimiter = .semicolon,
    limits: CSVReader.Limits = CSVReader.Limits()
  ) {
    self.file = file
    self.supply = supply
    self.delimiter = delimiter
    self.limits = limits
    lines = LineReader(supply, limit: limits.rowBytes)
  }

  var encoding: EncodingChoice? { (supply as? TextDecoder)?.choice }

  func next(atMost count: Int?) throws -> Bool {
    batch.clear()
    let wanted = min(count ?? limits.rows, limits.rows)
    if !hasHeader {
      hasHeader = true
      try lookAhead()
      writeHeader()
    }
    while batch.rows.count < wanted,
      batch.bytes.count + batch.originalBytes < limits.batchBytes,
      let record = try nextRecord()
    {
      write(record)
    }
    return !batch.rows.isEmpty
  }

  private func nextRecord() throws -> RecordLine? {
    if used < ahead.count {
      defer { used += 1 }
      return ahead[used]
    }
    ahead = []
    used = 0
    return try lines.next().map { RecordLine($0) }
  }

  private func lookAhead() throws {
    var size = 0
    while ahead.count < limits.rows, size < limits.batchBytes, let line = try lines.next() {
      let record = RecordLine(line)
      size += line.bytes.count
      ahead.append(record)
      for member in record.members
      where columns[member.name] == nil && !RecordLine.isReason(member) {
        columns[member.name] = names.count
        names.append(member.name)
        places.append(record.place(of: member.offset))
      }
    }
    guard names.count <= limits.cells else {
      throw InputError(
        .tooManyColumns, file: file,
        message: "the lines have \(names.count) different members, more than \(limits.cells)")
    }
    if names.isEmpty { throw noRecords() }
  }

  /// Without a single member there is nothing to check, only something to tell.
  private func noRecords() -> InputError {
    guard let record = ahead.first, let fault = record.fault else {
      return InputError(.emptyFile, file: file, message: "'\(file)' holds no records")
    }
    let place = record.place(of: fault.offset)
    return InputError([
      Diagnostic(
        .badJSON, file: file, line: place.line, column: place.column,
        message: fault.detail ?? IngestCode.lineTooLong.summary)
    ])
  }

  private func writeHeader() {
    let open = batch.beginRow(line: places[0].line)
    for (name, place) in zip(names, places) {
      batch.appendCell(Array(name.utf8), at: place, in: open, delimiter)
    }
    batch.endRow(open, original: [])
  }

  private func write(_ read: RecordLine) {
    var record = read
    var values = [JSONValue.Member?](repeating: nil, count: names.count)
    for member in record.members where !RecordLine.isReason(member) {
      if let column = columns[member.name] {
        values[column] = member
      } else {
        record.note(
          .newMember,
          "\(RecordLine.shown(member)) stands in no line at the beginning of the file", member)
      }
    }
    let open = batch.beginRow(line: record.line.number)
    if let fault = record.fault {
      // The line stands for itself: what is wrong with it is wrong with all of it.
      let offset = Int32(batch.bytes.count + min(fault.offset, record.line.bytes.count))
      batch.appendWhole(record.line.bytes, at: record.place(of: fault.offset), in: open)
      batch.endRow(
        open, original: record.original,
        fault: RowFault(kind: fault.kind, offset: offset, detail: fault.detail))
      return
    }
    for value in values {
      let place = record.place(of: value?.value.offset ?? 0)
      batch.appendCell(Array((value?.value.text ?? "").utf8), at: place, in: open, delimiter)
    }
    batch.endRow(open, original: record.original)
  }
}
