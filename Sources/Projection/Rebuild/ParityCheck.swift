internal import Postgres

/// Compares facts under construction with the live ones, at the same position of every log and from
/// one snapshot; workers go on meanwhile.
struct ParityCheck {
  let session: Session
  let live: Int
  let building: Building

  struct Outcome {
    var facts: [RebuildReport.Fact] = []
    var differences: [RebuildReport.Difference] = []
    /// Whether both sides stood at the same position. Where they did not, a merge or an erasure that
    /// only one has seen makes a difference that is none.
    let isSameCut: Bool

    var isEqual: Bool { facts.allSatisfy(\.isEqual) }
  }

  /// Where both sides have come; parameters 1 and 2 of every statement.
  private static let cut = """
    cut AS (
      SELECT l.institution_id, least(l.position, n.position) AS position,
             l.position = n.position AS is_same
        FROM ops.checkpoint AS l
        JOIN ops.checkpoint AS n
          ON n.institution_id = l.institution_id AND n.projection = l.projection
       WHERE l.projection = 'fact' AND l.generation = $1 AND n.generation = $2)
    """
  /// Rows with differences that are told of one fact.
  private static let told = 3

  func run() throws -> Outcome {
    try session.transaction(repeatableRead: true) {
      try session.execute("SET LOCAL work_mem = '64MB'")
      var outcome = Outcome(
        isSameCut: try query("SELECT coalesce(bool_and(is_same), true) FROM cut")[0].bool(0))
      for row in try session.query("SELECT fact FROM fact.projector ORDER BY ordinal") {
        let fact = try row.text(0)
        let before = try digest("fact", fact)
        let after = try digest(building.schema, fact)
        outcome.facts.append(
          RebuildReport.Fact(
            fact: fact, rowsBefore: before.rows, rowsAfter: after.rows,
            isEqual: before == after))
        if before != after { outcome.differences += try differences(fact) }
      }
      return outcome
    }
  }

  private func query(_ sql: String, with parts: String = "") throws -> Rows {
    try session.query("WITH \(Self.cut)\(parts) \(sql)", [.int(Int64(live)), building.key])
  }

  private struct Digest: Equatable {
    let rows: Int
    let sum: String
  }

  /// Free of order and in constant memory: the sum of a hash of each row's text.
  private func digest(_ schema: String, _ fact: String) throws -> Digest {
    let row = try query(
      """
      SELECT count(*), coalesce(sum(hashtextextended(ROW(f.*)::text, 0)), 0)::text FROM side AS f
      """, with: ", side AS (\(try side(schema, fact)))")[0]
    return Digest(rows: try row.int(0), sum: try row.text(1))
  }

  /// A fact as it was at the cut.
  private func side(_ schema: String, _ fact: String) throws -> String {
    let columns = try session.query(
      """
      SELECT attname FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """, [.text("fact.\(fact)")]
    ).map { row in
      let name = try row.text(0)
      guard ["superseded_by", "superseded_at"].contains(name) else {
        return "f.\(session.quoted(identifier: name))"
      }
      return "CASE WHEN f.superseded_by <= cut.position THEN f.\(name) END AS \(name)"
    }
    return """
      SELECT \(columns.joined(separator: ", "))
        FROM cut
        JOIN \(schema).\(fact) AS f
          ON f.institution_id = cut.institution_id AND f.position <= cut.position
      """
  }

  private func differences(_ fact: String) throws -> [RebuildReport.Difference] {
    let key = try session.query(
      """
      SELECT a.attname FROM pg_index AS x
        JOIN pg_attribute AS a ON a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)
       WHERE x.indrelid = to_regclass($1) AND x.indisprimary
      """, [.text("fact.\(fact)")]
    ).map { session.quoted(identifier: try $0.text(0)) }
    return try query(
      """
      SELECT i.code, d.position, k.name, d.before ->> k.name, d.after ->> k.name
        FROM (SELECT coalesce(b.institution_id, a.institution_id) AS institution_id,
                     coalesce(b.position, a.position) AS position,
                     CASE WHEN b.position IS NOT NULL THEN to_jsonb(b) END AS before,
                     CASE WHEN a.position IS NOT NULL THEN to_jsonb(a) END AS after
                FROM before AS b
                FULL JOIN after AS a USING (\(key.joined(separator: ", ")))
               WHERE ROW(b.*)::text IS DISTINCT FROM ROW(a.*)::text
               ORDER BY 1, 2
               LIMIT \(Self.told)) AS d
        JOIN ops.institution AS i ON i.institution_id = d.institution_id
       CROSS JOIN LATERAL jsonb_object_keys(coalesce(d.before, d.after)) AS k(name)
       WHERE d.before ->> k.name IS DISTINCT FROM d.after ->> k.name
         AND (k.name = 'position' OR d.before IS NOT NULL AND d.after IS NOT NULL)
       ORDER BY 1, 2, 3
      """,
      with: """
        , before AS (\(try side("fact", fact))), after AS (\(try side(building.schema, fact)))
        """
    ).map {
      RebuildReport.Difference(
        fact: fact, institution: try $0.text(0), position: try $0.int(1), column: try $0.text(2),
        before: $0.optionalText(3).map(Self.masked), after: $0.optionalText(4).map(Self.masked))
    }
  }

  /// Codes, numbers and times are shown; ids and texts only by their length.
  static func masked(_ value: String) -> String {
    let isCode = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: "_.:+-".utf8.contains(byte)
      }
    }
    let isID =
      value.utf8.count == 36 && value.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
    if isID { return "‹id›" }
    return isCode && value.utf8.count <= 32 ? value : "‹\(value.count) characters›"
  }
}
