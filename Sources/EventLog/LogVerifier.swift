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
  /// Blocks a statement takes: at most 100,000 events.
  private let stretch: Int64 = 20

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
        let last = min(next + stretch - 1, blocks)
        let rows = try session.query(
          "SELECT * FROM log.verify($1, $2, $3)", [id, .int(next), .int(last)])
        outcome.problems += try rows.map(LogVerifier.problem)
        if hasErasures { try countRedacted(next, last, &outcome) }
        next = last + 1
        let reached = try session.query(
          "SELECT max(last_position) FROM log.append WHERE institution_id = $1 AND append_no <= $2",
          [id, .int(last)])[0]
        outcome.events = Int64(reached.optionalInt(0) ?? 0)
        progress(outcome.events)
      }
      outcome.blocks = blocks
      outcome.problems += try session.query("SELECT * FROM log.unsealed($1)", [id])
        .map(LogVerifier.problem)
      return outcome
    }
  }

  private func countRedacted(_ from: Int64, _ to: Int64, _ outcome: inout Outcome) throws {
    let rows = try session.query(
      "SELECT position, events FROM log.redacted($1, $2, $3)",
      [.int(Int64(institution)), .int(from), .int(to)])
    for row in rows {
      let position = Int64(try row.int(0))
      let events = Int64(try row.int(1))
      if let known = outcome.redactions.firstIndex(where: { $0.position == position }) {
        outcome.redactions[known].events += events
      } else {
        outcome.redactions.append(Redaction(events: events, position: position))
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
