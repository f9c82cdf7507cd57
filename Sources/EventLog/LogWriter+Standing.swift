internal import Postgres

/// What the log says of a position somebody wants taken back.
public enum PlaceInLog: Sendable, Equatable {
  /// A record that holds.
  case standing(type: String, body: [UInt8])
  /// A record that no longer does, since the event at that position.
  case superseded(type: String, by: Int64, isRetraction: Bool)
  /// A record of somebody who was erased.
  case erased(type: String)
  /// An event nobody sends as a record.
  case noRecord(type: String)
  /// The log is not that long.
  case nothing
}

extension LogWriter {
  /// What there is at a position.
  public func place(at position: Int64) throws -> PlaceInLog {
    let row = try session.query(
      """
      SELECT e.type, e.body, e.source_key IS NOT NULL, s.position, s.type = 'record_retracted'
        FROM log.event AS e
        LEFT JOIN log.event AS s
          ON s.institution_id = e.institution_id AND s.supersedes = e.position
       WHERE e.institution_id = $1 AND e.position = $2
      """, [.int(Int64(institution)), .int(position)]
    ).first
    guard let row else { return .nothing }
    let type = try row.text(0)
    guard try row.bool(2) else { return .noRecord(type: type) }
    if let successor = row.optionalInt(3) {
      return .superseded(type: type, by: Int64(successor), isRetraction: try row.bool(4))
    }
    guard let body = row.utf8(1) else { return .erased(type: type) }
    return .standing(type: type, body: body)
  }

  /// Positions this run has found unchanged that are left out of all facts, in order: sent again as they
  /// were, they stay so. A dry run keeps no positions, and finds none.
  public func leftOut() throws -> [Int64] {
    try session.query("SELECT log.quarantined($1)", [.int(Int64(institution))])
      .map { Int64(try $0.int(0)) }
      .filter(answered.contains)
  }
}
