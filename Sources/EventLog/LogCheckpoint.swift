internal import FoundationEssentials
public import Postgres

/// How long a log was and what its newest block was: one line each, ready to be signed and to
/// leave the machine. Whoever holds it can later tell that the log was cut, forked or rewritten,
/// also by its owner.
public struct LogCheckpoint: Sendable, Equatable {
  /// Whose log, for example `varde/fjordvik`.
  public let origin: String
  /// Last position.
  public let position: Int64
  /// Number of the newest block.
  public let block: Int64
  /// Hash of the newest block.
  public let hash: [UInt8]
  /// When the newest block was recorded, ISO 8601 in UTC.
  public let recordedAt: String

  /// The checkpoint of a log as it is now; `nil` while it is empty.
  public init?(of institution: Institution, _ session: Session) throws {
    let rows = try session.query(
      """
      SELECT append_no, last_position, hash,
             to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        FROM log.append
       WHERE institution_id = $1
       ORDER BY append_no DESC LIMIT 1
      """, [.int(Int64(institution.id))])
    guard let row = rows.first else { return nil }
    origin = LogCheckpoint.origin(of: institution.code)
    block = Int64(try row.int(0))
    position = Int64(try row.int(1))
    hash = try row.bytes(2)
    recordedAt = try row.text(3)
  }

  /// Name of a log and of the key that signs for it.
  public static func origin(of code: String) -> String {
    "varde/" + String(code.map { $0 == " " || $0 == "+" ? "-" : $0 })
  }

  /// Reads the text of a checkpoint; `nil` if it is none.
  public init?(parsing text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 5, let position = Int64(lines[1]), position > 0,
      let hash = Data(base64Encoded: lines[2]), hash.count == 32,
      lines[3].hasPrefix("block "), let block = Int64(lines[3].dropFirst(6)), block > 0,
      lines[4].hasPrefix("recorded ")
    else { return nil }
    origin = lines[0]
    self.position = position
    self.block = block
    self.hash = Array(hash)
    recordedAt = String(lines[4].dropFirst(9))
  }

  /// Origin, length, head in base64, block, time. The first three lines are those of a C2SP
  /// tlog-checkpoint; the head is the newest link of a chain rather than the root of a tree.
  public var text: String {
    "\(origin)\n\(position)\n\(Data(hash).base64EncodedString())\nblock \(block)\n"
      + "recorded \(recordedAt)\n"
  }

  /// Keeps that it was signed now, for those who watch when the next one is due.
  /// - Parameter session: acts as projector.
  public func keep(of institution: Institution, _ session: Session) throws {
    try session.query(
      """
      INSERT INTO ops.signed_checkpoint (institution_id, position, append_no, hash, signed_at)
      VALUES ($1, $2, $3, $4, now())
      ON CONFLICT (institution_id) DO UPDATE
        SET position = excluded.position, append_no = excluded.append_no, hash = excluded.hash,
            signed_at = excluded.signed_at
      """, [.int(Int64(institution.id)), .int(position), .int(block), .bytes(hash)])
  }

  /// Compares the checkpoint with the log it was taken of.
  /// - Returns: what is wrong, or `nil` if the log is a continuation of the checkpoint. The chain
  ///   up to the head must have been verified besides.
  public func contradiction(
    with institution: Institution, _ session: Session
  ) throws -> LogVerifier.Problem? {
    func problem(_ what: String) -> LogVerifier.Problem {
      LogVerifier.Problem(block: block, position: position, what: what)
    }
    guard origin == LogCheckpoint.origin(of: institution.code) else {
      return problem("the checkpoint is of another log: \(origin)")
    }
    let rows = try session.query(
      "SELECT last_position, hash FROM log.append WHERE institution_id = $1 AND append_no = $2",
      [.int(Int64(institution.id)), .int(block)])
    guard let row = rows.first else {
      return problem("the log was cut: the checkpoint's newest block is missing")
    }
    guard Int64(try row.int(0)) == position, try row.bytes(1) == hash else {
      return problem("the log was rewritten: this block is not the one of the checkpoint")
    }
    return nil
  }
}
