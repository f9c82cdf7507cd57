internal import Events

/// The files beside an input in which its rejected rows are given back and people nobody knows are
/// named; made when there is the first of either, and nowhere in a dry run.
final class TurnedDownRows {
  private let input: BoundInput
  private let options: IngestOptions
  private let rejectsPath: String?
  private let unmatchedPath: String?
  private var rejects: RejectsWriter?
  private var unmatched: UnmatchedWriter?

  init(_ input: BoundInput, _ options: IngestOptions) {
    self.input = input
    self.options = options
    let name = input.source.name
    switch options.rejects {
    case _ where options.dryRun: (rejectsPath, unmatchedPath) = (nil, nil)
    case .nowhere: (rejectsPath, unmatchedPath) = (nil, nil)
    case .path(let path):
      (rejectsPath, unmatchedPath) = (path, UnmatchedWriter.path(beside: path))
    case .beside where name == "-": (rejectsPath, unmatchedPath) = (nil, nil)
    case .beside:
      rejectsPath = RejectsWriter.path(beside: name, form: input.reader.rejectsForm)
      unmatchedPath = UnmatchedWriter.path(beside: name)
    }
    for path in [rejectsPath, unmatchedPath] {
      if let path { PartFile.removeLeft(of: path) }
    }
  }

  /// Adds a row that was turned down, and the people in it nobody knows.
  func add(_ index: Int, of batch: RowBatch, _ verdict: Verdict) {
    giveBack(index, of: batch, verdict.diagnostics)
    guard let unmatchedPath, !verdict.unmatched.isEmpty else { return }
    let writer = unmatched ?? UnmatchedWriter(path: unmatchedPath)
    unmatched = writer
    verdict.unmatched.forEach(writer.add)
  }

  private func giveBack(_ index: Int, of batch: RowBatch, _ diagnostics: [Diagnostic]) {
    let row = batch.rows[index]
    // Only its beginning is at hand: it has to be mended where it is.
    guard let rejectsPath, row.fault?.kind != .rowTooLarge else { return }
    let writer =
      rejects
      ?? RejectsWriter(
        path: rejectsPath, isNamed: options.rejects != .beside, header: input.header,
        form: input.reader.rejectsForm, encoding: input.reader.encoding,
        delimiter: input.reader.delimiter, hasMarks: !input.layout.reasons.isEmpty,
        earlier: options.earlierFiles)
    rejects = writer
    let (text, lacking) = batch.mendable(row, input.layout, input.reader.delimiter)
    let original = batch.originals.isEmpty ? nil : batch.originals[index]
    writer.add(original ?? text, lacking: lacking, diagnostics)
  }

  /// Puts the files in their places and tells the report where they are. Those the same run has left
  /// when it was interrupted are replaced; where somebody has mended one meanwhile, it stays.
  func finish(_ report: inout IngestReport) {
    if let rejects {
      let digest = rejects.finish()
      report.rejectsFile = told(digest, rejects.path, &report)
    }
    if let unmatched {
      let digest = unmatched.finish()
      report.unmatchedFile = told(digest, unmatched.path, &report)
    }
    guard !options.dryRun else { return }
    for (path, digest) in options.earlierFiles
    where path != report.rejectsFile && path != report.unmatchedFile {
      PartFile.remove(path, ifItIs: digest)
    }
  }

  /// The path of a file that is in its place; otherwise the report says that it is not.
  private func told(_ digest: String?, _ path: String, _ report: inout IngestReport) -> String? {
    guard let digest else {
      report.add(
        [
          Diagnostic(
            .rejectsUnwritable, file: report.file, message: "'\(path)' could not be written")
        ], keeping: options.kept)
      return nil
    }
    if report.isInterrupted { report.interruptedFiles[path] = digest }
    return path
  }
}
