/// The inner loop of the CSV reader over text that stays where it is.
struct RowScanner {
  let delimiter: UInt8
  let limits: CSVReader.Limits
  var cursor: Int
  var line: Int
  let atEnd: Bool
  var cells: [RowBatch.Cell] = []
  var rows: [RowBatch.Row] = []
  var aside: [UInt8] = []

  init(delimiter: UInt8, limits: CSVReader.Limits, cursor: Int, line: Int, atEnd: Bool) {
    self.delimiter = delimiter
    self.limits = limits
    self.cursor = cursor
    self.line = line
    self.atEnd = atEnd
  }

  /// What the row being read has come to.
  private struct Progress {
    var index: Int
    var lines = 0
    var anyHigh: UInt8 = 0
    var fault: RowFault?
    var isBlank = true
    var start: Int
  }

  private enum Step {
    case cellEnded, rowEnded, moreNeeded
  }

  private static let quote = UInt8(ascii: "\"")

  /// Reads complete rows from the cursor on.
  mutating func run(
    _ bytes: UnsafeBufferPointer<UInt8>, stops: UnsafeBufferPointer<Bool>, atMost wanted: Int
  ) {
    while rows.count < wanted, cursor < bytes.count, cursor < limits.batchBytes {
      let firstCell = cells.count
      let firstAside = aside.count
      var row = Progress(index: cursor, start: cursor)
      var step = Step.cellEnded
      while step == .cellEnded {
        if row.index < bytes.count, bytes[row.index] == RowScanner.quote,
          stops[Int(RowScanner.quote)]
        {
          step = quoted(bytes, stops, &row)
        } else {
          step = plain(bytes, stops, &row)
        }
      }
      if step == .moreNeeded {
        cells.removeSubrange(firstCell...)
        aside.removeSubrange(firstAside...)
        return
      }
      finish(bytes, row, firstCell: firstCell)
    }
  }

  private mutating func finish(
    _ bytes: UnsafeBufferPointer<UInt8>, _ row: Progress, firstCell: Int
  ) {
    defer {
      line += row.lines
    }
    // The line end is not part of the row.
    var end = row.index
    if end > row.start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > row.start, bytes[end - 1] == 0x0D { end -= 1 }
    if row.fault?.kind == .quoteOpen { end = row.index }
    cursor = row.index
    if row.isBlank, cells.count - firstCell <= 1, row.fault == nil {
      cells.removeSubrange(firstCell...)
      return
    }
    var fault = row.fault
    if fault == nil, row.anyHigh >= 0x80 {
      let text = UnsafeBufferPointer(rebasing: bytes[row.start..<end])
      fault = RowFault(in: text, from: row.start)
    }
    rows.append(
      RowBatch.Row(
        firstCell: Int32(firstCell), cellCount: Int32(cells.count - firstCell),
        start: Int32(row.start), end: Int32(end), line: line, fault: fault))
  }

  /// Reads a cell without quotes.
  private mutating func plain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ stops: UnsafeBufferPointer<Bool>,
    _ row: inout Progress
  ) -> Step {
    let start = row.index
    var index = start
    var high = row.anyHigh
    while index < bytes.count {
      let byte = bytes[index]
      if stops[Int(byte)] {
        if byte == 0 || byte == RowScanner.quote {
          note(&row, byte == 0 ? .controlByte : .strayQuote, index)
          return skip(bytes, from: index, &row)
        }
        break
      }
      high |= byte
      index += 1
    }
    row.anyHigh = high
    if index == bytes.count, !atEnd { return .moreNeeded }
    if index > start { row.isBlank = false }
    append(start: start, end: index, origin: start, &row)
    return separator(bytes, at: index, &row)
  }

  /// Reads a cell in quotes.
  private mutating func quoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ stops: UnsafeBufferPointer<Bool>,
    _ row: inout Progress
  ) -> Step {
    let origin = row.index
    let start = origin + 1
    var index = start
    var hasDoubled = false
    row.isBlank = false
    while true {
      while index < bytes.count, bytes[index] != RowScanner.quote {
        let byte = bytes[index]
        row.anyHigh |= byte
        if byte == 0x0A { row.lines += 1 }
        if byte == 0x0D, !(index + 1 < bytes.count && bytes[index + 1] == 0x0A) { row.lines += 1 }
        if byte == 0 { note(&row, .controlByte, index) }
        index += 1
      }
      guard index < bytes.count else {
        guard atEnd else { return .moreNeeded }
        row.fault = RowFault(kind: .quoteOpen, offset: Int32(origin))
        append(start: start, end: index, origin: origin, &row)
        row.index = index
        return .rowEnded
      }
      guard index + 1 < bytes.count || atEnd else { return .moreNeeded }
      if index + 1 < bytes.count, bytes[index + 1] == RowScanner.quote {
        hasDoubled = true
        index += 2
        continue
      }
      break
    }
    if hasDoubled {
      appendUndoubled(bytes[start..<index], origin: origin, &row)
    } else {
      append(start: start, end: index, origin: origin, &row)
    }
    let after = index + 1
    guard
      after == bytes.count || bytes[after] == delimiter || bytes[after] == 0x0A
        || bytes[after] == 0x0D
    else {
      note(&row, .strayQuote, index)
      return skip(bytes, from: after, &row)
    }
    return separator(bytes, at: after, &row)
  }

  /// Steps over what ends a cell: a delimiter, a line end, or the end of the text.
  private func separator(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ row: inout Progress
  ) -> Step {
    guard index < bytes.count else {
      guard atEnd else { return .moreNeeded }
      row.index = index
      row.lines += 1
      return .rowEnded
    }
    let byte = bytes[index]
    if byte == delimiter {
      row.index = index + 1
      return .cellEnded
    }
    var after = index + 1
    if byte == 0x0D {
      guard after < bytes.count || atEnd else { return .moreNeeded }
      if after < bytes.count, bytes[after] == 0x0A { after += 1 }
    }
    row.index = after
    row.lines += 1
    return .rowEnded
  }

  /// Leaves a row that has a fault at the end of its line.
  private func skip(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: Int, _ row: inout Progress
  ) -> Step {
    var index = index
    row.isBlank = false
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return separator(bytes, at: index, &row)
  }

  private mutating func append(start: Int, end: Int, origin: Int, _ row: inout Progress) {
    if end - start > limits.cellBytes { note(&row, .cellTooLarge, origin) }
    guard room(origin, &row) else { return }
    cells.append(
      RowBatch.Cell(
        start: Int32(start), end: Int32(end), origin: Int32(origin), isAside: false))
  }

  private mutating func appendUndoubled(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, origin: Int, _ row: inout Progress
  ) {
    if text.count > limits.cellBytes { note(&row, .cellTooLarge, origin) }
    guard room(origin, &row) else { return }
    let start = Int32(aside.count)
    var isSecond = false
    for byte in text {
      if byte == RowScanner.quote {
        isSecond.toggle()
        if !isSecond { continue }
      }
      aside.append(byte)
    }
    cells.append(
      RowBatch.Cell(
        start: start, end: Int32(aside.count), origin: Int32(origin), isAside: true))
  }

  private func room(_ origin: Int, _ row: inout Progress) -> Bool {
    guard let last = rows.last else { return hasRoom(after: 0, origin, &row) }
    return hasRoom(after: Int(last.firstCell + last.cellCount), origin, &row)
  }

  private func hasRoom(after first: Int, _ origin: Int, _ row: inout Progress) -> Bool {
    guard cells.count - first >= limits.cells else { return true }
    note(&row, .tooManyColumns, origin)
    return false
  }

  /// The first fault of a row is the one that is told.
  private func note(_ row: inout Progress, _ kind: RowFault.Kind, _ offset: Int) {
    if row.fault == nil { row.fault = RowFault(kind: kind, offset: Int32(offset)) }
  }
}
