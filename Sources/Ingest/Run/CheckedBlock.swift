internal import EventLog
internal import Events

/// What was found in one row, and whether it goes on.
struct Verdict {
  var diagnostics: [Diagnostic] = []
  var isRejected = false
  var unmatched: [Unmatched] = []
}

/// Rows that became drafts, side by side with the drafts.
struct AcceptedRows {
  var drafts: [EventDraft] = []
  /// Indices of the rows in their batch.
  var rows: [Int] = []
  var identities: [PersonIdentity] = []
  /// Records of people with several ids, by the index of the draft.
  var ofOne: [Int: RecordsOfOne.Entry] = [:]
  /// What the rows change of who people are.
  var changes: [PersonChange] = []
}

/// Rows that were checked and may become one block of the log, until the log has answered for them.
struct CheckedBlock {
  let batch: RowBatch
  /// How many of the rows hold anything.
  var read = 0
  var accepted = AcceptedRows()
  /// By the rows' indices; rows without anything to tell have none.
  var verdicts: [Int: Verdict] = [:]
}
