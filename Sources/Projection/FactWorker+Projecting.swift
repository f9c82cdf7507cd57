internal import Postgres

/// An event type or version this read side cannot read. Halting is right: skipping would make
/// figures wrong without a word.
struct UnknownEventType: Error, CustomStringConvertible {
  let type: String
  let version: Int
  let position: Int

  var description: String {
    "event type \(type) version \(version) is unknown to this varde; "
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
      let types = try FactWorker.eventTypes(session, span)
      let projectors = try session.query(
        "SELECT fact FROM \(schema).projector WHERE types && $1::text[] ORDER BY ordinal",
        [.textArray(types)])
      try session.execute("SET LOCAL search_path = \(schema)")
      for projector in projectors { try fill(try projector.text(0), span) }
      if types.contains("subject_erased") {
        try session.query("SELECT forget_erased($1, $2, $3)", span)
      }
      if types.contains("event_quarantined") {
        try session.query("SELECT leave_out_quarantined($1, $2, $3)", span)
      }
      try session.query("SELECT settle_collisions($1, $2)", [span[0], span[2]])
      try session.execute("SET LOCAL search_path = DEFAULT; RELEASE SAVEPOINT projecting")
    } catch {
      try session.execute("ROLLBACK TO SAVEPOINT projecting; RELEASE SAVEPOINT projecting")
      throw error
    }
  }

  /// The types of the events in a range, and those that its retractions take back.
  static func eventTypes(_ session: Session, _ span: [Value?]) throws -> [String] {
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
      ).map { row in
        guard let type = row.optionalText(0) else {
          throw PostgresError(
            sqlstate: "22004",
            message: "record_retracted: the body does not name the type of what it takes back")
        }
        return type
      }
  }

  /// Runs one projector; its errors name the fact.
  private func fill(_ fact: String, _ span: [Value?]) throws {
    do {
      try session.query("SELECT project_\(fact)($1, $2, $3, $3)", span)
    } catch let error as PostgresError where error.isAboutData {
      throw PostgresError(sqlstate: error.sqlstate, message: "\(fact): \(error.message)")
    }
  }
}
