internal import Postgres

/// What a site has put in a projector's way, or taken from it.
struct SiteCauses {
  /// Acts as projector.
  let session: Session

  /// The constraint that a message names, where the site made it, as `'NAME' of TABLE`.
  func constraint(in message: String, _ sqlstate: String?) throws -> String? {
    guard sqlstate?.hasPrefix("23") == true else { return nil }
    let names = message.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
    return try session.query(
      """
      SELECT format('''%s'' of %s', k.conname, k.conrelid::regclass)
        FROM pg_constraint AS k
        JOIN ops.read_side AS r ON r.live
       WHERE k.connamespace = 'fact'::regnamespace AND k.conname = ANY ($1)
         AND NOT EXISTS (SELECT FROM ops.read_side_object AS o
                          WHERE o.generation = r.generation
                            AND (o.type, o.path)
                                = (SELECT i.type, i.identity
                                     FROM pg_identify_object('pg_constraint'::regclass, k.oid, 0)
                                            AS i))
       ORDER BY (SELECT c.relname = ANY ($1) FROM pg_class AS c WHERE c.oid = k.conrelid) DESC
      """, [.textArray(names)]
    ).first?.text(0)
  }

  /// What the projector was given when the read side was made and has no more.
  func missingGrants() throws -> [String] {
    try session.query(
      """
      SELECT DISTINCT format('GRANT %s TO varde_projector', split_part(g."right", '=', 1))
        FROM ops.read_side AS s
        JOIN ops.read_side_object AS o ON o.generation = s.generation
       CROSS JOIN LATERAL unnest(o.rights) AS g("right")
        LEFT JOIN pg_namespace AS n
          ON n.nspname IN ('fact', 'evaluation')
         AND (o.path = quote_ident(n.nspname) OR o.path LIKE quote_ident(n.nspname) || '.%')
        LEFT JOIN pg_class AS c
          ON c.relnamespace = n.oid AND o.path = format('%I.%I', n.nspname, c.relname)
       WHERE s.live AND split_part(g."right", '=', 3) = 'varde_projector'
         AND CASE WHEN o.type IN ('table', 'view')
                  THEN NOT has_table_privilege('varde_projector', c.oid,
                                               split_part(g."right", ' ', 1))
                  WHEN o.type = 'schema'
                  THEN NOT has_schema_privilege('varde_projector', n.oid,
                                                split_part(g."right", ' ', 1))
                  END
       ORDER BY 1
      """
    ).map { try $0.text(0) }
  }
}
