public import FoundationEssentials

/// What became of one draft that was offered to the log.
public enum RecordedOutcome: Sendable, Equatable {
  /// Its key was not in the log yet.
  case new
  /// The log holds exactly this under its key.
  case unchanged
  /// The log held something else; the new event supersedes it. `before` is the earlier body,
  /// `subject` whom the earlier event was about, `occurredAt` its time in microseconds after 1970.
  case corrected(position: Int64, before: [UInt8], subject: UUID?, occurredAt: Int64)
  /// The log held a record under its key that was retracted at `position`; the new event supersedes
  /// the retraction.
  case restored(position: Int64)
  /// The log held a record of an erased person under its key; nothing was written.
  case erased
  /// The same row was already there earlier in this run.
  case duplicate
  /// The same key came earlier in this run with other content; nothing was written.
  case conflicting

  /// The log held something under its key.
  var isKnown: Bool { self != .new }
}
