/// A row to be given back.
struct MendableRow {
  /// As it stands in the file, without the reasons an earlier run has given and without what is
  /// beside the table.
  var text: [UInt8]
  /// How many cells it lacks.
  var lacking = 0
  /// What stands beside the table, as one text.
  var surplus: String?
}

/// Giving rows back to be mended.
extension RowBatch {
  func mendable(_ row: Row, _ layout: Layout, _ delimiter: Delimiter) -> MendableRow {
    // Cells an adapter has put in front do not stand in the row: they say nothing of where the next
    // one begins there.
    var own = row
    own.firstCell += Int32(layout.added)
    own.cellCount -= Int32(layout.added)
    let reasons = Set(layout.reasons.map { $0 - layout.added }.filter { $0 >= 0 })
    let width = layout.width - layout.added
    var count = Int(own.cellCount)
    if row.fault == nil, layout.fits(row) || (layout.added == 0 && count > width) {
      let beside = width..<max(count, width)
      return MendableRow(
        text: raw(own, without: reasons.union(beside), delimiter: delimiter),
        surplus: surplus(of: row, layout, delimiter))
    }
    var text = Array(raw(row))
    // A quote that is left open takes the line end in.
    while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
    if !reasons.isEmpty, let start = RowBatch.reasons(in: text, after: delimiter) {
      text.removeSubrange(start...)
      count -= reasons.count
    }
    return MendableRow(
      text: text, lacking: row.fault == nil ? max(0, width - reasons.count - count) : 0)
  }

  /// What stands beside the table: in the column an earlier run has put it into, and beyond the last.
  private func surplus(of row: Row, _ layout: Layout, _ delimiter: Delimiter) -> String? {
    let cells = Array(cells(of: row))
    var texts = cells.dropFirst(layout.width).map(text)
    if let index = layout.surplus, index < cells.count { texts.insert(text(cells[index]), at: 0) }
    while texts.last?.isEmpty == true { texts.removeLast() }
    let filled = texts.drop(while: \.isEmpty)
    return filled.isEmpty ? nil : filled.joined(separator: delimiter.rawValue)
  }

  /// The cell of a row that was given back with what stood beside the table, and still has it.
  func unmendedSurplus(of row: Row, _ layout: Layout) -> Cell? {
    guard let index = layout.surplus, row.fault == nil, index < Int(row.cellCount) else {
      return nil
    }
    let cell = cells[Int(row.firstCell) + index]
    return cell.start < cell.end ? cell : nil
  }

  /// The same with the cells it lacks, which are empty, and with what stands beside the table.
  func filledUp(_ row: Row, _ layout: Layout, _ delimiter: Delimiter) -> [UInt8] {
    guard row.fault != nil || Int(row.cellCount) <= layout.width else {
      return raw(row, without: layout.reasons, delimiter: delimiter)
    }
    let row = mendable(row, layout, delimiter)
    return row.text + Array(repeating: delimiter.byte, count: row.lacking)
  }

  /// How a row is complained of whose cells are not as many as the header's.
  static func countMessage(_ count: Int, _ width: Int) -> String {
    "the row has \(count) cells, the header \(width)"
  }

  /// How many cells a row had that was given back filled up with empty ones and has come again with
  /// all of those still empty; `nil` for any other row.
  func unmendedCount(of row: Row, _ layout: Layout) -> Int? {
    guard !layout.reasons.isEmpty, row.fault == nil, layout.fits(row) else { return nil }
    let cells = Array(cells(of: row))
    let reasons = layout.reasons.sorted().filter(cells.indices.contains).map { text(cells[$0]) }
    guard reasons.contains(where: { $0.contains(IngestCode.wrongCellCount.id) }) else {
      return nil
    }
    let own = cells.indices.filter { !layout.reasons.contains($0) }
    let count = (layout.added..<max(layout.added, own.count)).first { count in
      let message = RowBatch.countMessage(count - layout.added, own.count - layout.added)
      return reasons.contains { $0.contains(message) }
    }
    guard let count, own[count...].allSatisfy({ cells[$0].start == cells[$0].end }) else {
      return nil
    }
    return count
  }

  /// The cell that marks a row as one of two that contradicted each other in their file. Alone it
  /// looks as good as the other: whoever sends it has to say that it is the right one.
  func disputed(_ row: Row, _ layout: Layout) -> Int? {
    guard !layout.reasons.isEmpty, row.fault == nil, Int(row.cellCount) == layout.width else {
      return nil
    }
    return layout.reasons.sorted().first { index in
      text(cells[Int(row.firstCell) + index]).split(separator: " ")
        .contains { $0 == IngestCode.keyConflict.id }
    }
  }

  /// Cells beyond the header's that hold nothing, as spreadsheets leave them: `;;;;`.
  /// Not in rows an adapter has put cells in front of: where those end only it can tell.
  func surplus(of row: Row, _ layout: Layout) -> Range<Int>? {
    guard row.fault == nil, layout.added == 0, Int(row.cellCount) > layout.width else { return nil }
    let isEmpty = cells(of: row).dropFirst(layout.width).allSatisfy { $0.start == $0.end }
    return isEmpty ? layout.width..<Int(row.cellCount) : nil
  }

  /// Where the code of an earlier run stands in a row whose cells cannot be counted: the last cell
  /// that begins with `VD` and three digits.
  private static func reasons(in text: [UInt8], after delimiter: Delimiter) -> Int? {
    guard text.count >= 6 else { return nil }
    return (0...(text.count - 6)).last { index in
      text[index] == delimiter.byte && text[index + 1] == UInt8(ascii: "V")
        && text[index + 2] == UInt8(ascii: "D")
        && text[(index + 3)...(index + 5)].allSatisfy { (0x30...0x39).contains($0) }
    }
  }
}
