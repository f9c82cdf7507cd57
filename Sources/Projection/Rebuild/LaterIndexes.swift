internal import Postgres

/// The keys and indexes of facts, which are made after the rows: sorting once is cheaper than finding
/// the place of each row. How they look only the facts' own files say.
struct LaterIndexes: Sendable {
  let building: Building

  /// Notes down every key and index of empty facts, and drops them.
  func setAside(_ session: Session) throws {
    try session.query(
      """
      INSERT INTO ops.rebuild_index (generation, relation, name, statement)
      SELECT $1, t.relname, i.relname,
             CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.oid)
                  ELSE format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', $2::text, t.relname, k.conname,
                              pg_get_constraintdef(k.oid)) END
        FROM \(building.schema).projector AS p
        JOIN pg_class AS t ON t.relname = p.fact AND t.relnamespace = to_regnamespace($2)
        JOIN pg_index AS x ON x.indrelid = t.oid
        JOIN pg_class AS i ON i.oid = x.indexrelid
        LEFT JOIN pg_constraint AS k ON k.conindid = i.oid AND k.conrelid = t.oid
      """, [building.key, .text(building.schema)])
    for row in try made(session, exist: true) {
      let name = "\(building.schema).\(session.quoted(identifier: try row.text(1)))"
      try session.execute(
        try row.text(2).hasPrefix("ALTER TABLE")
          ? "ALTER TABLE \(building.schema).\(session.quoted(identifier: try row.text(0))) "
            + "DROP CONSTRAINT \(session.quoted(identifier: try row.text(1)))"
          : "DROP INDEX \(name)")
    }
  }

  /// Makes those that do not exist yet, the largest facts first.
  func make(_ session: Session, _ crew: Crew) throws {
    var statements: [(relation: String, all: [String])] = []
    for row in try made(session, exist: false) {
      if statements.last?.relation != (try row.text(0)) {
        statements.append((relation: try row.text(0), all: []))
      }
      statements[statements.count - 1].all.append(try row.text(2))
    }
    try crew.forEach(statements.map(\.all)) { session, statements in
      for statement in statements {
        try session.transaction {
          try session.execute(
            """
            SET LOCAL ROLE varde_owner; SET LOCAL synchronous_commit = off;
            SET LOCAL maintenance_work_mem = '256MB'; \(statement)
            """)
        }
      }
    }
  }

  /// Rows of all facts, exactly, as the keys counted them.
  func rowCount(_ session: Session) throws -> Int {
    try session.query(
      """
      SELECT coalesce(sum(greatest(t.reltuples, 0)), 0)::bigint
        FROM \(building.schema).projector AS p
        JOIN pg_class AS t ON t.relname = p.fact AND t.relnamespace = to_regnamespace($1)
      """, [.text(building.schema)])[0].int(0)
  }

  /// Fact, name and statement of those that exist already, or of those that do not.
  private func made(_ session: Session, exist: Bool) throws -> Rows {
    try session.query(
      """
      SELECT x.relation, x.name, x.statement
        FROM ops.rebuild_index AS x
       WHERE x.generation = $1
         AND (to_regclass(format('%I.%I', $2::text, x.name)) IS NOT NULL) = $3
       ORDER BY pg_relation_size(to_regclass(format('%I.%I', $2::text, x.relation))) DESC,
                x.relation, x.name
      """, [building.key, .text(building.schema), .bool(exist)])
  }
}
