internal import Postgres

/// Rights on the read side that a site gave to roles of its own. Our files know nothing of them, so
/// they are given again on what takes the old relations' place under the same name.
struct KeptGrants {
  private let grants: [(object: String, column: String?, statement: String)]

  init(_ session: Session) throws {
    grants = try session.query(
      """
      WITH relation AS (
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relacl
          FROM pg_class AS c
          JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname IN ('fact', 'evaluation')
         WHERE c.relkind IN ('r', 'v')
      ), given AS (
        SELECT n.nspname::text AS object, NULL AS part, 'SCHEMA' AS kind, g.*
          FROM pg_namespace AS n CROSS JOIN LATERAL aclexplode(n.nspacl) AS g
         WHERE n.nspname IN ('fact', 'evaluation')
        UNION ALL
        SELECT r.name, NULL, 'TABLE', g.*
          FROM relation AS r CROSS JOIN LATERAL aclexplode(r.relacl) AS g
        UNION ALL
        SELECT r.name, a.attname::text, 'TABLE', g.*
          FROM relation AS r
          JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
         CROSS JOIN LATERAL aclexplode(a.attacl) AS g
      )
      SELECT g.object, g.part,
             format('GRANT %s%s ON %s %s TO %s%s', g.privilege_type,
                    CASE WHEN g.part IS NOT NULL THEN format(' (%I)', g.part) END, g.kind, g.object,
                    coalesce(quote_ident(r.rolname), 'PUBLIC'),
                    CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
        FROM given AS g
        LEFT JOIN pg_roles AS r ON r.oid = g.grantee
       WHERE g.grantee = 0 OR r.rolname NOT IN ('varde_owner', 'varde_recorder', 'varde_projector',
                                                'varde_analyst', 'varde_steward')
       ORDER BY g.object, g.part NULLS FIRST
      """
    ).map { (try $0.text(0), $0.optionalText(1), try $0.text(2)) }
  }

  /// Gives them again, where the relation and the column still exist.
  func give(_ session: Session) throws {
    try session.execute("SET LOCAL ROLE varde_owner")
    for grant in grants {
      let exists = try session.query(
        """
        SELECT $2 OR to_regclass($1) IS NOT NULL
           AND ($3::text IS NULL OR EXISTS (SELECT FROM pg_attribute AS a
                                             WHERE a.attrelid = to_regclass($1) AND a.attname = $3))
        """,
        [
          .text(grant.object), .bool(!grant.object.contains(".")), grant.column.map(Value.text),
        ])[0].bool(0)
      if exists { try session.execute(grant.statement) }
    }
    try session.execute("RESET ROLE")
  }
}
