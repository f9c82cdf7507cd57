internal import Postgres

/// An event type or version this read side cannot read. Halting is right: skipping would make
/// figures wrong without a word.
struct UnknownEventType: Error, CustomStringConvertible {
  let type: String
  let version: Int
  let position: Int

  var description: String {
    "position \(position): event type \(type) version \(version) is unknown to this varde; "
      + "install the version that wrote it"
  }
}

extension FactWorker {
  /// Runs the projectors whose events occur in a range of positions, all or none of them.
  func project(_ institution: Int32, _ range: ClosedRange<Int64>) throws {
    let span: [Value?] = [
      .int(Int64(institution)), .int(range.lowerBound), .int(range.upperBound),
    ]
    try session.execute("SAVEPOINT projecting")
    do {
      let types = try eventTypes(span)
      let projectors = try session.query(
        "SELECT fact FROM \(schema).projector WHERE types && $1::text[] ORDER BY ordinal",
        [.textArray(types)])
      try session.execute("SET LOCAL search_path = \(schema)")
      for projector in projectors {
        try session.query("SELECT project_\(try projector.text(0))($1, $2, $3)", span)
      }
      if types.contains("subject_erased") {
        try session.query("SELECT forget_erased($1, $2, $3)", span)
      }
      try session.query("SELECT settle_collisions($1, $2)", [span[0], span[2]])
      try session.execute("SET LOCAL search_path = DEFAULT; RELEASE SAVEPOINT projecting")
    } catch {
      try session.execute("ROLLBACK TO SAVEPOINT projecting; RELEASE SAVEPOINT projecting")
      throw error
    }
  }

  /// The types of the events in a range, and those that its retractions take back.
  private func eventTypes(_ span: [Value?]) throws -> [String] {
    let rows = try session.query(
      """
      SELECT e.type, e.schema_version, e.position,
             EXISTS (SELECT FROM log.event_type AS t
                      WHERE t.type = e.type AND t.schema_version = e.schema_version)
        FROM (SELECT type, schema_version, min(position) AS position
                FROM log.event
               WHERE institution_id = $1 AND position BETWEEN $2 AND $3
               GROUP BY type, schema_version) AS e
       ORDER BY e.position
      """, span)
    for row in rows where try !row.bool(3) {
      throw UnknownEventType(
        type: try row.text(0), version: try row.int(1), position: try row.int(2))
    }
    let types = try rows.map { try $0.text(0) }
    guard types.contains("record_retracted") else { return types }
    return try types
      + session.query(
        """
        SELECT DISTINCT body ->> 'type' FROM log.event
         WHERE institution_id = $1 AND position BETWEEN $2 AND $3 AND type = 'record_retracted'
        """, span
      ).map { try $0.text(0) }
  }

  /// Halves a block that cannot be projected until one position is left.
  func badEvent(_ institution: Int32, _ range: ClosedRange<Int64>) throws -> Int64 {
    var low = range.lowerBound
    var high = range.upperBound
    // Invariant: positions before `low` project, those up to `high` do not.
    while low < high {
      let middle = low + (high - low) / 2
      try session.execute("SAVEPOINT probing")
      do {
        try project(institution, range.lowerBound...middle)
        low = middle + 1
      } catch {
        high = middle
      }
      try session.execute("ROLLBACK TO SAVEPOINT probing; RELEASE SAVEPOINT probing")
    }
    return low
  }

  func halt(_ checkpoint: Checkpoint, _ reason: String) throws {
    try session.query(
      """
      UPDATE ops.checkpoint SET state = 'halted', reason = $4, served_at = now()
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """, checkpoint.key + [.text(reason)])
  }

  /// Records a failure in the claim's own transaction, so that it outlives the worker, and waits
  /// longer each time; the fifth time the projection halts for this institution alone.
  func fail(_ checkpoint: Checkpoint, at position: Int64, _ error: PostgresError) throws {
    try session.query(
      """
      INSERT INTO ops.failure AS f (institution_id, projection, generation, position, sqlstate,
                                    message, attempts, first_at, last_at)
      VALUES ($1, $2, $3, $4, $5, $6, 1, now(), now())
      ON CONFLICT (institution_id, projection, generation, position)
      DO UPDATE SET attempts = f.attempts + 1, last_at = excluded.last_at,
                    message = excluded.message, sqlstate = excluded.sqlstate
      """,
      checkpoint.key + [.int(position), .text(error.sqlstate), .text(error.message)])
    try session.query(
      """
      UPDATE ops.checkpoint
         SET attempts = attempts + 1, served_at = now(),
             not_before = now() + least(2 ^ attempts, 60) * interval '1 second',
             reason = $4, state = CASE WHEN attempts >= 4 THEN 'halted' ELSE state END
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """,
      checkpoint.key + [.text("position \(position): \(error.message) [\(error.sqlstate)]")])
  }
}
