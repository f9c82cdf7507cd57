internal import Crypto
public import FoundationEssentials
public import Postgres

/// Keeps every run and its report in the database, for ever.
///
/// A run is noted before its first block, so that one that was interrupted can be continued: the
/// same file, sent again, goes on under the same id, and the log answers for the blocks it has.
public struct RunArchive {
  /// A run that may begin.
  public struct Begun: Sendable {
    public let id: UUID
    /// When the run that this one continues was begun, as the database writes times.
    public let interrupted: String?
  }

  private let session: Session
  private let institution: Int32

  public init(session: Session, institution: Int32) {
    self.session = session
    self.institution = institution
  }

  /// Notes that a file is about to be recorded. What can be read only once (standard input, a pipe)
  /// cannot be continued; a file that cannot be read is noted too, and the reader will say why.
  public func begin(kind: String, file: String) throws -> Begun {
    let digest = ByteSource.isRegularFile(file) ? try? RunArchive.digest(of: file) : nil
    if let digest {
      let unfinished = try session.query(
        """
        SELECT run_id, to_char(started_at, 'YYYY-MM-DD HH24:MI') FROM ops.ingest_run
         WHERE institution_id = $1 AND kind = $2 AND file_sha256 = $3 AND finished_at IS NULL
         ORDER BY started_at DESC
         LIMIT 1
        """, [.int(Int64(institution)), .text(kind), .bytes(digest)])
      if let row = unfinished.first {
        return Begun(id: try row.uuid(0), interrupted: try row.text(1))
      }
    }
    let id = UUID()
    try session.query(
      """
      INSERT INTO ops.ingest_run (institution_id, run_id, kind, file_name, file_sha256, started_at,
        dry_run)
      VALUES ($1, $2, $3, $4, $5, clock_timestamp(), false)
      """,
      [
        .int(Int64(institution)), .uuid(id), .text(kind), .text(file), digest.map(Value.bytes),
      ])
    return Begun(id: id, interrupted: nil)
  }

  /// Keeps the report of a run that came to its end. Dry runs leave nothing behind, so they are not
  /// kept either.
  public func keep(_ report: IngestReport) throws {
    guard !report.isDryRun else { return }
    try finish(
      report.run, sha256: report.sha256, read: report.read, rejected: report.rejected,
      report: try report.json())
  }

  /// Keeps what was wrong with a file of which nothing could be recorded.
  public func keep(_ error: InputError, of run: UUID) throws {
    try finish(run, sha256: nil, read: 0, rejected: 0, report: try error.json())
  }

  private func finish(
    _ run: UUID, sha256: String?, read: Int, rejected: Int, report: String
  ) throws {
    try session.query(
      """
      UPDATE ops.ingest_run
         SET finished_at = clock_timestamp(), rows_read = $3, rows_rejected = $4, report = $5,
             file_sha256 = coalesce(decode($6, 'hex'), file_sha256)
       WHERE institution_id = $1 AND run_id = $2 AND finished_at IS NULL
      """,
      [
        .int(Int64(institution)), .uuid(run), .int(Int64(read)), .int(Int64(rejected)),
        .text(report), sha256.map(Value.text),
      ])
  }

  private static func digest(of file: String) throws -> [UInt8] {
    let source = try ByteSource(path: file)
    try source.drain()
    return source.digest
  }
}
