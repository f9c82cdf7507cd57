internal import FoundationEssentials
public import Postgres

/// Keeps every run's report in the database, for ever.
public struct RunArchive {
  private let session: Session
  private let institution: Int32

  public init(session: Session, institution: Int32) {
    self.session = session
    self.institution = institution
  }

  /// Dry runs leave nothing behind, so they are not kept either.
  public func keep(_ report: IngestReport) throws {
    guard !report.isDryRun else { return }
    try session.query(
      """
      INSERT INTO ops.ingest_run (institution_id, run_id, kind, file_name, file_sha256, started_at,
        finished_at, dry_run, rows_read, rows_rejected, report)
      VALUES ($1, $2, $3, $4, decode($5, 'hex'), now(), clock_timestamp(), false, $6, $7, $8)
      """,
      [
        .int(Int64(institution)), .uuid(report.run), .text(report.kind), .text(report.file),
        .text(report.sha256), .int(Int64(report.read)), .int(Int64(report.rejected)),
        .text(try report.json()),
      ])
  }
}
