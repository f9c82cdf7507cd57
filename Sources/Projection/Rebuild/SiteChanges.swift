internal import Postgres

/// Rights, comments and default privileges of the read side as a site has changed them since it was
/// made. Our files know nothing of them; they are made again on what takes the old objects' place under
/// the same name.
///
/// What the site granted is granted, what it revoked is revoked. A comment of its own stays on what
/// our new files explain as the old ones did; where we explain it otherwise now, ours stands. Who has
/// a right from somebody else than the owner has it from the owner afterwards.
struct SiteChanges {
  private struct Change {
    let type: String
    let path: String
    /// `GRANT`, `REVOKE` or `COMMENT`.
    let verb: String
    /// The right as `ops.read_side_objects` writes it, or the site's comment.
    let new: String?
    /// The comment our files gave.
    let old: String?
  }

  private let changes: [Change]
  private let defaultPrivileges: [String]

  /// - Parameter live: generation of the facts that people read.
  init(_ session: Session, live: Int) throws {
    changes = try session.query(
      """
      WITH made AS (
        SELECT o.type, o.path, o.rights, o.meaning
          FROM ops.read_side_object AS o WHERE o.generation = $1
      ), stands AS MATERIALIZED (
        SELECT n.type, n.path, n.rights, n.meaning FROM ops.read_side_objects() AS n
      )
      SELECT m.type, m.path, 'REVOKE' AS verb, r.right, NULL
        FROM made AS m JOIN stands AS s USING (type, path)
       CROSS JOIN LATERAL (SELECT unnest(m.rights) EXCEPT SELECT unnest(s.rights)) AS r("right")
      UNION ALL
      SELECT m.type, m.path, 'GRANT', r.right, NULL
        FROM made AS m JOIN stands AS s USING (type, path)
       CROSS JOIN LATERAL (SELECT unnest(s.rights) EXCEPT SELECT unnest(m.rights)) AS r("right")
      UNION ALL
      SELECT m.type, m.path, 'COMMENT', s.meaning, m.meaning
        FROM made AS m JOIN stands AS s USING (type, path)
       WHERE s.meaning IS DISTINCT FROM m.meaning
         AND m.type IN ('schema', 'table', 'view', 'table column', 'view column', 'function')
       ORDER BY verb DESC, type, path, 4
      """, [.int(Int64(live))]
    ).map {
      Change(
        type: try $0.text(0), path: try $0.text(1), verb: try $0.text(2),
        new: $0.optionalText(3), old: $0.optionalText(4))
    }
    defaultPrivileges = try session.query(
      """
      SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %s TO %s%s',
                    pg_get_userbyid(d.defaclrole), n.nspname, x.privilege_type,
                    CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                                         WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END,
                    CASE x.grantee WHEN 0 THEN 'PUBLIC'
                      ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                    CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' END)
        FROM pg_default_acl AS d
        JOIN pg_namespace AS n
          ON n.oid = d.defaclnamespace AND n.nspname IN ('fact', 'evaluation')
       CROSS JOIN LATERAL aclexplode(d.defaclacl) AS x
      """
    ).map { try $0.text(0) }
  }

  /// Makes them again.
  /// - Parameter generation: what has taken the old facts' place.
  func make(_ session: Session, on generation: Int) throws {
    for statement in defaultPrivileges { try session.execute(statement) }
    try session.execute("SET LOCAL ROLE varde_owner")
    for change in changes {
      guard let statement = try statement(change, session, generation) else { continue }
      try session.execute(statement)
    }
    try session.execute("RESET ROLE")
  }

  /// `nil` where the object, or the role, is no more.
  private func statement(
    _ change: Change, _ session: Session, _ generation: Int
  ) throws -> String? {
    let object = try session.query(
      """
      SELECT format('COMMENT ON %s %s IS %L',
                    CASE WHEN type LIKE '% column' THEN 'COLUMN' ELSE type END, path, $4::text),
             meaning
        FROM ops.read_side_object WHERE generation = $1 AND type = $2 AND path = $3
      """,
      [
        .int(Int64(generation)), .text(change.type), .text(change.path),
        change.new.map(Value.text),
      ]
    ).first
    guard let object else { return nil }
    guard change.verb != "COMMENT" else {
      return object.optionalText(1) == change.old ? try object.text(0) : nil
    }
    let parts = (change.new ?? "").split(
      separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, try isKnown(String(parts[2]), session) else { return nil }
    return change.verb == "GRANT"
      ? "GRANT \(parts[0]) TO \(parts[2])" + (parts[1].isEmpty ? "" : " WITH GRANT OPTION")
      : "REVOKE \(parts[0]) FROM \(parts[2])"
  }

  private func isKnown(_ role: String, _ session: Session) throws -> Bool {
    try session.query(
      """
      SELECT $1 = 'PUBLIC' OR EXISTS (SELECT FROM pg_roles WHERE quote_ident(rolname) = $1)
      """, [.text(role)])[0].bool(0)
  }
}
