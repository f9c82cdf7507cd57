internal import EventLog
internal import Events
internal import FoundationEssentials

/// The work on one file, a chunk of rows at a time: whom they are about, what is wrong with them,
/// the events they become, and what the log makes of those.
final class ChunkLoop {
  private let run: IngestRun
  private let input: BoundInput
  private let context: CheckContext
  private var report: IngestReport
  private var rejects: RejectsWriter?
  private var unmatched: UnmatchedWriter?
  /// What columns that are not in the file empty in the log.
  private var leftOut: LeftOutColumns
  /// Rows found wrong so far, those of the chunk under way included.
  private var foundWrong = 0
  /// The chunk whose drafts are with the log while the next one is read and checked.
  private var underWay: Chunk?

  init(run: IngestRun, input: BoundInput, context: CheckContext) {
    self.run = run
    self.input = input
    self.context = context
    report = IngestReport(
      run: run.id, kind: input.kind.name, file: input.source.name,
      isDryRun: run.options.dryRun)
    leftOut = LeftOutColumns(input.kind, input.layout)
    context.disclosure.learn(input.layout)
  }

  private var kind: any CheckedKind { input.kind }
  private var layout: Layout { input.layout }

  /// One row's diagnostics and whether it goes on.
  private struct Verdict {
    var diagnostics: [Diagnostic] = []
    var isRejected = false
    var unmatched: [Unmatched] = []
  }

  /// Rows that became drafts, side by side with the drafts.
  private struct Accepted {
    var drafts: [EventDraft] = []
    var rows: [Int] = []
    var identities: [PersonIdentity] = []
  }

  /// Rows that were checked, until the log has answered for them.
  private struct Chunk {
    let batch: RowBatch
    let accepted: Accepted
    var verdicts: [Int: Verdict]
  }

  func runAll() throws {
    while !mustEnd(), try nextBatch() {
      note(input.reader.takeNotes())
      try process(input.reader.batch)
      run.observer?.reached(
        RunProgress(
          rows: report.read, bytes: input.source.count, totalBytes: input.source.size))
    }
    note(input.reader.takeNotes())
    if input.reader.gaveUp { report.stoppedEarly = true }
  }

  /// Whether a signal or the number of rejected rows ends the reading here.
  private func mustEnd() -> Bool {
    report.isInterrupted = run.observer?.wantsToStop ?? false
    if hasTooMany { report.stoppedEarly = true }
    return report.isInterrupted || hasTooMany
  }

  private var hasTooMany: Bool { run.options.maxErrors.map { foundWrong >= $0 } ?? false }

  /// A file that turns out to be unreadable further down ends there; what came before it stays.
  private func nextBatch() throws -> Bool {
    do {
      return try input.reader.next()
    } catch let error as InputError where report.read > 0 {
      report.add(error.diagnostics, keeping: run.options.kept)
      report.stoppedEarly = true
      return false
    }
  }

  private func note(_ notes: ReaderNotes) {
    report.externalGuests += notes.externalGuests
    report.excluded.merge(notes.excluded) { $0 + $1 }
    report.add(notes.warnings, keeping: run.options.kept)
  }

  private func process(_ batch: RowBatch) throws {
    var verdicts = [Int: Verdict]()
    let accepted = try batch.bytes.withUnsafeBufferPointer { bytes in
      try batch.aside.withUnsafeBufferPointer { aside in
        try layout.fixed.withUnsafeBufferPointer { fixed in
          try batch.cells.withUnsafeBufferPointer { cells in
            try check(
              batch, BatchText(bytes: bytes, aside: aside, fixed: fixed, cells: cells), &verdicts)
          }
        }
      }
    }
    let chunk = Chunk(
      batch: batch.copy(), accepted: try withSubjects(accepted), verdicts: verdicts)
    let drafts = chunk.accepted.drafts
    settle(underWay, try drafts.isEmpty ? run.sink.collect() : run.sink.submit(drafts))
    underWay = chunk
  }

  /// Tells what became of the rows of a chunk, now that the log has answered.
  private func settle(_ chunk: Chunk?, _ outcomes: [RecordedOutcome]) {
    guard var chunk else { return }
    tell(outcomes, &chunk)
    settle(chunk.verdicts, chunk.batch)
  }

  // MARK: Checking

  private func check(
    _ batch: RowBatch, _ text: BatchText, _ verdicts: inout [Int: Verdict]
  ) throws -> Accepted {
    var accepted = Accepted()
    guard let first = batch.rows.first else { return accepted }
    accepted.drafts.reserveCapacity(batch.rows.count)
    accepted.rows.reserveCapacity(batch.rows.count)
    var row = RowCheck(
      context: context, batch: batch, text: text, layout: layout, columns: kind.columns, row: first)
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
        verdicts[index] = Verdict(diagnostics: row.diagnostics, isRejected: true)
        continue
      }
      for who in kind.people {
        context.matcher.want(id: row.words(who.id), email: row.words(who.email))
      }
      if let column = kind.sessionColumn { context.sessions.want(row.cell(column)) }
    }
    try context.matcher.lookUp()
    try context.sessions.lookUp()
    for index in filled {
      if hasTooMany {
        verdicts[index] = nil
        continue
      }
      report.read += 1
      if verdicts[index] != nil {
        foundWrong += 1
        continue
      }
      row.begin(batch.rows[index])
      checkNameless(&row)
      let draft = try kind.draft(&row)
      if let draft, !row.isRejected {
        accepted.drafts.append(draft)
        accepted.rows.append(index)
        if kind.registersPeople { accepted.identities.append(row.identity ?? PersonIdentity()) }
        if !row.diagnostics.isEmpty { verdicts[index] = Verdict(diagnostics: row.diagnostics) }
      } else {
        foundWrong += 1
        verdicts[index] = Verdict(
          diagnostics: row.diagnostics, isRejected: true, unmatched: row.unmatched)
      }
    }
    return accepted
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
      row.rejectCount(layout.width)
    }
  }

  /// What the reader has against the row, and values its binding does not translate.
  private func checkReading(_ index: Int, _ row: inout RowCheck) {
    if !row.batch.objections.isEmpty {
      for objection in row.batch.objections[index] ?? [] { row.report(objection) }
    }
    if !layout.maps.isEmpty, !row.isRejected { row.reportUnmapped() }
  }

  private func checkNameless(_ row: inout RowCheck) {
    for index in layout.nameless where !row.cell(at: index).isEmpty {
      row.report(.namelessColumn, cell: index, "column \(index + 1) has a value and no name")
    }
  }

  // MARK: Recording

  /// New people get their ids before their enrolments are recorded.
  private func withSubjects(_ accepted: Accepted) throws -> Accepted {
    guard kind.registersPeople, !accepted.drafts.isEmpty else { return accepted }
    var accepted = accepted
    let subjects = try context.matcher.register(accepted.identities, dryRun: run.options.dryRun)
    for (index, subject) in subjects.enumerated() {
      accepted.drafts[index].subject = subject
      NaturalKey.append(subject, to: &accepted.drafts[index].naturalKey)
    }
    return accepted
  }

  private func tell(_ outcomes: [RecordedOutcome], _ chunk: inout Chunk) {
    precondition(outcomes.count == chunk.accepted.drafts.count, "the log answers for every draft")
    for (index, outcome) in outcomes.enumerated() {
      let row = chunk.accepted.rows[index]
      switch outcome {
      case .new, .restored: report.new += 1
      case .unchanged: report.unchanged += 1
      case .erased:
        report.unchanged += 1
        report.erased += 1
      case .duplicate: report.duplicate += 1
      case .conflicting:
        foundWrong += 1
        chunk.verdicts[row, default: Verdict()].isRejected = true
        chunk.verdicts[row, default: Verdict()].diagnostics.append(
          conflict(chunk.batch, chunk.batch.rows[row]))
      case .corrected(let position, let before):
        report.corrected += 1
        let isKept = report.corrections.count < run.options.kept
        guard isKept || leftOut.mayHide else { continue }
        let correction = Correction(
          line: chunk.batch.rows[row].line, draft: chunk.accepted.drafts[index],
          position: position, before: before, disclosure: context.disclosure)
        leftOut.note(correction)
        if isKept { report.corrections.append(correction) }
      }
    }
  }

  private func conflict(_ batch: RowBatch, _ row: RowBatch.Row) -> Diagnostic {
    let excerpt = batch.excerpt(around: row.start, row, layout, context.disclosure)
    return Diagnostic(
      .keyConflict, file: batch.file(of: row) ?? context.file, line: row.line,
      message: "this record stands earlier in this file with other content",
      excerpt: excerpt.text, caret: excerpt.caret)
  }

  // MARK: Telling

  private func settle(_ verdicts: [Int: Verdict], _ batch: RowBatch) {
    for index in verdicts.keys.sorted() {
      guard let verdict = verdicts[index] else { continue }
      let sorted = verdict.diagnostics.sorted {
        ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0)
      }
      report.add(sorted, keeping: run.options.kept)
      guard verdict.isRejected else { continue }
      report.rejected += 1
      reject(batch, index, sorted)
      report.unmatched += verdict.unmatched.count
      verdict.unmatched.forEach(keep)
    }
  }

  private func keep(_ person: Unmatched) {
    guard !run.options.dryRun, let path = rejectsPath else { return }
    let writer =
      unmatched
      ?? UnmatchedWriter(
        path: UnmatchedWriter.path(
          beside: run.options.rejects == .beside ? input.source.name : path))
    unmatched = writer
    writer.add(person)
  }

  private func reject(_ batch: RowBatch, _ index: Int, _ diagnostics: [Diagnostic]) {
    let row = batch.rows[index]
    // Only its beginning is at hand: it has to be mended where it is.
    guard row.fault?.kind != .rowTooLarge else { return }
    guard !run.options.dryRun, let path = rejectsPath else { return }
    let writer =
      rejects
      ?? RejectsWriter(
        path: path, isNamed: run.options.rejects != .beside, header: input.header,
        form: input.reader.rejectsForm,
        encoding: input.reader.encoding ?? .spreadsheet, delimiter: input.reader.delimiter)
    rejects = writer
    let (text, lacking) = batch.mendable(row, layout, input.reader.delimiter)
    let original = batch.originals.isEmpty ? nil : batch.originals[index]
    writer.add(original ?? text, lacking: lacking, diagnostics)
  }

  private var rejectsPath: String? {
    switch run.options.rejects {
    case .nowhere: nil
    case .path(let path): path
    case .beside:
      input.source.name == "-"
        ? nil : RejectsWriter.path(beside: input.source.name, form: input.reader.rejectsForm)
    }
  }

  /// The report, when everything is done.
  func finish() throws -> IngestReport {
    settle(underWay, try run.sink.collect())
    underWay = nil
    try identify()
    for diagnostic in leftOut.diagnostics(file: context.file) { report.add(first: diagnostic) }
    if report.stoppedEarly, hasTooMany {
      report.add(
        first: Diagnostic(
          .tooManyRejected, file: context.file,
          message: "reading stopped after \(foundWrong) rejected rows"))
    }
    report.encoding = input.reader.encoding
    report.form = input.reader.form
    report.delimiter = report.form == nil ? input.reader.delimiter : nil
    report.matches = context.matches
    if report.read == 0, report.excluded.isEmpty, !report.isInterrupted {
      report.add(
        [Diagnostic(.noRows, file: context.file, message: "there are no rows below the header")],
        keeping: run.options.kept)
    }
    if let rejects {
      report.rejectsFile = finished(rejects.finish(), rejects.path)
    }
    if let unmatched {
      report.unmatchedFile = finished(unmatched.finish(), unmatched.path)
    }
    precondition(report.isBalanced, "every row read is counted once")
    return report
  }

  /// The path of a file that is in its place, or the report of why it is not.
  private func finished(_ isWritten: Bool, _ path: String) -> String? {
    if isWritten { return path }
    report.add(
      [
        Diagnostic(
          .rejectsUnwritable, file: context.file, message: "'\(path)' could not be written")
      ], keeping: run.options.kept)
    return nil
  }

  /// Notes which bytes the run has seen: all of the file, unless a signal ended it.
  private func identify() throws {
    report.bytes = input.source.count
    guard !report.isInterrupted else { return }
    do {
      try input.source.drain()
    } catch let error as InputError where report.read > 0 {
      report.stoppedEarly = true
      report.add(error.diagnostics, keeping: run.options.kept)
    }
    report.bytes = input.source.count
    if report.bytes > 0 { report.sha256 = input.source.sha256 }
  }
}
