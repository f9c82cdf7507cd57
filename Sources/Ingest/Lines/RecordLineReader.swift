internal import Events

/// Reads records of our own kinds from lines of JSON (NDJSON), one flat object a line, or from one
/// list of such objects. The header is the members of the first lines, as many as make one block of
/// the log.
final class RecordLineReader: RowReader {
  let batch = RowBatch()
  let delimiter: Delimiter
  let form: String?
  let rejectsForm = RejectsForm.lines
  let hasMembers = true
  private let file: String
  private let decoder: TextDecoder?
  private let lines: any LineSource
  private let limits: CSVReader.Limits
  private var names: [String] = []
  private var columns: [String: Int] = [:]
  private var places: [SourcePosition] = []
  /// Lines that were read for their members and are rows yet to come.
  private var ahead: [RecordLine] = []
  private var used = 0
  private var hasHeader = false
  /// What went wrong after lines that are still to be used.
  private var failure: InputError?

  /// - Parameter isList: whether the objects are the elements of one list.
  init(
    _ supply: any ByteSupply, file: String, isList: Bool = false, delimiter: Delimiter = .semicolon,
    limits: CSVReader.Limits = CSVReader.Limits()
  ) {
    self.file = file
    decoder = supply as? TextDecoder
    form = isList ? "a list of JSON" : "lines of JSON"
    self.delimiter = delimiter
    self.limits = limits
    lines =
      isList
      ? JSONListReader(supply, file: file, limit: limits.rowBytes)
      : LineReader(supply, limit: limits.rowBytes)
  }

  var encoding: EncodingChoice? { decoder?.choice }

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
    if batch.rows.isEmpty, let failure { throw failure }
    return !batch.rows.isEmpty
  }

  private func nextRecord() throws -> RecordLine? {
    if used < ahead.count {
      defer { used += 1 }
      return ahead[used]
    }
    ahead = []
    used = 0
    return try nextLine().map { RecordLine($0) }
  }

  /// A list that turns out to be cut off ends there; what came before it is used first.
  private func nextLine() throws -> LineReader.Line? {
    guard failure == nil else { return nil }
    do {
      return try lines.next()
    } catch let error as InputError {
      failure = error
      return nil
    }
  }

  private func lookAhead() throws {
    var size = 0
    while ahead.count < limits.rows, size < limits.batchBytes, let line = try nextLine() {
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
    if names.isEmpty { throw failure ?? noRecords() }
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
