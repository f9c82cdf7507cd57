extension RowBatch {
  /// The line of a row around an offset as it may be shown: cells that identify are masked, and
  /// all of them where a fault leaves no telling which is which. Nothing moves, so a caret under
  /// a column of the file is under it here.
  func excerpt(around offset: Int32, _ row: Row, _ layout: Layout?) -> String {
    let range = line(around: offset, in: row)
    guard let layout, row.fault?.leavesCells ?? true,
      layout.fits(row) || row.cellCount > layout.width
    else {
      return fullyMasked(String(decoding: bytes[range], as: UTF8.self))
    }
    var text = ""
    var place = range.lowerBound
    for (index, cell) in cells(of: row).enumerated() where layout.identifying.contains(index) {
      // A cell with doubled quotes has its text elsewhere; mask what stands in the line.
      let next = Int(row.firstCell) + index + 1
      let following = index + 1 < Int(row.cellCount) ? Int(cells[next].origin) - 1 : Int(row.end)
      let start = max(place, Int(cell.origin))
      let end = min(range.upperBound, following)
      guard start < end else { continue }
      text += String(decoding: bytes[place..<start], as: UTF8.self)
      text += maskedCell(String(decoding: bytes[start..<end], as: UTF8.self))
      place = end
    }
    return text + String(decoding: bytes[place..<range.upperBound], as: UTF8.self)
  }

  private func maskedCell(_ raw: String) -> String {
    guard raw.first == "\"", raw.last == "\"", raw.count >= 2 else { return masked(raw) }
    return "\"" + masked(String(raw.dropFirst().dropLast())) + "\""
  }
}
