/// Something a reader that makes rows has against one of them; the row is turned down for it.
struct RowObjection {
  var code: IngestCode
  /// Which of the row's cells it is about.
  var cell: Int?
  /// Where it shows, if not at a cell.
  var place: SourcePosition?
  var message: String
  var hint: String?
}

extension RowBatch {
  /// Turns down the row that is being written.
  func object(_ objection: RowObjection) {
    objections[rows.count, default: []].append(objection)
  }

  /// Leaves out all rows but those, with whatever is known of them by their indices.
  func keep(_ kept: [Int]) {
    guard kept.count < rows.count else { return }
    rows = kept.map { rows[$0] }
    if !originals.isEmpty { originals = kept.map { originals[$0] } }
    if !files.isEmpty { files = kept.map { files[$0] } }
    var moved: [Int: [RowObjection]] = [:]
    for (index, before) in kept.enumerated() { moved[index] = objections[before] }
    objections = moved
  }

  /// The file a row is from, where a reader reads several.
  func file(of row: Row) -> String? {
    guard !files.isEmpty, let index = rows.firstIndex(where: { $0.firstCell == row.firstCell })
    else { return nil }
    return files[index]
  }
}
