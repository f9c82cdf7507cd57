internal import EventLog
internal import Events

/// Checks rows, as many at a time as may become one block: whom they are about, what is wrong with
/// them, and the drafts they become.
final class BlockCheck {
  private let input: BoundInput
  private let context: CheckContext
  private let mostWrong: Int?
  /// Rows found wrong so far, those included for which the log has not answered yet.
  var foundWrong = 0
  /// What the rows say of people who have several ids.
  var ofOne = RecordsOfOne()

  init(_ input: BoundInput, _ context: CheckContext, mostWrong: Int?) {
    self.input = input
    self.context = context
    self.mostWrong = mostWrong
  }

  private var kind: any CheckedKind { input.kind }
  private var layout: Layout { input.layout }

  /// Whether as many rows were rejected as the user allows.
  var hasTooMany: Bool { mostWrong.map { foundWrong >= $0 } ?? false }

  /// Checks the rows the reader holds. The reader goes on with its batch; the block has its own.
  func check(_ batch: RowBatch) throws -> CheckedBlock {
    var block = CheckedBlock(batch: batch.copy())
    try batch.withText(layout) { try check(batch, $0, &block) }
    return block
  }

  private func check(
    _ batch: RowBatch, _ text: BatchText, _ block: inout CheckedBlock
  ) throws {
    guard let first = batch.rows.first else { return }
    var row = RowCheck(
      context: context, batch: batch, text: text, layout: layout, columns: kind.columns,
      wording: input.reader.wording, hasMembers: input.reader.hasMembers, row: first)
    let filled = checkShapes(&row, &block)
    try context.matcher.lookUp()
    try context.sessions.lookUp()
    if try context.responses.lookUp() {
      for index in filled where block.verdicts[index] == nil {
        row.begin(batch.rows[index])
        kind.weigh(row)
      }
    }
    block.accepted.drafts.reserveCapacity(filled.count)
    block.accepted.rows.reserveCapacity(filled.count)
    for index in filled {
      if hasTooMany {
        block.verdicts[index] = nil
        continue
      }
      block.read += 1
      if block.verdicts[index] != nil {
        foundWrong += 1
        continue
      }
      row.begin(batch.rows[index])
      try checkContent(of: index, &row, &block)
    }
  }

  /// The first pass: rows that are none are turned down, and those that are say whom and what they
  /// will ask for.
  /// - Returns: the rows that hold anything.
  private func checkShapes(_ row: inout RowCheck, _ block: inout CheckedBlock) -> [Int] {
    let batch = row.batch
    var filled: [Int] = []
    filled.reserveCapacity(batch.rows.count)
    for index in batch.rows.indices {
      row.begin(batch.rows[index])
      // A row that was made of something stands for it, even if none of its cells has a text.
      if batch.originals.isEmpty, isBlank(row) { continue }
      filled.append(index)
      checkShape(&row)
      checkReading(index, &row)
      if row.isRejected {
        block.verdicts[index] = Verdict(diagnostics: row.diagnostics, isRejected: true)
        continue
      }
      for who in kind.people {
        context.matcher.want(id: row.words(who.id), email: row.words(who.email))
      }
      if let column = kind.sessionColumn { context.sessions.want(row.cell(column)) }
      kind.want(row)
    }
    return filled
  }

  /// A row of delimiters only, as spreadsheets leave below their last one.
  private func isBlank(_ row: RowCheck) -> Bool {
    guard row.row.fault == nil, row.row.start < row.row.end,
      row.text.bytes[Int(row.row.start)] == input.reader.delimiter.byte
    else { return false }
    return row.text.bytes[Int(row.row.start)..<Int(row.row.end)].allSatisfy {
      $0 == input.reader.delimiter.byte || $0 == 0x20
    }
  }

  private func checkShape(_ row: inout RowCheck) {
    if let fault = row.row.fault {
      row.reject(fault)
    } else if !layout.fits(row.row), row.batch.surplus(of: row.row, layout) == nil {
      row.rejectCount(Int(row.row.cellCount), layout.width)
    } else if let surplus = row.batch.unmendedSurplus(of: row.row, layout) {
      row.rejectSurplus(surplus)
    } else if let count = row.batch.unmendedCount(of: row.row, layout) {
      row.rejectCount(count, layout.width - layout.reasons.count, isBack: true)
    } else if let cell = row.batch.disputed(row.row, layout) {
      row.report(
        .keyConflict, cell: cell,
        "the row is marked \(IngestCode.keyConflict.id) still: another of its file said something else"
          + " of the same record",
        hint:
          "if this is the one that is right, empty its 'error_code' and send it; if not, remove it")
    }
  }

  /// What the reader has against the row, and values its binding does not translate.
  private func checkReading(_ index: Int, _ row: inout RowCheck) {
    if !row.batch.objections.isEmpty {
      for objection in row.batch.objections[index] ?? [] { row.report(objection) }
    }
    if !layout.maps.isEmpty, !row.isRejected { row.reportUnmapped() }
  }

  /// The second pass: what stands in the cells of a row, and what it becomes.
  private func checkContent(
    of index: Int, _ row: inout RowCheck, _ block: inout CheckedBlock
  ) throws {
    for cell in layout.nameless where !row.cell(at: cell).isEmpty {
      row.report(.namelessColumn, cell: cell, "column \(cell + 1) has a value and no name")
    }
    let draft = try kind.draft(&row)
    guard var draft, !row.isRejected else {
      foundWrong += 1
      row.damagedDates.forEach(block.batch.spoilDate)
      block.verdicts[index] = Verdict(
        diagnostics: row.diagnostics, isRejected: true, unmatched: row.unmatched)
      return
    }
    if let entry = ofOne.check(&draft, line: row.row.line, context.register.merges) {
      block.accepted.ofOne[block.accepted.drafts.count] = entry
    }
    block.accepted.drafts.append(draft)
    block.accepted.rows.append(index)
    block.accepted.changes += row.changes
    if kind.registersPeople { block.accepted.identities.append(row.identity ?? PersonIdentity()) }
    if !row.diagnostics.isEmpty { block.verdicts[index] = Verdict(diagnostics: row.diagnostics) }
  }
}
