internal import Postgres

/// Writes the facts of everything before the cut, many sessions at once.
///
/// Facts do not depend on each other, and what supersedes a row is looked up in the whole log before
/// the cut; so ranges of positions can be taken in any order, each row is written once and as it
/// stands at the cut. Only who is one person must be known before.
struct BulkFill: Sendable {
  let building: Building

  /// A range of one institution's log.
  struct Task: Sendable {
    let institution: Int32
    let first: Int64
    let last: Int64

    var events: Int { Int(last - first + 1) }
    /// Institution, first and last position: parameters of statements about its events.
    var span: [Value?] { [.int(Int64(institution)), .int(first), .int(last)] }
  }

  /// Does all tasks that are not done yet.
  /// - Parameter filled: told the events of each task when it is done, on the threads.
  func run(
    _ session: Session, _ crew: Crew, filled: @escaping @Sendable (Int) -> Void
  ) throws {
    let tasks = try tasks(session)
    try crew.forEach(tasks.filter { $0.first == 0 }) { _ = try fill($0, $1) }
    try crew.forEach(tasks.filter { $0.first > 0 }) { filled(try fill($0, $1)) }
    try clearBlockWise(session)
  }

  /// The largest first, so that no session is left alone with one at the end.
  private func tasks(_ session: Session) throws -> [Task] {
    try session.query(
      """
      SELECT institution_id, first_position, last_position FROM ops.rebuild_task
       WHERE generation = $1 AND NOT done
       ORDER BY last_position - first_position DESC, institution_id, first_position
      """, [building.key]
    ).map {
      Task(
        institution: Int32(try $0.int(0)), first: Int64(try $0.int(1)), last: Int64(try $0.int(2)))
    }
  }

  /// Does a task; the events that were taken.
  private func fill(_ session: Session, _ task: Task) throws -> Int {
    do {
      return try session.transaction { try fillInTransaction(session, task) ? task.events : 0 }
    } catch let error as PostgresError where error.isAboutData {
      try leaveToWorkers(session, task.institution)
    } catch is UnknownEventType {
      try leaveToWorkers(session, task.institution)
    }
    return 0
  }

  /// False where it was done already, or is not to be done in bulk.
  private func fillInTransaction(_ session: Session, _ task: Task) throws -> Bool {
    try session.execute(
      """
      SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB';
      SET LOCAL plan_cache_mode = force_custom_plan
      """)
    // A backend whose rebuild was killed may still be at this task; it will never commit.
    let row = try session.query(
      """
      SELECT c.position, t.done OR c.block_wise
        FROM ops.rebuild_task AS t
        JOIN ops.rebuild_cut AS c
          ON c.institution_id = t.institution_id AND c.generation = t.generation
       WHERE t.institution_id = $1 AND t.generation = $2 AND t.first_position = $3
         FOR UPDATE OF t
      """, [task.span[0], building.key, task.span[1]])[0]
    if try row.bool(1) { return false }
    try project(session, task, cut: Int64(try row.int(0)))
    try session.query(
      """
      UPDATE ops.rebuild_task SET done = true
       WHERE institution_id = $1 AND generation = $2 AND first_position = $3
      """, [task.span[0], building.key, task.span[1]])
    return true
  }

  private func project(_ session: Session, _ task: Task, cut: Int64) throws {
    let path = "SET LOCAL search_path = \(building.quietSchema), \(building.schema)"
    guard task.first > 0 else {
      try session.execute(path)
      try session.query(
        "SELECT project_subject_merge($1, 1, $2, $2)", [task.span[0], .int(cut)])
      return
    }
    let types = try FactWorker.eventTypes(session, task.span)
    let projectors = try session.query(
      """
      SELECT fact FROM \(building.schema).projector
       WHERE types && $1::text[] AND fact <> 'subject_merge'
       ORDER BY ordinal
      """, [.textArray(types)])
    try session.execute(path)
    for projector in projectors {
      try session.query(
        "SELECT project_\(try projector.text(0))($1, $2, $3, $4)", task.span + [.int(cut)])
    }
  }

  /// Something in this log cannot be taken: block by block the workers find out what, and halt.
  private func leaveToWorkers(_ session: Session, _ institution: Int32) throws {
    try session.query(
      """
      UPDATE ops.rebuild_cut SET block_wise = true WHERE institution_id = $1 AND generation = $2
      """, [.int(Int64(institution)), building.key])
  }

  /// What was written before that was known.
  private func clearBlockWise(_ session: Session) throws {
    let institutions = try session.query(
      """
      SELECT c.institution_id FROM ops.rebuild_cut AS c
       WHERE c.generation = $1 AND c.block_wise
         AND NOT EXISTS (SELECT FROM ops.checkpoint AS k
                          WHERE k.institution_id = c.institution_id AND k.generation = $1)
      """, [building.key])
    let facts = try session.query("SELECT fact FROM \(building.schema).projector")
    for row in institutions {
      try session.transaction {
        for table in try facts.map({ try $0.text(0) }) + ["merged_subject"] {
          try session.query(
            "DELETE FROM \(building.schema).\(table) WHERE institution_id = $1",
            [.int(Int64(try row.int(0)))])
        }
      }
    }
  }

  /// Says how far the facts go, once they have their indexes; from here on workers may take over.
  func finish(_ session: Session) throws {
    let institutions = try session.query(
      """
      SELECT c.institution_id, c.position FROM ops.rebuild_cut AS c
       WHERE c.generation = $1 AND NOT c.block_wise
         AND NOT EXISTS (SELECT FROM ops.checkpoint AS k
                          WHERE k.institution_id = c.institution_id AND k.generation = $1)
       ORDER BY c.institution_id
      """, [building.key])
    for row in institutions {
      let institution = Value.int(Int64(try row.int(0)))
      try session.transaction {
        try session.execute("SET LOCAL search_path = \(building.schema)")
        try session.query(
          "SELECT settle_collisions($1, $2)", [institution, .int(Int64(try row.int(1)))])
        try session.execute("SET LOCAL search_path = DEFAULT")
        try session.query(
          """
          INSERT INTO ops.checkpoint (institution_id, projection, generation, position, append_no,
                                      hash, served_at)
          SELECT c.institution_id, 'fact', c.generation, c.position, c.append_no, c.hash, now()
            FROM ops.rebuild_cut AS c WHERE c.institution_id = $1 AND c.generation = $2
          ON CONFLICT DO NOTHING
          """, [institution, building.key])
      }
    }
    try session.execute("DROP SCHEMA IF EXISTS \(building.quietSchema) CASCADE")
  }
}
