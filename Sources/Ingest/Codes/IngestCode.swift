public import Events

/// One thing Ingest can find wrong. The number is a promise: it is never given to another matter,
/// and one that is retired stays retired.
///
/// VD2xx bytes and shape of a file, VD3xx what stands in a cell, VD4xx rules across records.
public struct IngestCode: Sendable, Equatable {
  public let id: String
  public let severity: Diagnostic.Severity
  /// What it means, for the list of codes.
  public let summary: String
  /// What to do about it, unless the place where it is found knows better.
  public let hint: String

  init(_ id: String, _ severity: Diagnostic.Severity, _ summary: String, _ hint: String) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.hint = hint
  }
}

extension IngestCode {
  /// All codes, in the order of their numbers.
  public static let all: [IngestCode] =
    (ofFiles + ofRuns + ofBindings + ofCells + ofToolCells + ofRecords).sorted { $0.id < $1.id }
}

extension IngestCode {
  /// All codes, as the program's list has them.
  public static var listed: [ListedCode] {
    all.map { ListedCode($0.id, $0.summary, $0.hint, severity: $0.severity) }
  }
}
