internal import Postgres

/// What a projection cannot take, and when it is tried again. Every method is part of the caller's
/// transaction, which holds the checkpoint's lock; `key` is institution, projection, generation.
struct FailureBook {
  /// So often an event is tried; then the projection halts for its institution.
  static let tries = 5

  let session: Session

  /// Writes down one try at an event that failed. The next is 1, 2, 4, 8 seconds later; after the
  /// fifth, or at once if trying again cannot help, the projection halts for this institution alone.
  /// How long facts have stood still there counts from the first try of all, also in a rebuild.
  func note(_ key: [Value?], _ poison: Poison) throws {
    // Facts may be projected again after a crash; what was tried must not be forgotten. And finding
    // the event may have taken long, so it is not the transaction's beginning that counts.
    try session.execute("SET LOCAL synchronous_commit = on")
    try session.query(
      """
      INSERT INTO ops.failure AS f (institution_id, projection, generation, position, sqlstate,
                                    message, attempts, first_at, last_at)
      VALUES ($1, $2, $3, $4, $5, $6, 1,
              coalesce((SELECT min(o.first_at) FROM ops.failure AS o
                         WHERE o.institution_id = $1 AND o.projection = $2 AND o.position = $4),
                       now()), now())
      ON CONFLICT (institution_id, projection, generation, position)
      DO UPDATE SET attempts = f.attempts + 1, last_at = excluded.last_at,
                    message = excluded.message, sqlstate = excluded.sqlstate
      """,
      key + [.int(poison.position), poison.sqlstate.map(Value.text), .text(poison.message)])
    try session.query(
      """
      UPDATE ops.checkpoint
         SET attempts = attempts + 1,
             not_before = statement_timestamp() + 2 ^ attempts * interval '1 second', reason = $4,
             state = CASE WHEN attempts + 1 >= $5 THEN 'halted' ELSE state END
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """,
      key + [.text(poison.description), .int(Int64(poison.isFinal ? 1 : FailureBook.tries))])
  }

  /// Halts a projection where no event is to blame.
  func halt(_ key: [Value?], _ reason: String) throws {
    try session.query(
      """
      UPDATE ops.checkpoint SET state = 'halted', reason = $4
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """, key + [.text(reason)])
  }

  /// Leaves a projection alone for ten seconds, where neither event nor server is to blame. It never
  /// halts by that.
  func postpone(_ key: [Value?], _ error: PostgresError, while purpose: String) throws {
    let reason =
      error.isCancelled
      ? Hindrance.text(error, while: purpose, session)
      : "\(FailureText.masked(error)) [\(error.sqlstate)]"
    try session.query(
      """
      UPDATE ops.checkpoint
         SET not_before = statement_timestamp() + interval '10 seconds', reason = $4
       WHERE institution_id = $1 AND projection = $2 AND generation = $3
      """, key + [.text(reason)])
  }

  /// What has been got past is no failure any more.
  func forget(_ key: [Value?], upTo position: Int64) throws {
    try session.query(
      """
      DELETE FROM ops.failure
       WHERE institution_id = $1 AND projection = $2 AND generation = $3 AND position <= $4
      """, key + [.int(position)])
  }
}

/// An event that a projection cannot take.
struct Poison: Error, CustomStringConvertible {
  let position: Int64
  /// `nil` where it was not the server that refused.
  let sqlstate: String?
  /// Quotes no value of the event.
  let message: String
  /// Whether trying again cannot help as long as this varde runs.
  var isFinal = false

  var description: String {
    "position \(position): \(message)" + (sqlstate.map { " [\($0)]" } ?? "")
  }
}
