import EventLog
import Events
import FoundationEssentials
import Ingest
import Postgres

/// A file is checked as a whole before any of it is recorded. Memory stays bounded, and a file of any
/// size can be all or nothing without one transaction that holds up everybody else.
extension Recorder {
  enum Checked {
    /// Every row is good; the digest of the bytes that were checked.
    case good([UInt8])
    case bad(Sent)
  }

  func check(
    _ file: String, _ sending: Sending, _ kind: any RecordKind, _ order: SendingOrder
  ) throws -> Checked {
    guard !RunArchive.isReadableOnce(file) else {
      return .bad(try keep(AllOrNothing.readableOnce(file), file, kind))
    }
    do {
      var (report, writer) = try pass(sending, run: UUID(), order, rehearsing: true)
      var digest: [UInt8]?
      if report.isInterrupted {
        report.isRefused = true
      } else {
        digest = RunArchive.digest(of: file)
        guard let digest, report.sha256 == hexadecimal(digest) else {
          return .bad(try keep(InputError([AllOrNothing.changed(file)]), file, kind))
        }
        try judge(&report, writer)
        guard report.isRefused else { return .good(digest) }
      }
      let begun = try archive.beginAnew(kind: kind.name, file: file, digest: digest)
      report.note(run: begun)
      try archive.keep(&report)
      return .bad(.report(report))
    } catch let error as InputError {
      return .bad(try keep(error, file, kind))
    }
  }

  /// Marks the report of a check as refused unless every row is good.
  func judge(_ report: inout IngestReport, _ writer: LogWriter) throws {
    AllOrNothing.judge(
      &report, conflicts: report.rejected == 0 ? try writer.farConflicts() : 0)
  }

  private func keep(
    _ error: InputError, _ file: String, _ kind: any RecordKind
  ) throws -> Sent {
    let begun = try archive.beginAnew(kind: kind.name, file: file)
    return .report(try keep(error, begun, file, kind))
  }
}

extension IngestReport {
  /// The report of a check becomes that of a run that recorded nothing.
  fileprivate mutating func note(run: RunArchive.Begun) {
    self.run = run.id
    number = run.number
    isDryRun = false
  }
}
