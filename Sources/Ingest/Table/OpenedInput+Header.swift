internal import Events

extension OpenedInput {
  /// How many rows below the first are looked at for one that names columns.
  private static let titles = 12

  /// Which cell of a row is which column of a kind of ours. Where the first row names none, the error
  /// says which row further down does, or which other sheets there are.
  func layout(
    _ header: RowBatch, _ kind: some CheckedKind, _ register: Register, programme: String? = nil
  ) throws -> Layout {
    do {
      return try Layout(
        header: header, kind: kind, register: register, file: source.name,
        wording: reader.wording, programme: programme)
    } catch {
      guard error.diagnostics.first?.code == IngestCode.noHeader.id, reader.wording == .columns
      else { throw error }
      let quoted = OpenedInput.separatorInOneCell(header, kind, register)
      let quotedHint = quoted.map {
        "each row is one cell with \($0) in it: in the spreadsheet, import the original file with Data >"
          + " From Text/CSV instead of opening it, or send the original"
      }
      guard let hint = try quotedHint ?? betterHint(kind, register) else { throw error }
      throw InputError(
        error.diagnostics.map {
          var found = $0
          found.hint = hint
          return found
        })
    }
  }

  /// What stands between headings that are all in one cell, as when a spreadsheet took a row for one
  /// text.
  private static func separatorInOneCell(
    _ header: RowBatch, _ kind: some CheckedKind, _ register: Register
  ) -> String? {
    let filled = header.cells(of: header.rows[0]).map { header.text($0) }.filter { !$0.isEmpty }
    guard let text = filled.first, filled.count == 1 else { return nil }
    let targets = ColumnTargets(kind, register)
    let separator = Delimiter.allCases.first { delimiter in
      text.split(separator: delimiter.rawValue).count { targets[String($0)] != nil } > 1
    }
    switch separator {
    case .comma: return "commas"
    case .semicolon: return "semicolons"
    case .tab: return "tabs"
    case nil: return nil
    }
  }

  private func betterHint(_ kind: some CheckedKind, _ register: Register) throws -> String? {
    if let line = try lineOfHeader(kind, register) {
      return "line \(line) names columns of \(kind.name): take out the lines above it, or say"
        + " 'header: \(line)' in a binding of tool: table, which 'varde binding init' drafts"
    }
    return reader.otherSheets.map { sheets in
      "other sheets are \(sheets): --sheet names one; 'varde template \(kind.name)' prints the"
        + " header"
    }
  }

  /// The line of the first of the next rows with at least two headings of the kind.
  private func lineOfHeader(_ kind: some CheckedKind, _ register: Register) throws -> Int? {
    let targets = ColumnTargets(kind, register)
    for _ in 0..<OpenedInput.titles {
      guard try reader.next(atMost: 1), let row = reader.batch.rows.first else { return nil }
      let names = reader.batch.cells(of: row).map { reader.batch.text($0) }
      if names.count(where: { targets[$0] != nil }) > 1 { return row.line }
    }
    return nil
  }
}
