internal import Postgres

/// What a site has put into and on the read side, beside what Varde made there.
struct SiteObjects {
  let session: Session
  /// Generation of the facts that people read. One that was made before anybody noted what was made
  /// counts as all ours.
  let live: Int

  /// What is not ours; `$1` is the live generation.
  private static let others = """
    WITH stands AS MATERIALIZED (
      SELECT n.class, n.object, n.type, n.path, n.parent_class, n.parent
        FROM ops.read_side_objects() AS n
    ), other AS (
      SELECT s.* FROM stands AS s
       WHERE NOT EXISTS (SELECT FROM ops.read_side_object AS m
                          WHERE m.generation = $1 AND m.type = s.type AND m.path = s.path)
         AND EXISTS (SELECT FROM ops.read_side_object AS m WHERE m.generation = $1)
    ), whole AS (
      SELECT o.class, o.object, o.type, o.path, o.parent
        FROM other AS o
       WHERE NOT EXISTS (SELECT FROM other AS p
                          WHERE p.class = o.parent_class AND p.object = o.parent
                            AND p.type NOT LIKE '% column')
    ), index AS (
      SELECT w.object, w.path, i.relname AS name, t.relname AS fact
        FROM whole AS w
        JOIN pg_index AS x ON x.indexrelid = w.object AND w.type = 'index'
        JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_class AS t ON t.oid = x.indrelid AND t.relnamespace = 'fact'::regnamespace
       WHERE NOT EXISTS (SELECT FROM pg_depend AS d
                           JOIN pg_proc AS p ON p.oid = d.refobjid
                            AND p.pronamespace IN ('fact'::regnamespace,
                                                   'evaluation'::regnamespace)
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                            AND d.refclassid = 'pg_proc'::regclass)
    )
    """

  /// Refuses what would go with the old facts without a word.
  /// - Parameter building: what takes their place; indexes that it has by now are kept.
  /// - Throws: `RebuildProblem.others`.
  func refuse(exceptIndexesOf building: Building?) throws {
    let names = try session.query(
      """
      \(Self.others)
      SELECT w.type || ' ' || w.path
        FROM whole AS w
       WHERE NOT EXISTS (SELECT FROM index AS x
                          WHERE x.object = w.object AND w.type = 'index'
                            AND ($2::text IS NULL
                                 OR to_regclass(format('%I.%I', $2, x.name)) IS NOT NULL))
         AND NOT EXISTS (SELECT FROM pg_default_acl AS d
                          WHERE w.class = 'pg_default_acl'::regclass AND d.oid = w.object
                            AND pg_has_role(current_user, d.defaclrole, 'MEMBER'))
       ORDER BY 1
      """, [.int(Int64(live)), building.map { .text($0.schema) }]
    ).map { try $0.text(0) }
    guard names.isEmpty else { throw RebuildProblem.others(names) }
  }

  /// Full names of the site's indexes.
  func indexes() throws -> [String] {
    try session.query("\(Self.others) SELECT path FROM index", [.int(Int64(live))])
      .map { try $0.text(0) }
  }

  /// Makes the site's indexes on the new facts, where they are not yet. A name that ours has now is
  /// ours.
  /// - Parameter areRowsToCome: whether it is only tried now, and noted to be made after the rows.
  /// - Throws: `RebuildProblem.index` where the new facts cannot have one.
  func makeIndexes(on building: Building, areRowsToCome: Bool) throws {
    let indexes = try session.query(
      """
      \(Self.others)
      SELECT x.path,
             replace(pg_get_indexdef(x.object), format(' ON fact.%I ', x.fact),
                     format(' ON %I.%I ', $2::text, x.fact)),
             x.fact, x.name, format('DROP INDEX %I.%I', $2, x.name)
        FROM index AS x
       WHERE to_regclass(format('%I.%I', $2, x.name)) IS NULL
         AND NOT EXISTS (SELECT FROM ops.rebuild_index AS l
                          WHERE l.generation = $3 AND l.name = x.name)
       ORDER BY 1
      """, [.int(Int64(live)), .text(building.schema), building.key]
    )
    for row in indexes {
      do {
        try session.transaction {
          try session.execute("SET LOCAL ROLE varde_owner; \(try row.text(1)); RESET ROLE")
          if areRowsToCome { try setAside(row, building) }
        }
      } catch let error as PostgresError where error.sqlstate.hasPrefix("42") {
        throw RebuildProblem.index(try row.text(0), reason: error.message)
      }
    }
  }

  private func setAside(_ index: Row, _ building: Building) throws {
    try session.execute(try index.text(4))
    try session.query(
      """
      INSERT INTO ops.rebuild_index (generation, relation, name, statement)
      VALUES ($1, $2, $3, $4)
      """,
      [building.key, .text(try index.text(2)), .text(try index.text(3)), .text(try index.text(1))])
  }
}
