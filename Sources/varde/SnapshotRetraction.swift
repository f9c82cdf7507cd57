import EventLog
import Events
import FoundationEssentials
import Ingest

/// Takes back what a full snapshot does not name, once all of it was recorded.
struct SnapshotRetraction {
  let writer: LogWriter
  let kind: any RecordKind
  /// Retract even if more than a fifth of the records is missing.
  let insists: Bool
  /// How many of the records that are missing a report lists.
  let kept: Int
  /// What is known, for what may be told of those records.
  let register: Register
  let sessions: any SessionSource
  let fallout: Fallout

  /// Adds to the report what was retracted, or why nothing was.
  func run(_ report: inout IngestReport) throws {
    guard report.rejected == 0, !report.stoppedEarly, !report.isInterrupted else {
      return refuse(
        &report, "VD616", "nothing was retracted: not every row could be read",
        "mend the rejected rows and send the whole snapshot again")
    }
    guard report.read > 0 else {
      return report.refuseEmptySnapshot(known: try writer.held(of: kind.eventType))
    }
    let now = Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
    let gap = try writer.snapshotGap(of: kind.eventType, occurredAt: now)
    try report.list(
      try writer.bodies(of: gap.missing.prefix(kept)), of: gap.missing.count, register, sessions)
    guard insists || !gap.isSuspicious else {
      return refuse(
        &report, "VD617",
        "nothing was retracted: the snapshot does not name \(gap.missing.count) of \(gap.known)"
          + " records",
        "is the file complete? if so, send it again with --snapshot --yes")
    }
    var rest = gap.missing[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(LogWriter.blockLimit))
      report.retracted += try writer.retract(part)
      if Fallout.concerns(kind.eventType) {
        for record in try writer.bodies(of: part) {
          fallout.note(retracted: kind.eventType, record.body, of: record.subject)
        }
      }
      rest = rest.dropFirst(LogWriter.blockLimit)
    }
  }

  private func refuse(
    _ report: inout IngestReport, _ code: String, _ message: String, _ hint: String
  ) {
    report.add(first: Diagnostic(code: code, file: report.file, message: message, hint: hint))
  }
}
