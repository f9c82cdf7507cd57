public import FoundationEssentials
internal import Postgres

/// What a full snapshot says by what it leaves out.
public struct SnapshotGap: Sendable {
  /// Records the log holds and the snapshot does not name, oldest first.
  public let missing: [Retraction]
  /// Records the log holds of what the snapshot is about.
  public let known: Int

  /// Whether so much is missing that the file is more likely to be incomplete than the records to be
  /// withdrawn: more than a fifth.
  public var isSuspicious: Bool { 5 * missing.count > known }
}

extension LogWriter {
  /// From now on the keys of what is recorded are kept, so that `snapshotGap` can tell what was not
  /// named, and `farConflicts` what was named twice.
  public func beginSnapshot() throws { snapshotKeys = try KeySpool() }

  func keep(_ prepared: PreparedDrafts, in spool: KeySpool) throws {
    var rows: [UInt8] = []
    rows.reserveCapacity(prepared.count * 34)
    for (index, key) in prepared.keys.enumerated() {
      guard let key else { continue }
      rows.append(contentsOf: [0, 2, 0, 0, 0, 16])
      withUnsafeBytes(of: key.uuid.uuid) { rows.append(contentsOf: $0) }
      rows.append(contentsOf: [0, 0, 0, 8])
      let content = Int64(prepared.drafts[index].fingerprint).bigEndian
      withUnsafeBytes(of: content) { rows.append(contentsOf: $0) }
    }
    try spool.append(rows)
  }

  /// Asks about the keys that were kept, in a transaction that has them as `snapshot_key`.
  private func withSnapshotKeys<R>(_ body: () throws -> R) throws -> R {
    try session.transaction {
      try session.execute(
        "CREATE TEMPORARY TABLE snapshot_key (source_key uuid, content bigint) ON COMMIT DROP")
      try session.copyIn("COPY pg_temp.snapshot_key FROM STDIN (FORMAT binary)") { copy in
        try copy.write(RowEncoder.header)
        try snapshotKeys?.send(to: copy)
        try copy.write(RowEncoder.trailer)
      }
      try session.execute("ANALYZE pg_temp.snapshot_key")
      return try body()
    }
  }

  /// How many records were named twice with different content, however far apart: a dry run
  /// remembers only so many keys itself. Needs `beginSnapshot`.
  public func farConflicts() throws -> Int {
    guard hasForgotten else { return 0 }
    return try withSnapshotKeys {
      try session.query(
        """
        SELECT count(*) FROM (SELECT FROM pg_temp.snapshot_key AS k GROUP BY k.source_key
                              HAVING min(k.content) <> max(k.content)) AS twice
        """)[0].int(0)
    }
  }

  /// What the log holds of one type and the recorded snapshot did not name. A snapshot is about the
  /// programmes it names and, for survey responses, about their instruments and waves: other waves
  /// are not missing from the file of one.
  /// - Parameter occurredAt: when the records are taken to have ceased, in microseconds after 1970.
  public func snapshotGap(of type: String, occurredAt: Int64) throws -> SnapshotGap {
    let rows = try withSnapshotKeys { try heldRecords(of: type) }
    var missing: [Retraction] = []
    for row in rows where try !row.bool(1) {
      missing.append(
        Retraction(position: Int64(try row.int(0)), type: type, occurredAt: occurredAt))
    }
    return SnapshotGap(missing: missing, known: rows.count)
  }

  /// How many records of a type the log holds, of whatever programme.
  public func held(of type: String) throws -> Int {
    try session.query(
      """
      SELECT count(*) FROM log.event AS e
       WHERE e.institution_id = $1 AND e.type = $2 AND e.source_key IS NOT NULL
         AND e.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.event AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
      """, [.int(Int64(institution)), .text(type)])[0].int(0)
  }

  /// What the log says at those positions, and of whom, in their order.
  public func bodies(
    of retractions: some Sequence<Retraction>
  ) throws -> [(position: Int64, body: [UInt8], subject: UUID?)] {
    try session.query(
      """
      SELECT e.position, e.body, e.subject_id FROM log.event AS e
       WHERE e.institution_id = $1 AND e.position = ANY ($2::bigint[]) AND e.body IS NOT NULL
       ORDER BY e.position
      """, [.int(Int64(institution)), .int64Array(retractions.map(\.position))]
    ).map { (position: Int64(try $0.int(0)), body: $0.utf8(1) ?? [], subject: $0.optionalUUID(2)) }
  }

  /// Positions of the records a snapshot of this type is about, and whether it named them.
  private func heldRecords(of type: String) throws -> Rows {
    try session.query(
      """
      WITH held AS (
        SELECT e.position, k.source_key IS NOT NULL AS named,
               ROW(e.body ->> 'programme', e.body ->> 'instrument', e.body ->> 'wave')::text AS about
          FROM log.event AS e
          LEFT JOIN (SELECT DISTINCT source_key FROM pg_temp.snapshot_key) AS k
            ON k.source_key = e.source_key
         WHERE e.institution_id = $1 AND e.type = $2 AND e.source_key IS NOT NULL
           AND e.body IS NOT NULL
           AND NOT EXISTS (SELECT FROM log.event AS s
                            WHERE s.institution_id = $1 AND s.supersedes = e.position)
      )
      SELECT h.position, h.named FROM held AS h
       WHERE h.about IN (SELECT n.about FROM held AS n WHERE n.named)
       ORDER BY h.position
      """, [.int(Int64(institution)), .text(type)])
  }
}
