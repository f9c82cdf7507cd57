public import Postgres

/// Re-computes an institution's log from its first event to its head.
///
/// Blocks are checked a stretch at a time, so memory stays bounded however long the log is.
public struct LogVerifier {
  /// Something in the log that cannot have come about by appending.
  public struct Problem: Sendable, Equatable {
    public let block: Int64
    /// First position concerned.
    public let position: Int64
    public let what: String
  }

  /// Events of one person that were emptied, as the log itself records.
  public struct Redaction: Sendable, Equatable {
    public var events: Int64
    /// Position of the `subject_erased` event that authorises it.
    public let position: Int64
    /// Login that recorded that event.
    public let recordedBy: String
  }

  /// What a verification saw.
  public struct Outcome: Sendable {
    public var blocks: Int64 = 0
    public var events: Int64 = 0
    /// Hash of the newest block in hexadecimal; of the genesis if the log is empty.
    public var head: String = ""
    public var problems: [Problem] = []
    /// By position.
    public var redactions: [Redaction] = []
  }

  let session: Session
  let institution: Int32
  /// Events a statement takes, or a block more.
  private let stretch: Int64 = 100_000

  public init(session: Session, institution: Int32) {
    self.session = session
    self.institution = institution
  }

  /// - Parameter progress: called with the number of events checked so far.
  public func verify(progress: (Int64) -> Void = { _ in }) throws -> Outcome {
    let id = Value.int(Int64(institution))
    // One snapshot for all stretches: what is appended meanwhile is left for the next run.
    return try session.transaction(repeatableRead: true) {
      let head = try session.query(
        "SELECT append_no, last_position, hash FROM log.head($1)", [id])[0]
      var outcome = Outcome()
      let blocks = Int64(try head.int(0))
      outcome.head = hexadecimal(try head.bytes(2))
      let hasErasures = try session.query(
        """
        SELECT EXISTS (SELECT FROM log.event
                        WHERE institution_id = $1 AND type = 'subject_erased')
        """, [id])[0].bool(0)
      var next: Int64 = 1
      while next <= blocks {
        let last = try endOfStretch(from: next, reached: outcome.events, head: head)
        let rows = try session.query(
          "SELECT * FROM log.verify($1, $2, $3)", [id, .int(next), .int(last)])
        outcome.problems += try rows.map(LogVerifier.problem)
        if hasErasures { try countRedacted(next, last, &outcome) }
        next = last + 1
        let reached = try session.query(
          "SELECT last_position FROM log.append WHERE institution_id = $1 AND append_no = $2",
          [id, .int(last)]
        ).first?.optionalInt(0)
        outcome.events = reached.map(Int64.init) ?? outcome.events
        progress(outcome.events)
      }
      outcome.blocks = blocks
      outcome.problems += try session.query("SELECT * FROM log.unsealed($1)", [id])
        .map(LogVerifier.problem)
      return outcome
    }
  }

  /// The last block of a stretch: the one before the event so many positions on, whose row says in
  /// which block it is. Where that row is gone or says nonsense, a few blocks.
  private func endOfStretch(from next: Int64, reached: Int64, head: Row) throws -> Int64 {
    let blocks = Int64(try head.int(0))
    guard reached + stretch < Int64(try head.int(1)) else {
      return min(blocks, next + stretch)
    }
    let block = try session.query(
      "SELECT append_no FROM log.event WHERE institution_id = $1 AND position = $2",
      [.int(Int64(institution)), .int(reached + stretch)]
    ).first.map { Int64(try $0.int(0)) - 1 }
    guard let block, (next...next + stretch).contains(block) else { return min(next + 19, blocks) }
    return min(block, blocks)
  }

  private func countRedacted(_ from: Int64, _ to: Int64, _ outcome: inout Outcome) throws {
    let rows = try session.query(
      "SELECT position, recorded_by, events FROM log.redacted($1, $2, $3)",
      [.int(Int64(institution)), .int(from), .int(to)])
    for row in rows {
      let position = Int64(try row.int(0))
      let events = Int64(try row.int(2))
      if let known = outcome.redactions.firstIndex(where: { $0.position == position }) {
        outcome.redactions[known].events += events
      } else {
        outcome.redactions.append(
          Redaction(
            events: events, position: position, recordedBy: try row.text(1)))
      }
    }
    outcome.redactions.sort { $0.position < $1.position }
  }

  private static func problem(_ row: Row) throws -> Problem {
    Problem(
      block: Int64(try row.int(0)), position: Int64(row.optionalInt(1) ?? 0),
      what: try row.text(2))
  }
}
