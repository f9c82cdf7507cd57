extension RowBatch {
  /// Writes a date that a spreadsheet has made of a code as no code is written, `01.mar2026`, in the
  /// row that is given back: `2026-03-01` would be taken for a code when it comes again.
  func spoilDate(of cell: Int) {
    let place = Int(cells[cell].start)..<Int(cells[cell].end)
    // Cells in the batch's own text only: dates need no quotes, and have at least ten letters.
    guard !cells[cell].isAside, place.count >= 10 else { return }
    let parts = String(decoding: bytes[place].prefix(10), as: UTF8.self).split(separator: "-")
    guard parts.count == 3, let month = Int(parts[1]), (1...12).contains(month) else { return }
    let text = "\(parts[2]).\(RowBatch.months[month - 1])\(parts[0])"
    let spaces = String(repeating: " ", count: place.count - text.utf8.count)
    bytes.replaceSubrange(place, with: (text + spaces).utf8)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des",
  ]
}
