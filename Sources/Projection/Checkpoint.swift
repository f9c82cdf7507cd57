internal import Postgres

/// How far a projection has come in one institution's log, locked for the current transaction.
struct Checkpoint {
  let institution: Int32
  let generation: Int
  let appendNo: Int64
  /// Hash of the last block consumed, the log's genesis before the first.
  let hash: [UInt8]
  /// Whether there is an event the projection could not take and has not got past.
  let hasFailures: Bool

  /// Parameters `$1` to `$3` of every statement about this checkpoint.
  var key: [Value?] {
    [.int(Int64(institution)), .text(FactWorker.projection), .int(Int64(generation))]
  }

  /// Locks the checkpoint by its full key; `nil` if another worker has it.
  static func lock(
    _ session: Session, _ institution: Int32, generation: Int
  ) throws -> Checkpoint? {
    let rows = try session.query(
      """
      SELECT c.append_no, coalesce(c.hash, i.genesis),
             EXISTS (SELECT FROM ops.failure AS f
                      WHERE f.institution_id = c.institution_id AND f.projection = c.projection
                        AND f.generation = c.generation)
        FROM ops.checkpoint AS c
        JOIN log.institution AS i ON i.institution_id = c.institution_id
       WHERE c.institution_id = $1 AND c.projection = $2 AND c.generation = $3
         AND c.state = 'active'
         FOR UPDATE OF c SKIP LOCKED
      """,
      [
        .int(Int64(institution)), .text(FactWorker.projection), .int(Int64(generation)),
      ])
    guard let row = rows.first else { return nil }
    return Checkpoint(
      institution: institution, generation: generation, appendNo: Int64(try row.int(0)),
      hash: try row.bytes(1), hasFailures: try row.bool(2))
  }
}

/// The row of a sealed block, as far as a projection needs it.
struct Block {
  let appendNo: Int64
  let firstPosition: Int64
  let lastPosition: Int64
  let previousHash: [UInt8]
  let hash: [UInt8]
}

extension FactWorker {
  /// Whole blocks after the checkpoint, together at most `budget` events, at least one block.
  func nextBlocks(after checkpoint: Checkpoint, budget: Int) throws -> [Block] {
    let rows = try session.query(
      """
      SELECT append_no, first_position, last_position, previous_hash, hash
        FROM log.append
       WHERE institution_id = $1 AND append_no > $2
       ORDER BY append_no
       LIMIT $3
      """,
      [.int(Int64(checkpoint.institution)), .int(checkpoint.appendNo), .int(Int64(budget))])
    var blocks: [Block] = []
    var events: Int64 = 0
    for row in rows {
      let block = Block(
        appendNo: Int64(try row.int(0)), firstPosition: Int64(try row.int(1)),
        lastPosition: Int64(try row.int(2)), previousHash: try row.bytes(3),
        hash: try row.bytes(4))
      events += block.lastPosition - block.firstPosition + 1
      if !blocks.isEmpty, events > budget { break }
      blocks.append(block)
    }
    return blocks
  }
}
