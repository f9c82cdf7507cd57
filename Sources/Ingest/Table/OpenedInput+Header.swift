internal import Events

extension OpenedInput {
  /// How many rows below the first are looked at for one that names columns.
  private static let titles = 12

  /// Which cell of a row is which column of a kind of ours. Where the first row names none, the error
  /// says which row further down does, or which other sheets there are.
  func layout(
    _ header: RowBatch, _ kind: some CheckedKind, _ register: Register
  ) throws -> Layout {
    do {
      return try Layout(
        header: header, kind: kind, register: register, file: source.name,
        wording: reader.wording)
    } catch {
      guard error.diagnostics.first?.code == IngestCode.noHeader.id, reader.wording == .columns
      else { throw error }
      guard let hint = try betterHint(kind, register) else { throw error }
      throw InputError(
        error.diagnostics.map {
          var found = $0
          found.hint = hint
          return found
        })
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
