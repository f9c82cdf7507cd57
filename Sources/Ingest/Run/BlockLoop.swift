internal import EventLog
internal import Events
internal import Postgres

/// The work on one file, a block at a time: rows are read and checked while the log takes the ones
/// before them, and counted once it has answered.
final class BlockLoop {
  private let run: IngestRun
  private let input: BoundInput
  private let context: CheckContext
  private let check: BlockCheck
  private let turnedDown: TurnedDownRows
  private var report: IngestReport
  /// What columns that are not in the file empty in the log.
  private var leftOut: LeftOutColumns
  /// Records that are about somebody else now.
  private var moved = MovedRecords()
  /// What there is to say of responses, where the rows are some.
  private var responses: ResponseNotes?
  /// Records of merged people that others stand before.
  private var displaced: DisplacedRecords
  /// Rows that are left out and recorded.
  private var withdrawn: WithdrawnRecords
  /// What to do about rows that are left out, by the reason.
  private var hints: [String: String] = [:]
  /// Rows read so far, those included for which the log has not answered yet.
  private var checked = 0
  /// The block that is with the log while the next one is read and checked.
  private var underWay: CheckedBlock?

  init(run: IngestRun, input: BoundInput, context: CheckContext) {
    self.run = run
    self.input = input
    self.context = context
    check = BlockCheck(input, context, mostWrong: run.options.maxErrors)
    turnedDown = TurnedDownRows(input, run.options)
    report = IngestReport(
      run: run.id, kind: input.kind.name, file: input.source.name,
      isDryRun: run.options.dryRun)
    leftOut = LeftOutColumns(input)
    responses = ResponseNotes(input.kind, context, run)
    displaced = DisplacedRecords(run.records, context.register)
    withdrawn = WithdrawnRecords(run, input, file: context.file)
    context.disclosure.learn(input.layout)
    context.numbers = NumberWriting(input.reader)
  }

  /// Reads and records all rows, or as many as there are before a signal; the report of it.
  func runAll() throws -> IngestReport {
    do {
      while !mustEnd(), try nextBatch() {
        note(input.reader.takeNotes())
        try record(input.reader.batch)
        run.observer?.reached(
          RunProgress(rows: checked, bytes: input.source.count, totalBytes: input.source.size))
      }
      note(input.reader.takeNotes())
      if input.reader.gaveUp { report.stoppedEarly = true }
      try settle { try run.sink.collect() }
      try identify()
    } catch is Interruption {
      try interrupt()
    } catch let error as PostgresError where error.isCancelled && wantsToStop {
      try interrupt()
    }
    return finish()
  }

  private var wantsToStop: Bool { run.observer?.wantsToStop ?? false }

  /// Whether a signal or the number of rejected rows ends the reading here.
  private func mustEnd() -> Bool {
    report.isInterrupted = wantsToStop
    if check.hasTooMany { report.stoppedEarly = true }
    return report.isInterrupted || check.hasTooMany
  }

  /// The block that is with the log is waited for; nothing else is.
  private func interrupt() throws {
    report.isInterrupted = true
    do {
      try settle { try run.sink.collect() }
    } catch let error as PostgresError where error.isCancelled && wantsToStop {
      // It waited, too: it was not recorded, and is not counted.
    }
  }

  /// A file that turns out to be unreadable further down ends there; what came before it stays.
  private func nextBatch() throws -> Bool {
    do {
      return try input.reader.next()
    } catch let error as InputError where checked > 0 {
      report.add(error.diagnostics, keeping: run.options.kept)
      report.stoppedEarly = true
      return false
    }
  }

  private func note(_ notes: ReaderNotes) {
    report.externalGuests += notes.externalGuests
    report.excluded.merge(notes.excluded) { $0 + $1 }
    hints.merge(notes.hints) { $1 }
    report.add(notes.warnings, keeping: run.options.kept)
    for diagnostic in notes.ofFile { report.add(first: diagnostic) }
  }

  // MARK: - One block

  private func record(_ batch: RowBatch) throws {
    try withdrawn.lookUp(batch)
    var block = try check.check(batch)
    try register(&block.accepted)
    checked += block.read
    let drafts = block.accepted.drafts
    try settle { try drafts.isEmpty ? run.sink.collect() : run.sink.submit(drafts) }
    underWay = block
  }

  /// New people get their ids before their enrolments are recorded.
  private func register(_ accepted: inout AcceptedRows) throws {
    guard input.kind.registersPeople, !accepted.drafts.isEmpty else { return }
    let subjects = try context.matcher.register(accepted.identities, dryRun: run.options.dryRun)
    for (index, subject) in subjects.enumerated() {
      accepted.drafts[index].subject = subject
      NaturalKey.append(subject, to: &accepted.drafts[index].naturalKey)
    }
    report.add(accepted.changes, keeping: run.options.kept)
  }

  /// Settles the block under way; one for which the log has no answer is none any more.
  private func settle(_ answers: () throws -> [RecordedOutcome]) throws {
    let block = underWay
    underWay = nil
    try settle(block, try answers())
  }

  /// Counts the rows of a block, and tells what is wrong with them, now that the log has answered.
  private func settle(_ block: CheckedBlock?, _ outcomes: [RecordedOutcome]) throws {
    guard var block else { return }
    let before = report.read
    report.read += block.read
    count(outcomes, &block)
    try responses?.lookUp()
    try displaced.lookUp()
    for index in block.verdicts.keys.sorted() {
      guard var verdict = block.verdicts[index] else { continue }
      verdict.diagnostics.sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
      report.add(verdict.diagnostics, keeping: run.options.kept)
      guard verdict.isRejected else { continue }
      report.rejected += 1
      report.unmatched += verdict.unmatched.count
      turnedDown.add(index, of: block.batch, verdict, number: before + index)
    }
  }

  private func count(_ outcomes: [RecordedOutcome], _ block: inout CheckedBlock) {
    precondition(outcomes.count == block.accepted.drafts.count, "the log answers for every draft")
    for (index, answer) in outcomes.enumerated() {
      let row = block.accepted.rows[index]
      let ofOne = block.accepted.ofOne[index]
      let outcome = check.ofOne.settled(answer, ofOne)
      responses?.note(
        outcome, block.accepted.drafts[index], line: block.batch.rows[row].line)
      switch outcome {
      case .new, .restored:
        report.new += 1
        run.fallout?.note(
          new: block.accepted.drafts[index], line: block.batch.rows[row].line, context.register)
      case .unchanged:
        report.unchanged += 1
        displaced.note(block.accepted.drafts[index], line: block.batch.rows[row].line)
      case .erased:
        report.unchanged += 1
        report.erased += 1
      case .duplicate: report.duplicate += 1
      case .conflicting:
        check.foundWrong += 1
        block.verdicts[row, default: Verdict()].isRejected = true
        block.verdicts[row, default: Verdict()].diagnostics.append(
          conflict(block.batch, block.batch.rows[row], ofOne?.otherLine))
      case .corrected(let position, let before, let subject, _):
        report.corrected += 1
        let draft = block.accepted.drafts[index]
        let line = block.batch.rows[row].line
        let person = Correction.Move(
          from: subject, to: draft.subject, context.register.merges)
        moved.note(person, line: line)
        run.fallout?.note(draft, before: before, of: subject, line: line)
        let isKept = report.corrections.count < run.options.kept
        guard isKept || leftOut.mayHide else { continue }
        let correction = Correction(
          line: line, draft: draft, position: position, before: before, person: person,
          disclosure: context.disclosure)
        leftOut.note(correction)
        if isKept { report.corrections.append(correction) }
      }
    }
  }

  /// - Parameter other: the line of the same record under another id of its person.
  private func conflict(_ batch: RowBatch, _ row: RowBatch.Row, _ other: Int?) -> Diagnostic {
    let excerpt = batch.excerpt(around: row.start, row, input.layout, context.disclosure)
    let what = other.map {
      "line \($0) says otherwise of the same record: the two ids are one person's"
    }
    return Diagnostic(
      other == nil ? .keyConflict : .personTwice, file: batch.file(of: row) ?? context.file,
      line: row.line,
      message: what ?? "this record stands earlier in this file with other content",
      excerpt: excerpt.text, caret: excerpt.caret)
  }

  // MARK: - The end

  /// Notes which bytes the run has seen: all of the file, unless a signal ended it.
  private func identify() throws {
    guard !report.isInterrupted else { return }
    do {
      try input.source.drain()
    } catch let error as InputError where report.read > 0 {
      report.stoppedEarly = true
      report.add(error.diagnostics, keeping: run.options.kept)
    }
    if input.source.count > 0 { report.sha256 = input.source.sha256 }
  }

  /// What there is to say of a file of which nothing was recorded, since the binding leaves it out.
  private func allLeftOut() -> Diagnostic {
    let count = report.excluded.values.reduce(0, +)
    let reasons = report.excluded.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return Diagnostic(
      .allLeftOut, file: context.file,
      message: (count == 1 ? "the only one was" : "all \(count) were") + " left out: "
        + reasons.map { "\($0.value) \($0.key)" }.joined(separator: ", "),
      hint: reasons.lazy.compactMap { [hints] in hints[$0.key] }.first)
  }

  private func finish() -> IngestReport {
    report.bytes = input.source.count
    let ofAll = [
      leftOut.diagnostics(file: context.file),
      moved.diagnostics(file: context.file, orElse: responses?.otherSurvey),
      context.unnamed.diagnostics(file: context.file),
      responses?.diagnostics(file: context.file) ?? [],
      context.otherGroups.diagnostics(file: context.file, context.memberships),
      displaced.diagnostics(file: context.file),
      withdrawn.diagnostics(file: context.file),
    ]
    for diagnostic in ofAll.joined() { report.add(first: diagnostic) }
    if report.stoppedEarly, check.hasTooMany {
      report.add(
        first: Diagnostic(
          .tooManyRejected, file: context.file,
          message: "reading stopped after \(check.foundWrong) rejected rows"))
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
    if report.read == 0, !report.excluded.isEmpty, !report.isInterrupted {
      report.add(first: allLeftOut())
    }
    turnedDown.finish(&report)
    precondition(report.isBalanced, "every row read is counted once")
    return report
  }
}
