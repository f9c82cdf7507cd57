import Ingest

/// How a command ends; thrown where the text has been printed already.
enum ExitStatus: Int32, Error {
  case done = 0
  case usage = 1
  /// The good rows are in the log, others were rejected.
  case rejectedRows = 2
  /// The input could not be used at all.
  case nothingWritten = 3
  case system = 4
  /// `varde verify` found what appending cannot have done.
  case tampering = 5
  /// A signal ended it between two blocks; what was done until then is done.
  case interrupted = 130

  /// How the recording of one input ends.
  init(_ sent: Sent) {
    switch sent {
    case .interrupted: self = .interrupted
    case .report(let report) where report.isInterrupted: self = .interrupted
    case .report(let report) where report.isRefused || report.isUnusable: self = .nothingWritten
    case .report(let report) where report.errorCount > 0 || report.stoppedEarly:
      self = .rejectedRows
    case .report: self = .done
    }
  }

  /// How a command ends that recorded several inputs. Something was recorded unless all of them were
  /// unusable.
  static func of(_ all: [ExitStatus]) -> ExitStatus {
    if all.contains(.interrupted) { return .interrupted }
    if !all.isEmpty, all.allSatisfy({ $0 == .nothingWritten }) { return .nothingWritten }
    return all.contains { $0 != .done } ? .rejectedRows : .done
  }

  /// How a look into a drop folder ends: whatever went to `failed`, the command did its work.
  static func ofWatch(_ all: [ExitStatus]) -> ExitStatus {
    if all.contains(.interrupted) { return .interrupted }
    return all.contains { $0 != .done } ? .rejectedRows : .done
  }
}
