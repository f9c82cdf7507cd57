internal import Events
internal import Glibc

/// The files beside an input in which its rejected rows are given back and people nobody knows are
/// named; made when there is the first of either, and nowhere in a dry run.
final class TurnedDownRows {
  private let input: BoundInput
  private let options: IngestOptions
  private let rejectsPath: String?
  private let unmatchedPath: String?
  /// Cells whose decimals are given back behind a comma: numbers that came as numbers, in a file that
  /// separates its cells as spreadsheets do where decimals stand so.
  private let numberCells: [Int]
  private var rejects: RejectsWriter?
  private var unmatched: UnmatchedWriter?
  /// What is wrong with the rows of an input that is given back as a whole.
  private var reasons: [Int: [Diagnostic]] = [:]

  init(_ input: BoundInput, _ options: IngestOptions) {
    self.input = input
    self.options = options
    let reader = input.reader
    let isTyped =
      reader.encoding != nil || reader.rejectsForm != .table || reader.delimiter != .semicolon
    numberCells = isTyped ? [] : input.layout.numberCells(of: input.kind)
    let name = input.source.name
    switch options.rejects {
    case _ where options.dryRun: (rejectsPath, unmatchedPath) = (nil, nil)
    case .nowhere: (rejectsPath, unmatchedPath) = (nil, nil)
    case .path(let path):
      (rejectsPath, unmatchedPath) = (path, UnmatchedWriter.path(beside: path))
    case .beside where name == "-": (rejectsPath, unmatchedPath) = (nil, nil)
    case .beside:
      let path = RejectsWriter.path(beside: name, form: input.reader.rejectsForm)
      (rejectsPath, unmatchedPath) = (path, UnmatchedWriter.path(beside: path))
    }
    for path in [rejectsPath, unmatchedPath] {
      if let path { PartFile.removeLeft(of: path) }
    }
  }

  /// Adds a row that was turned down, and the people in it nobody knows.
  /// - Parameter number: which of all the rows of the input it is, counted from 0.
  func add(_ index: Int, of batch: RowBatch, _ verdict: Verdict, number: Int) {
    if input.whole != nil {
      if rejectsPath != nil { reasons[number] = verdict.diagnostics }
    } else {
      giveBack(index, of: batch, verdict.diagnostics)
    }
    guard let unmatchedPath, !verdict.unmatched.isEmpty else { return }
    let writer = unmatched ?? UnmatchedWriter(path: unmatchedPath)
    unmatched = writer
    verdict.unmatched.forEach(writer.add)
  }

  private func giveBack(_ index: Int, of batch: RowBatch, _ diagnostics: [Diagnostic]) {
    let row = batch.rows[index]
    // Only its beginning is at hand: it has to be mended where it is.
    guard let rejectsPath, row.fault?.kind != .rowTooLarge else { return }
    let writer = rejects ?? writer(rejectsPath)
    rejects = writer
    if row.fault == nil || row.fault?.leavesCells == true {
      for cell in numberCells where cell < Int(row.cellCount) {
        batch.writeDecimalComma(in: Int(row.firstCell) + cell)
      }
    }
    let mendable =
      batch.originals.isEmpty
      ? batch.mendable(row, input.layout, input.reader.delimiter)
      : MendableRow(text: batch.originals[index])
    writer.add(mendable, line: row.line, diagnostics)
  }

  private func writer(_ path: String) -> RejectsWriter {
    RejectsWriter(
      path: path, isNamed: options.rejects != .beside, header: input.header,
      form: input.reader.rejectsForm, encoding: input.reader.encoding,
      delimiter: input.reader.delimiter, hasMarks: !input.layout.reasons.isEmpty,
      earlier: options.earlierFiles)
  }

  /// Writes an input whose rows hang together, if any of them was turned down.
  private func giveBackWhole(_ report: inout IngestReport) {
    guard let whole = input.whole, let rejectsPath, !reasons.isEmpty else { return }
    let writer = writer(rejectsPath)
    do {
      try whole.giveBack { piece, lacking, row in
        writer.add(
          MendableRow(text: piece, lacking: lacking), line: nil,
          row.flatMap { reasons[$0] } ?? [])
      }
    } catch {
      return report.add(first: unwritable(rejectsPath, because: 0))
    }
    rejects = writer
    report.isGivenBackWhole = true
  }

  /// Puts the files in their places and tells the report where they are. Those the same run has left
  /// when it was interrupted are replaced; where somebody has mended one meanwhile, it stays.
  func finish(_ report: inout IngestReport) {
    if report.isInterrupted, report.read < options.earlierRows { return }
    giveBackWhole(&report)
    if let rejects {
      let digest = rejects.finish()
      report.rejectsFile = told(digest, rejects.path, rejects.failure, &report)
    }
    if let unmatched, let first = unmatchedPath {
      let path = rejects.map { UnmatchedWriter.path(beside: $0.path) } ?? first
      report.unmatchedFile = told(unmatched.finish(at: path), path, unmatched.failure, &report)
    }
    guard !options.dryRun else { return }
    for (path, digest) in options.earlierFiles
    where path != report.rejectsFile && path != report.unmatchedFile {
      PartFile.remove(path, ifItIs: digest)
    }
  }

  /// The path of a file that is in its place; otherwise the report says that it is not.
  private func told(
    _ digest: String?, _ path: String, _ failure: Int32, _ report: inout IngestReport
  ) -> String? {
    guard let digest else {
      // Before what concerns rows, of which there may be more than are shown.
      report.add(first: unwritable(path, because: failure))
      return nil
    }
    if report.isInterrupted { report.interruptedFiles[path] = digest }
    return path
  }

  private func unwritable(_ path: String, because failure: Int32) -> Diagnostic {
    let reason = failure == 0 ? "" : ": \(String(cString: strerror(failure)))"
    return Diagnostic(
      .rejectsUnwritable, file: input.source.name,
      message: "'\(path)' could not be written\(reason)")
  }
}
