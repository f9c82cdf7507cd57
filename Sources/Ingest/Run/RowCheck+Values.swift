internal import Events

extension RowCheck {
  /// A member of an object, as it may be shown: its own name for it, its value, and a caret below that.
  func member(at cell: Int) -> (text: String, caret: Int?)? {
    let name =
      layout.sources.firstIndex(of: cell).map { columns[$0].name }
      ?? layout.items.first { $0.source.cell == cell }?.item
    guard let name else { return nil }
    let text = self.cell(at: cell).string
    let value = layout.identifying.contains(cell) ? masked(text) : shown(text)
    return ("\"\(name)\": \"\(value)\"", name.unicodeScalars.count + 5)
  }

  /// Turns the row down for what its reader has against it.
  mutating func report(_ objection: RowObjection) {
    guard let place = objection.place else {
      return report(
        objection.code, cell: objection.cell, objection.message, hint: objection.hint)
    }
    let excerpt = batch.excerpt(around: row.start, row, layout, context.disclosure)
    add(
      Diagnostic(
        objection.code, file: batch.file(of: row) ?? context.file, line: place.line,
        column: place.column, message: objection.message, hint: objection.hint,
        excerpt: excerpt.text, caret: excerpt.caret))
  }

  /// A cell in our words, where the binding translates its column. Rows with a value it does not
  /// have are turned down before anybody asks.
  func translated(_ cell: CellText, _ map: ValueMap) -> CellText {
    guard let place = map.place(of: cell.string) else { return .empty }
    return CellText(UnsafeBufferPointer(rebasing: text.fixed[layout.fixedRanges[place]]))
  }

  /// Reports every cell whose value the binding does not translate; an empty one has no value.
  mutating func reportUnmapped() {
    for (column, map) in layout.maps.sorted(by: { $0.key < $1.key }) {
      let source = layout.sources[column]
      guard source >= 0 else { continue }
      let cell = cell(at: source)
      guard !cell.isEmpty, map.place(of: cell.string) == nil else { continue }
      let text = String(cell.string.prefix(60))
      let shown =
        layout.identifying.contains(source)
        ? masked(text)
        : map.isCode(text) ? text : context.disclosure.shown(text, nearTo: map.values)
      let near = nearest(to: ValueMap.folded(text), among: map.values)
      report(
        .unmappedValue, cell: source,
        "'\(columns[column].name)': the binding does not say what '\(shown)' means",
        hint: near.map { "did you mean '\($0)'? or add it to \(map.key)" }
          ?? "add the value to \(map.key), or correct the cell")
    }
  }
}
