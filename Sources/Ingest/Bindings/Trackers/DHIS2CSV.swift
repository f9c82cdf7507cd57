internal import Events

/// Events from CSV, which has a row for each data value; the rows of an event stand together. One whose
/// rows do not is turned down with all of them, for nothing tells before the end that it is whole.
final class DHIS2CSV: DHIS2Events {
  private let reader: CSVReader
  /// Present names of the columns.
  private let names: [String]
  /// How many cells a row has, and which a file of rejected rows has added.
  private let own: Layout
  /// The header as a file of rejected rows repeats it.
  let header: [UInt8]
  private var cursor = 0
  private var open: DHIS2Event?
  /// Whether the row before the open event cannot be read.
  private var isAfterBroken = false
  var delimiter: Delimiter { reader.delimiter }
  /// Events whose rows do not stand together.
  private let apart: LargeIDSet

  /// - Parameter again: the same file, to be read ahead.
  init(
    _ supply: any ByteSupply, _ again: SeekableFile, file: String, _ options: IngestOptions
  ) throws {
    let reader = try CSVReader(supply, delimiter: options.delimiter)
    guard try reader.next(atMost: 1) else {
      throw InputError(
        .emptyFile, file: file, message: "'\(file)' holds nothing but blank lines")
    }
    let batch = reader.batch
    let row = batch.rows[0]
    let own = batch.cells(of: row).map { CellTrim.trimmed(batch.text($0)) }
    self.reader = reader
    names = own.map { DHIS2Event.field($0) ?? $0 }
    var layout = Layout(columns: 0, width: own.count)
    layout.reasons = Set(
      own.indices.filter { Layout.rejectColumns.contains(own[$0].lowercased()) })
    self.own = layout
    header = batch.raw(row, without: layout.reasons, delimiter: reader.delimiter)
    cursor = 1
    for needed in ["event", "status", "dataElement", "value"] where !names.contains(needed) {
      throw InputError(
        .nothingOfTool, file: file, message: "the header has no column '\(needed)'",
        hint: "export the events of the programme as CSV, one row for each data value")
    }
    apart = try DHIS2CSV.eventsApart(
      again, options, column: names.firstIndex(of: "event") ?? 0, width: names.count)
  }

  func next() throws -> DHIS2Event? {
    while true {
      if cursor >= reader.batch.rows.count {
        guard try reader.next() else {
          defer { open = nil }
          return try open.map { try checked($0, isCut: isAfterBroken) }
        }
        cursor = 0
      }
      let row = reader.batch.rows[cursor]
      cursor += 1
      let part = event(row)
      guard let before = open else {
        open = part
        continue
      }
      guard part.objections.isEmpty, before.objections.isEmpty, part.text("event") != "",
        part.text("event") == before.text("event")
      else {
        open = part
        defer { isAfterBroken = !before.objections.isEmpty }
        return try checked(before, isCut: isAfterBroken || !part.objections.isEmpty)
      }
      open?.values += part.values
      // Only the last line of an event says why it was turned down.
      let none = [reader.delimiter.byte, reader.delimiter.byte, 0x0D, 0x0A]
      open?.original += none + part.original
    }
  }

  /// An event with rows elsewhere, too, is not whole, and one beside a row that cannot be read may
  /// not be.
  private func checked(_ event: DHIS2Event, isCut: Bool) throws -> DHIS2Event {
    let id = event.text("event")
    guard event.objections.isEmpty else { return event }
    var event = event
    if isCut {
      event.objections.append(
        RowObjection(code: .eventCut, place: event.place, message: IngestCode.eventCut.summary))
    }
    guard !id.isEmpty, try apart.contains(id) else { return event }
    event.objections.append(
      RowObjection(
        code: .eventApart, place: event.place,
        message: "the rows of an event do not stand together"))
    return event
  }

  /// The events of a file that come again after another one.
  private static func eventsApart(
    _ file: SeekableFile, _ options: IngestOptions, column: Int, width: Int
  ) throws -> LargeIDSet {
    let decoder = TextDecoder(SeekableSupply(file), file: file.name, encoding: options.encoding)
    let reader = try CSVReader(decoder, delimiter: options.delimiter)
    let (seen, apart) = (LargeIDSet(for: file.name), LargeIDSet(for: file.name))
    var last = ""
    while try reader.next() {
      let batch = reader.batch
      for row in batch.rows where row.fault == nil && Int(row.cellCount) == width {
        let id = CellTrim.trimmed(batch.text(batch.cells[Int(row.firstCell) + column]))
        if id != last, !id.isEmpty, try !seen.insert(id) { _ = try apart.insert(id) }
        last = id
      }
    }
    return apart
  }

  private func event(_ row: RowBatch.Row) -> DHIS2Event {
    let batch = reader.batch
    let cells = Array(batch.cells(of: row))
    let start = SourcePosition(line: row.line, column: 1)
    let unmended = batch.unmendedCount(of: row, own)
    let isWhole = row.fault == nil && cells.count == names.count && unmended == nil
    var event = DHIS2Event(
      line: row.line, place: start, original: batch.filledUp(row, own, reader.delimiter))
    guard isWhole else {
      let code = row.fault?.code ?? .wrongCellCount
      let place = row.fault.map { batch.position(of: $0.offset, in: row) } ?? start
      let (count, width) =
        unmended.map { ($0, names.count - own.reasons.count) } ?? (cells.count, names.count)
      event.objections = [
        RowObjection(
          code: code, place: place,
          message: row.fault == nil ? RowBatch.countMessage(count, width) : code.summary)
      ]
      return event
    }
    for (name, cell) in zip(names, cells) {
      event.fields[name] = MadeRow.Cell(
        text: CellTrim.trimmed(batch.text(cell)), place: batch.position(of: cell.origin, in: row))
    }
    if let value = event.fields["value"], !event.text("dataElement").isEmpty {
      event.values = [(event.text("dataElement"), value)]
    }
    return event
  }
}
