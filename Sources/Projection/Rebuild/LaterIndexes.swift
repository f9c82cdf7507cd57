internal import Postgres

/// The indexes of large facts, which are made after the rows: sorting once is cheaper than finding the
/// place of each row. How they look only the facts' own files say.
struct LaterIndexes: Sendable {
  /// Bytes of rows from which that is so: below, an index takes longer to make than to keep, for the
  /// disk is waited for.
  static let worthwhile = 256 * 1_024

  let building: Building

  /// Notes down the indexes of empty facts that are large in the live generation, and drops them.
  ///
  /// How large they will be is a guess. Where it is wrong, filling takes longer, no more.
  /// - Parameters:
  ///   - live: generation of the facts that people read.
  ///   - bytes: rows of the live fact from which it is large. Facts that do not exist there are, and so
  ///     are all where the live ones have not half of the logs.
  func setAside(_ session: Session, live: Int, from bytes: Int) throws {
    try session.query(
      """
      INSERT INTO ops.rebuild_index (generation, relation, name, statement, key)
      SELECT $1, t.relname, i.relname, pg_get_indexdef(i.oid),
             CASE k.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END
        FROM \(building.schema).projector AS p
        JOIN pg_class AS t ON t.relname = p.fact AND t.relnamespace = to_regnamespace($2)
        JOIN pg_index AS x ON x.indrelid = t.oid
        JOIN pg_class AS i ON i.oid = x.indexrelid
        LEFT JOIN pg_constraint AS k ON k.conindid = i.oid AND k.conrelid = t.oid
       WHERE coalesce(pg_relation_size(to_regclass(format('fact.%I', p.fact))) >= $4, true)
          OR 2 * (SELECT coalesce(sum(c.position), 0) FROM ops.checkpoint AS c
                   WHERE c.projection = 'fact' AND c.generation = $3)
             < (SELECT sum(c.position) FROM ops.rebuild_cut AS c WHERE c.generation = $1)
      """,
      [building.key, .text(building.schema), .int(Int64(live)), .int(Int64(bytes))])
    for row in try indexes(session, exist: true) {
      let name = session.quoted(identifier: try row.text(1))
      try session.execute(
        row.optionalText(3) == nil
          ? "DROP INDEX \(building.schema).\(name)"
          : "ALTER TABLE \(building.schema).\(session.quoted(identifier: try row.text(0))) "
            + "DROP CONSTRAINT \(name)")
    }
  }

  /// Makes those that do not exist yet, those of the largest facts first; several sessions may be at
  /// work on one fact.
  func make(_ session: Session, _ crew: Crew) throws {
    let statements = try indexes(session, exist: false).map { try $0.text(2) }
    try crew.forEach(statements) { session, statement in
      try session.transaction {
        try session.execute(
          """
          SET LOCAL ROLE varde_owner; SET LOCAL synchronous_commit = off;
          SET LOCAL maintenance_work_mem = '256MB'; \(statement)
          """)
      }
    }
    try makeKeys(session)
  }

  /// Makes indexes the keys they were. A key made at once would keep other sessions off the fact.
  private func makeKeys(_ session: Session) throws {
    let statements = try session.query(
      """
      SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s USING INDEX %I',
                    $2::text, x.relation, x.name, x.key, x.name)
        FROM ops.rebuild_index AS x
       WHERE x.generation = $1 AND x.key IS NOT NULL
         AND NOT EXISTS (SELECT FROM pg_constraint AS k
                          WHERE k.conindid = to_regclass(format('%I.%I', $2::text, x.name)))
       ORDER BY x.relation, x.name
      """, [building.key, .text(building.schema)]
    ).map { try $0.text(0) }
    guard !statements.isEmpty else { return }
    try session.transaction {
      try session.execute(
        """
        SET LOCAL ROLE varde_owner; SET LOCAL synchronous_commit = off;
        \(statements.joined(separator: "; "))
        """)
    }
  }

  /// Rows of all facts, exactly: as the indexes counted them, or counted where there are few.
  func rowCount(_ session: Session) throws -> Int {
    let facts = try session.query(
      """
      SELECT CASE WHEN p.fact IN (SELECT x.relation FROM ops.rebuild_index AS x
                                   WHERE x.generation = $1)
                  THEN format('SELECT %s::bigint', greatest(t.reltuples, 0)::bigint)
                  ELSE format('SELECT count(*) FROM %I.%I', $2::text, p.fact) END
        FROM \(building.schema).projector AS p
        JOIN pg_class AS t ON t.relname = p.fact AND t.relnamespace = to_regnamespace($2)
      """, [building.key, .text(building.schema)]
    ).map { try $0.text(0) }
    return try session.query(
      """
      SELECT coalesce(sum(r.count), 0)::bigint
        FROM (\(facts.joined(separator: " UNION ALL "))) AS r(count)
      """)[0].int(0)
  }

  /// Fact, name, statement and kind of key of those that exist already, or of those that do not: what
  /// takes longest first, which is texts before the numbers of a key, and few rows last.
  private func indexes(_ session: Session, exist: Bool) throws -> Rows {
    try session.query(
      """
      SELECT x.relation, x.name, x.statement, x.key
        FROM ops.rebuild_index AS x
       WHERE x.generation = $1
         AND (to_regclass(format('%I.%I', $2::text, x.name)) IS NOT NULL) = $3
       ORDER BY pg_relation_size(to_regclass(format('%I.%I', $2::text, x.relation))) DESC,
                x.relation, x.statement LIKE '% WHERE %', x.key IS NOT NULL, x.name
      """, [building.key, .text(building.schema), .bool(exist)])
  }
}
