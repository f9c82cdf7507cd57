internal import Postgres

/// A generation of facts under construction. What is done of it the database knows (`ops.rebuild…`),
/// so that any process can go on with it.
struct Building: Sendable {
  let generation: Int

  var schema: String { "fact_\(generation)" }
  /// Holds the functions that are found first while facts are written in bulk; see
  /// Schema/read/building.
  var quietSchema: String { "\(schema)_quiet" }
  var target: FactWorker.Target { .building(schema: schema, generation: generation) }
  /// Parameter `$1` of statements about this generation.
  var key: Value { .int(Int64(generation)) }

  /// What an earlier rebuild has left that this binary can go on with.
  static func interrupted(_ session: Session, digest: String) throws -> Building? {
    try session.query(
      """
      SELECT r.generation
        FROM ops.read_side AS r
        JOIN ops.rebuild AS b ON b.generation = r.generation
       WHERE NOT r.live AND r.digest = $1
         AND to_regnamespace('fact_' || r.generation) IS NOT NULL
       ORDER BY r.generation DESC
       LIMIT 1
      """, [.text(digest)]
    ).first.map { Building(generation: try $0.int(0)) }
  }

  /// Makes empty facts, the large ones without indexes, fixes the cut and divides the logs up to it
  /// into tasks.
  /// - Parameters:
  ///   - slice: events of a task; chosen by the length of the logs unless said.
  ///   - large: bytes of a live fact from which its indexes are made after the rows.
  static func begin(
    _ session: Session, _ readSide: ReadSide, jobs: Int, slice: Int?,
    large: Int = LaterIndexes.worthwhile
  ) throws -> Building {
    let building = Building(
      generation: try session.query(
        "SELECT coalesce(max(generation), 0) + 1 FROM ops.read_side")[0].int(0))
    let live = try readSide.liveGeneration() ?? 0
    try session.transaction {
      // What a crash takes back was never begun.
      try session.execute("SET LOCAL synchronous_commit = off")
      try readSide.build(schema: building.schema, generation: building.generation)
      try building.makeQuietFunctions(session)
      try session.query(
        "INSERT INTO ops.rebuild (generation, started_at) VALUES ($1, now())", [building.key])
      let total = try session.query(
        """
        WITH cut AS (
          INSERT INTO ops.rebuild_cut (institution_id, generation, position, append_no, hash)
          SELECT i.institution_id, $1, h.last_position, h.append_no, h.hash
            FROM ops.institution AS i
           CROSS JOIN LATERAL log.head(i.institution_id) AS h
          RETURNING position)
        SELECT coalesce(sum(position), 0)::bigint FROM cut
        """, [building.key])[0].int(0)
      try LaterIndexes(building: building).setAside(session, live: live, from: large)
      try building.divide(session, slice: slice ?? self.slice(of: total, jobs: jobs))
    }
    return building
  }

  /// Events of one task: enough that its statements are worth planning, few enough that the log stays
  /// in memory while one projector after the other reads it. One log is so divided that all sessions
  /// end at about the same time.
  static func slice(of total: Int, jobs: Int) -> Int {
    let rounds = max(1, min(4, total / (jobs * 20_000)))
    let even = (total + jobs * rounds - 1) / (jobs * rounds)
    return min(250_000, max(5_000, even))
  }

  /// The task from position 0 to 0 is to find out who is one person; all others of the institution
  /// need that, where ids were ever merged.
  private func divide(_ session: Session, slice: Int) throws {
    try session.query(
      """
      INSERT INTO ops.rebuild_task (institution_id, generation, first_position, last_position)
      SELECT c.institution_id, c.generation, s.first, least(s.first + $2::bigint - 1, c.position)
        FROM ops.rebuild_cut AS c
       CROSS JOIN LATERAL generate_series(1, c.position, $2::bigint) AS s(first)
       WHERE c.generation = $1
      UNION ALL
      SELECT c.institution_id, c.generation, 0, 0
        FROM ops.rebuild_cut AS c
       WHERE c.generation = $1
         AND EXISTS (SELECT FROM log.event AS e
                      WHERE e.institution_id = c.institution_id AND e.type = 'subjects_merged'
                        AND e.position <= c.position)
      """, [key, .int(Int64(slice))])
  }

  private func makeQuietFunctions(_ session: Session) throws {
    try session.execute(
      """
      CREATE SCHEMA \(quietSchema) AUTHORIZATION varde_owner;
      SET LOCAL ROLE varde_owner;
      SET LOCAL search_path = \(quietSchema), \(schema)
      """)
    for file in SchemaFile.below("read/building") { try session.execute(file.sql) }
    try session.execute("SET LOCAL search_path = DEFAULT; RESET ROLE")
  }

  /// Removes what was built and what is known of it.
  func abandon(_ session: Session) throws {
    try session.transaction {
      try session.execute(
        "DROP SCHEMA IF EXISTS \(quietSchema) CASCADE; DROP SCHEMA IF EXISTS \(schema) CASCADE")
      for table in [
        "checkpoint", "cell_claim", "failure", "read_side", "rebuild", "rebuild_cut",
        "rebuild_task",
        "rebuild_index",
      ] {
        try session.query("DELETE FROM ops.\(table) WHERE generation = $1", [key])
      }
    }
  }

  /// Removes other generations than the live one and `kept`, and facts that were replaced.
  static func removeOthers(_ session: Session, but kept: Building?) throws {
    let generations = try session.query(
      """
      SELECT generation FROM ops.read_side WHERE NOT live AND generation IS DISTINCT FROM $1
      """, [kept?.key])
    for row in generations { try Building(generation: try row.int(0)).abandon(session) }
    try session.execute("DROP SCHEMA IF EXISTS fact_before CASCADE")
  }
}
