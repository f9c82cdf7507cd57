public import FoundationEssentials
internal import Postgres

/// A run as the database keeps it.
public struct KeptRun: Sendable {
  public enum State: String, Sendable {
    case finished
    /// A signal ended it; its report tells how far it came.
    case interrupted
    /// Without a report: it is under way, or was killed.
    case unfinished
    /// Nothing of the file was recorded.
    case refused
  }

  public let id: UUID
  public let number: Int
  public let kind: String
  public let file: String
  /// When it began, with its zone: `2026-03-01T09:30:00Z`.
  public let startedAt: String
  public let state: State
  /// read, new, corrected, unchanged, duplicate, rejected; `nil` where there is no report, or the
  /// input could not be used.
  public let counts: [Int?]

  /// What `counts` counts.
  public static let countNames = [
    "read", "new", "corrected", "unchanged", "duplicate", "rejected",
  ]
}

/// A report as it was kept, and its JSON byte for byte.
public struct KeptReport: Sendable {
  public let report: IngestReport
  public let json: String
}

extension RunArchive {
  private static let columns =
    "r.run_id, r.run_no, r.kind, r.file_name,"
    + " to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
    + " r.finished_at IS NULL, r.report IS NULL, (r.report -> 'isRefused')::text,"
    + " (r.report -> 'isUnusable')::text"
    + KeptRun.countNames.map { ", (r.report -> '\($0)')::text" }.joined()

  /// Runs, the newest first.
  public func runs(limit: Int, kind: String? = nil) throws -> [KeptRun] {
    try session.query(
      """
      SELECT \(RunArchive.columns) FROM ops.ingest_run AS r
       WHERE r.institution_id = $1 AND ($2::text IS NULL OR r.kind = $2)
       ORDER BY r.run_no DESC
       LIMIT $3
      """, [.int(Int64(institution)), kind.map(Value.text), .int(Int64(limit))]
    ).map(RunArchive.kept)
  }

  /// The run of a number or of an id.
  public func run(_ reference: String) throws -> KeptRun? {
    let id = UUID(uuidString: reference)
    guard id != nil || Int(reference) != nil else { return nil }
    return try session.query(
      """
      SELECT \(RunArchive.columns) FROM ops.ingest_run AS r
       WHERE r.institution_id = $1 AND (r.run_id = $2 OR r.run_no = $3)
      """,
      [
        .int(Int64(institution)), id.map(Value.uuid),
        Int(reference).map { Value.int(Int64($0)) },
      ]
    ).first.map(RunArchive.kept)
  }

  /// The finished run of a file of that name and content; the newest, if there are several.
  public func finished(kind: String, file: String, digest: [UInt8]) throws -> KeptRun? {
    try session.query(
      """
      SELECT \(RunArchive.columns) FROM ops.ingest_run AS r
       WHERE r.institution_id = $1 AND r.kind = $2 AND r.file_name = $3 AND r.file_sha256 = $4
         AND r.finished_at IS NOT NULL
       ORDER BY r.run_no DESC
       LIMIT 1
      """, [.int(Int64(institution)), .text(kind), .text(file), .bytes(digest)]
    ).first.map(RunArchive.kept)
  }

  private static func kept(_ row: Row) throws -> KeptRun {
    let isUnusable = row.optionalText(8) == "true"
    let counts = KeptRun.countNames.indices.map { isUnusable ? nil : row.optionalInt(9 + $0) }
    let isOpen = try row.bool(5)
    let isRefused = isUnusable || row.optionalText(7) == "true"
    let state: KeptRun.State =
      isOpen
      ? (try row.bool(6) ? .unfinished : .interrupted) : (isRefused ? .refused : .finished)
    return KeptRun(
      id: try row.uuid(0), number: try row.int(1), kind: try row.text(2), file: try row.text(3),
      startedAt: try row.text(4), state: state, counts: counts)
  }

  /// The report of a run, word for word as it was kept; `nil` where there is none.
  public func report(of run: KeptRun) throws -> KeptReport? {
    let row = try session.query(
      "SELECT r.report::text FROM ops.ingest_run AS r WHERE r.institution_id = $1 AND r.run_id = $2",
      [.int(Int64(institution)), .uuid(run.id)]
    ).first
    guard let json = row?.optionalText(0) else { return nil }
    return KeptReport(report: try IngestReport(kept: json), json: json)
  }
}
