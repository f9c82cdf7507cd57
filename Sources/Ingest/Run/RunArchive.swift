public import FoundationEssentials
internal import Glibc
public import Postgres

/// Keeps every run and its report in the database, for ever.
///
/// A run is noted before its first block, so that one that was interrupted can be continued: the
/// same file, sent again, goes on under the same id, and the log answers for the blocks it has.
///
/// Whoever is at work on a file holds its run by a lock on the run's row, in a transaction that is
/// open until the report is kept. When the process dies, the server lets go of the lock at once. So
/// the session is the archive's own, and idle most of the time.
public final class RunArchive {
  /// A run that may begin.
  public struct Begun: Sendable {
    public let id: UUID
    /// Its number in the institution, from 1.
    public let number: Int
    /// When the run that this one continues was begun, as the database writes times.
    public let interrupted: String?
    /// SHA-256 of the files beside the input that it left when it was interrupted, by path.
    public let files: [String: String]
    /// The report it left when it was interrupted.
    public let report: IngestReport?
  }

  let session: Session
  let institution: Int32
  /// Whether the transaction is open that holds a run.
  private var isHolding = false

  public init(session: Session, institution: Int32) {
    self.session = session
    self.institution = institution
  }

  /// Notes that a file is about to be recorded, and holds the run until its report is kept or `let go`
  /// is called. What can be read only once (standard input, a pipe) has no digest, cannot be continued
  /// and is not held; a file that cannot be read is noted too, and the reader will say why.
  ///
  /// - Parameters:
  ///   - settings: digest of what else decides how the file is read; a run is continued only by the
  ///     same.
  ///   - waitForOther: another process is at work on the same file in the same way; called again and
  ///     again until it is not any more. It takes its time, and answers whether to go on waiting.
  /// - Returns: `nil` where there is to be no more waiting.
  public func begin(
    kind: String, file: String, digest: [UInt8]?, settings: [UInt8],
    waitForOther: () -> Bool = { false }
  ) throws -> Begun? {
    guard let digest else { return try beginAnew(kind: kind, file: file, settings: settings) }
    while true {
      if let begun = try unfinished(kind: kind, digest: digest, settings) {
        if try hold(begun.id) { return begun }
        guard waitForOther() else { return nil }
      } else if let begun = try insert(kind, file, digest, settings, unlessUnfinished: true),
        try hold(begun.id)
      {
        return begun
      }
    }
  }

  /// Holds a run that nobody else holds and that is not finished; answers whether it does.
  private func hold(_ run: UUID) throws -> Bool {
    // A pooler has few connections to lend: one that is held as long as an import takes may be the
    // one another import waits for. There two processes with one file share a run; nothing of it is
    // lost or doubled, but both may report the same rows as new.
    guard !session.isPooled else { return true }
    // Nothing happens here while the file is recorded, which may take longer than the recorder's
    // sessions may otherwise be idle with a lock.
    try session.execute("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0")
    isHolding = true
    let held = try session.query(
      """
      SELECT run_id FROM ops.ingest_run
       WHERE institution_id = $1 AND run_id = $2 AND finished_at IS NULL
         FOR NO KEY UPDATE SKIP LOCKED
      """, [.int(Int64(institution)), .uuid(run)])
    if held.isEmpty { letGo() }
    return !held.isEmpty
  }

  /// Lets go of the run that is held, if there is one.
  public func letGo() {
    guard isHolding else { return }
    isHolding = false
    // On a connection that is gone nothing is held.
    try? session.execute("ROLLBACK")
  }

  /// As `begin`, for what continues nothing.
  public func beginAnew(
    kind: String, file: String, digest: [UInt8]? = nil, settings: [UInt8]? = nil
  ) throws -> Begun {
    while true {
      if let begun = try insert(kind, file, digest, settings, unlessUnfinished: false) {
        return begun
      }
    }
  }

  /// Notes a run; `nil` where another run took its number. Two processes that begin with the same file
  /// at once want the same number, and the one that does not get it finds the other's run.
  private func insert(
    _ kind: String, _ file: String, _ digest: [UInt8]?, _ settings: [UInt8]?,
    unlessUnfinished: Bool
  ) throws -> Begun? {
    let id = UUID()
    do {
      return try session.query(
        """
        INSERT INTO ops.ingest_run (institution_id, run_id, kind, file_name, file_sha256,
          settings, started_at, dry_run, run_no)
        SELECT $1, $2, $3, $4, $5, $6, clock_timestamp(), false,
               (SELECT coalesce(max(r.run_no), 0) + 1 FROM ops.ingest_run AS r
                 WHERE r.institution_id = $1)
         WHERE NOT $7 OR NOT EXISTS (
                 SELECT FROM ops.ingest_run AS r
                  WHERE r.institution_id = $1 AND r.kind = $3 AND r.file_sha256 = $5
                    AND r.settings = $6 AND r.finished_at IS NULL)
        RETURNING run_no
        """,
        [
          .int(Int64(institution)), .uuid(id), .text(kind), .text(file), digest.map(Value.bytes),
          settings.map(Value.bytes), .bool(unlessUnfinished),
        ]
      ).first.map {
        Begun(id: id, number: try $0.int(0), interrupted: nil, files: [:], report: nil)
      }
    } catch let error as PostgresError where error.isDuplicateKey {
      return nil
    }
  }

  private func unfinished(
    kind: String, digest: [UInt8], _ settings: [UInt8]
  ) throws -> Begun? {
    try session.query(
      """
      SELECT run_id, run_no, to_char(started_at, 'YYYY-MM-DD HH24:MI'),
             report -> 'interruptedFiles', report::text
        FROM ops.ingest_run
       WHERE institution_id = $1 AND kind = $2 AND file_sha256 = $3 AND settings = $4
         AND finished_at IS NULL
       ORDER BY started_at DESC
       LIMIT 1
      """, [.int(Int64(institution)), .text(kind), .bytes(digest), .bytes(settings)]
    ).first.map { row in
      Begun(
        id: try row.uuid(0), number: try row.int(1), interrupted: try row.text(2),
        files: try RunArchive.files(row.optionalText(3)),
        report: try row.optionalText(4).map { try IngestReport(kept: $0) })
    }
  }

  private static func files(_ json: String?) throws -> [String: String] {
    guard let json else { return [:] }
    return try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
  }

  /// Keeps the report of a run. One that a signal ended stays unfinished until it is continued; dry
  /// runs leave nothing behind, so they are not kept either.
  ///
  /// Where another process was at work on the same file and has finished the run they shared, the
  /// report becomes one of a run of its own.
  public func keep(_ report: inout IngestReport) throws {
    guard !report.isDryRun, try !write(report) else { return }
    let begun = try beginAnew(kind: report.kind, file: report.file)
    (report.run, report.number) = (begun.id, begun.number)
    _ = try write(report)
  }

  private func write(_ report: IngestReport) throws -> Bool {
    try write(
      report.run, sha256: report.sha256.isEmpty ? nil : report.sha256, read: report.read,
      rejected: report.rejected, report: try report.json(),
      isFinished: !report.isInterrupted || report.isRefused)
  }

  private func write(
    _ run: UUID, sha256: String?, read: Int, rejected: Int, report: String, isFinished: Bool
  ) throws -> Bool {
    let isWritten =
      try session.query(
        """
        UPDATE ops.ingest_run
           SET finished_at = CASE WHEN $7 THEN clock_timestamp() END, rows_read = $3,
               rows_rejected = $4, report = $5,
               file_sha256 = coalesce(decode($6, 'hex'), file_sha256)
         WHERE institution_id = $1 AND run_id = $2 AND finished_at IS NULL
        """,
        [
          .int(Int64(institution)), .uuid(run), .int(Int64(read)), .int(Int64(rejected)),
          .text(report), sha256.map(Value.text), .text(isFinished ? "t" : "f"),
        ]
      ).affected > 0
    if isHolding {
      try session.execute("COMMIT")
      isHolding = false
    }
    return isWritten
  }

  /// Whether the input is there and gone once it was read: standard input, or a pipe.
  public static func isReadableOnce(_ file: String) -> Bool {
    file == "-" || (!ByteSource.isRegularFile(file) && access(file, F_OK) == 0)
  }

  /// SHA-256 of what can be read more than once; `nil` for anything else.
  public static func digest(of file: String) -> [UInt8]? {
    guard ByteSource.isRegularFile(file), let source = try? ByteSource(path: file),
      (try? source.drain()) != nil
    else { return nil }
    return source.digest
  }
}
