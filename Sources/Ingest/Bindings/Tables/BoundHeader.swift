internal import Events

/// The header of somebody else's table, as a binding finds its columns in it.
struct BoundHeader {
  let names: [String]
  private let cells: [RowBatch.Cell]
  private var report: HeaderReport
  private var wanted = 0
  private var missed = 0
  private let file: String
  private var free: Set<Int>

  init(_ header: RowBatch, file: String) {
    self.file = file
    cells = Array(header.cells(of: header.rows[0]))
    names = cells.map { Composition.composed(CellTrim.trimmed(header.text($0))) }
    report = HeaderReport(header: header, file: file)
    free = Set(cells.indices)
  }

  /// The column of that heading, in any case, or of the same date; reports when there is none.
  mutating func need(_ name: BoundText) -> Int? {
    wanted += 1
    let text = Composition.composed(CellTrim.trimmed(name.text))
    let day = BoundHeader.day(text)
    let index =
      names.firstIndex(of: text)
      ?? names.firstIndex { $0.lowercased() == text.lowercased() }
      ?? day.flatMap { day in names.firstIndex { BoundHeader.day($0) == day } }
    if let index {
      free.remove(index)
      return index
    }
    missed += 1
    let near = nearest(to: text, among: names).map { "did you mean '\($0)'?" }
    report.found.append(
      report.diagnostic(.bindingColumn, at: nil, "the file has no column '\(text)'", near))
    return nil
  }

  /// A date however it is written: a heading in a workbook may be one.
  private static func day(_ text: String) -> CivilDate? {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      guard case .value(let day) = CellText(bytes).date() else { return nil }
      return day
    }
  }

  /// Leaves out what the binding drops, and throws every column that is in one of the two places
  /// only. Dropped cells are never shown. `added` cells stand in front of the file's own.
  mutating func finish(
    _ layout: inout Layout, dropping drop: [BoundText], near known: [String], added: Int = 0
  ) throws {
    // Without any of the columns this is no header; it may be a row about somebody.
    guard wanted == 0 || missed < wanted else {
      throw InputError(
        .headerRows, file: file, message: "'\(file)' has none of the columns the binding names",
        hint: "is it the right file, and is its header where 'header:' says?")
    }
    for name in drop {
      if let index = need(name) { layout.identifying.insert(index + added) }
    }
    for index in free.sorted() {
      if layout.takeReason(names[index].lowercased(), at: index + added) {
        continue
      } else if names[index].isEmpty {
        layout.nameless.append(index + added)
      } else {
        let near = nearest(to: names[index], among: known)
          .map { "did the binding mean this by '\($0)'?" }
        report.found.append(
          report.diagnostic(
            .unmappedColumn, at: cells[index],
            "column '\(names[index])' is neither mapped nor dropped", near))
      }
    }
    if !report.found.isEmpty { throw InputError(report.found) }
  }
}

extension OpenedInput {
  /// The header in a line of that number, for tables with titles above; by default the first row.
  func header(inLine line: Int?) throws -> RowBatch {
    var header = try header()
    // What was rejected comes back with the header first.
    let names = header.cells(of: header.rows[0]).map { ColumnName.folded(header.text($0)) }
    guard !names.contains(where: Layout.rejectColumns.contains) else { return header }
    while let line, header.rows[0].line < line {
      do {
        header = try self.header()
      } catch let error as InputError where error.diagnostics[0].code == IngestCode.emptyFile.id {
        throw noSuchLine(line)
      }
    }
    return header
  }

  private func noSuchLine(_ line: Int) -> InputError {
    let place = reader.form.map { " (\($0))" } ?? ""
    return InputError(
      .noSuchLine, file: source.name,
      message:
        "'\(source.name)'\(place) ends above line \(line), where the binding says the header is",
      hint: reader.otherSheets.map {
        "other sheets are \($0): name one with 'sheet:' in the binding, or with --sheet"
      })
  }
}
