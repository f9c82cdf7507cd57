/// Reads RFC 4180 rows from UTF-8 text, as many at a time as make one block of the log.
///
/// It works on bytes, keeps the place of every cell, and never guesses: what RFC 4180 does not
/// allow is a fault of that row. A row that is not complete at the end of the buffer is read again
/// from its start once more text has arrived.
final class CSVReader: RowReader {
  struct Limits {
    var rows = 5_000
    /// Text that makes a batch complete, whatever the number of rows.
    var batchBytes = 4 << 20
    var rowBytes = 1 << 20
    var cellBytes = 128 << 10
    var cells = 4_096
  }

  let delimiter: Delimiter
  let limits: Limits
  /// The rows last read; valid until the next call of `next`.
  let batch = RowBatch()
  private let supply: any ByteSupply
  private let stops: [Bool]
  private var cursor = 0
  private var line = 1
  private var atEnd = false
  /// Whether the file is one of rejected rows, which has marks; its header says so.
  private var hasMarks = false
  private var headersLeft = 40
  /// Set by a row too large to hold: there is no telling where the next one begins.
  private(set) var gaveUp = false

  /// Starts at the first character. Without a delimiter it is taken from the first line.
  ///
  /// - Parameter quotes: whether quotes around a cell are not part of it.
  init(
    _ supply: any ByteSupply, delimiter: Delimiter? = nil, quotes: Bool = true,
    limits: Limits = Limits()
  ) throws {
    self.supply = supply
    self.limits = limits
    atEnd = try CSVReader.fill(batch, from: supply)
    if let told = CSVReader.directive(batch.bytes) {
      // Excel's own first line, `sep=;`.
      cursor = told.length
      line = 2
      self.delimiter = delimiter ?? told.delimiter
    } else {
      self.delimiter =
        delimiter ?? batch.bytes.withUnsafeBufferPointer { Delimiter.sniff($0) }
    }
    var stops = [Bool](repeating: false, count: 256)
    for byte in [0x00, 0x0A, 0x0D, Int(self.delimiter.byte)] { stops[byte] = true }
    stops[0x22] = quotes
    self.stops = stops
  }

  var encoding: EncodingChoice? { (supply as? TextDecoder)?.choice }

  /// Reads until the first row is complete, so that it can be looked at; a line end in quotes does
  /// not end it.
  private static func fill(_ batch: RowBatch, from supply: any ByteSupply) throws -> Bool {
    var searched = 0
    var quoted = false
    var isComplete = false
    while !isComplete, batch.bytes.count < 65_536 {
      guard try supply.append(to: &batch.bytes) else { return true }
      while !isComplete, searched < batch.bytes.count {
        let byte = batch.bytes[searched]
        if byte == UInt8(ascii: "\"") { quoted.toggle() }
        isComplete = !quoted && (byte == 0x0A || byte == 0x0D)
        searched += 1
      }
    }
    // What follows a CR belongs to the line end, if it is an LF.
    guard batch.bytes.last == 0x0D else { return false }
    return try !supply.append(to: &batch.bytes)
  }

  private static func directive(_ bytes: [UInt8]) -> (delimiter: Delimiter, length: Int)? {
    guard bytes.count >= 6, bytes.starts(with: Array("sep=".utf8)),
      let delimiter = Delimiter.allCases.first(where: { $0.byte == bytes[4] })
    else { return nil }
    if bytes[5] == 0x0A { return (delimiter, 6) }
    guard bytes[5] == 0x0D else { return nil }
    return (delimiter, bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6)
  }

  /// Reads the next rows into `batch`: at most `count`, at most what the limits allow. Blank
  /// lines are no rows. Answers whether there were any.
  func next(atMost count: Int? = nil) throws -> Bool {
    batch.bytes.removeSubrange(..<cursor)
    cursor = 0
    batch.aside.removeAll(keepingCapacity: true)
    batch.cells.removeAll(keepingCapacity: true)
    batch.rows.removeAll(keepingCapacity: true)
    let wanted = min(count ?? limits.rows, limits.rows)
    while !gaveUp {
      scan(atMost: wanted)
      if batch.rows.count >= wanted || cursor >= limits.batchBytes || atEnd { break }
      if batch.bytes.count - cursor > limits.rowBytes {
        giveUp()
      } else if try !supply.append(to: &batch.bytes) {
        atEnd = true
      }
    }
    return !batch.rows.isEmpty
  }

  /// Ends the reading at a row that outgrew the limit, keeping no more of it than its beginning.
  private func giveUp() {
    gaveUp = true
    let end = Int32(min(batch.bytes.count, cursor + 256))
    batch.rows.append(
      RowBatch.Row(
        firstCell: Int32(batch.cells.count), cellCount: 0, start: Int32(cursor), end: end,
        line: line, fault: RowFault(kind: .rowTooLarge, offset: Int32(cursor))))
    cursor = batch.bytes.count
  }

  /// The first of the cells just read that may have a mark: those of the header of rejected rows, and
  /// all after it.
  private func firstMarked(
    _ work: RowScanner, after known: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let rows = work.rows[known...]
    if hasMarks { return rows.first.map { Int($0.firstCell) } }
    for row in rows.prefix(headersLeft) {
      headersLeft -= 1
      let names = work.cells[Int(row.firstCell)..<Int(row.firstCell + row.cellCount)].lazy
        .filter { !$0.isAside }
        .map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) }
      if Layout.rejectColumns.dropLast().allSatisfy(names.contains) {
        hasMarks = true
        return Int(row.firstCell)
      }
    }
    return nil
  }

  private func scan(atMost wanted: Int) {
    // The buffers are taken out of the batch while they are worked on: no exclusivity checks.
    var work = RowScanner(
      delimiter: delimiter.byte, limits: limits, cursor: cursor, line: line, atEnd: atEnd)
    swap(&work.cells, &batch.cells)
    swap(&work.rows, &batch.rows)
    swap(&work.aside, &batch.aside)
    let knownRows = work.rows.count
    batch.bytes.withUnsafeBufferPointer { bytes in
      stops.withUnsafeBufferPointer { stops in
        work.run(bytes, stops: stops, atMost: wanted)
      }
      if let first = firstMarked(work, after: knownRows, bytes) {
        FormulaMark.drop(from: &work.cells, after: first, bytes, work.aside)
      }
    }
    swap(&work.cells, &batch.cells)
    swap(&work.rows, &batch.rows)
    swap(&work.aside, &batch.aside)
    cursor = work.cursor
    line = work.line
  }
}
