internal import Events
public import FoundationEssentials
public import Postgres

/// One entry of the log as it was recorded: no upcast, no identity.
public struct LogEntry: Sendable {
  public let position: Int64
  public let appendNo: Int64
  public let type: String
  public let schemaVersion: Int
  /// When it was true, RFC 3339 in UTC; of a civil day its midnight.
  public let occurredAt: String
  /// `instant`, `day`, `month`, `term` or `wave`.
  public let precision: String
  /// When the block was appended, RFC 3339 in UTC.
  public let recordedAt: String
  /// The login that appended it.
  public let recordedBy: String
  public let subject: UUID?
  /// The position this one corrects, retracts or restores.
  public let supersedes: Int64?
  /// JSON on one line; `nil` once the person was erased.
  public let body: [UInt8]?
}

/// Reads an institution's log in the order of positions, a page at a time.
public struct LogReader {
  private static let page = 1_000

  private let session: Session
  private let institution: Institution
  private let types: [String]

  /// - Parameter types: only these; all where it is empty.
  public init(session: Session, institution: Institution, types: [String] = []) {
    self.session = session
    self.institution = institution
    self.types = types
  }

  /// Hands out the entries of a range of positions.
  /// - Returns: the last position that was looked at: the end of the range or of the log.
  @discardableResult
  public func read(_ range: ClosedRange<Int64>, _ body: (LogEntry) throws -> Void) throws -> Int64 {
    let head = Int64(
      try session.query(
        "SELECT last_position FROM log.head($1)", [.int(Int64(institution.id))])[0].int(0))
    let end = min(head, range.upperBound)
    var next = range.lowerBound
    while next <= end {
      let rows = try session.query(
        LogReader.query,
        [
          .int(Int64(institution.id)), .int(next), .int(end), .textArray(types),
          .int(Int64(LogReader.page)),
        ])
      for row in rows { try body(try LogEntry(row)) }
      guard rows.count == LogReader.page, let last = rows.last else { break }
      next = Int64(try last.int(0)) + 1
    }
    return max(end, range.lowerBound - 1)
  }

  /// Types of events this database knows, in the order of the alphabet.
  public static func types(_ session: Session) throws -> [String] {
    try session.query("SELECT DISTINCT type FROM log.event_type ORDER BY type").map {
      try $0.text(0)
    }
  }

  private static let query = """
    SELECT e.position, e.append_no, e.type, e.schema_version,
           to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           e.occurred_precision,
           to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           e.recorded_by, e.subject_id, e.supersedes, e.body
      FROM log.entry AS e
     WHERE e.institution_id = $1 AND e.position BETWEEN $2 AND $3
       AND (cardinality($4::text[]) = 0 OR e.type = ANY ($4::text[]))
     ORDER BY e.position
     LIMIT $5
    """
}

extension LogEntry {
  fileprivate init(_ row: Row) throws {
    position = Int64(try row.int(0))
    appendNo = Int64(try row.int(1))
    type = try row.text(2)
    schemaVersion = try row.int(3)
    occurredAt = try row.text(4)
    precision = try row.text(5)
    recordedAt = try row.text(6)
    recordedBy = try row.text(7)
    subject = row.optionalUUID(8)
    supersedes = row.optionalInt(9).map(Int64.init)
    // Between its members JSON may have line ends; inside its texts it has none.
    body = row.utf8(10)?.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }

  /// The entry as one JSON object on one line.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 512)
    json.integer("position", Int(position))
    json.integer("append_no", Int(appendNo))
    json.string("type", type)
    json.integer("schema_version", schemaVersion)
    json.string("occurred_at", occurredAt)
    json.string("occurred_precision", precision)
    json.string("recorded_at", recordedAt)
    json.string("recorded_by", recordedBy)
    json.string("subject", subject?.uuidString.lowercased())
    json.integer("supersedes", supersedes.map { Int($0) })
    json.raw("body", body ?? Array("null".utf8))
    return json.finish()
  }

  /// The entry as a CloudEvent in structured mode (CloudEvents 1.0, JSON format), with the documented
  /// extensions `sequence` and `recordedtime` and some of Varde's own.
  /// - Parameter institution: code of the log's owner, which names the source.
  public func cloudEvent(of institution: String) -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 640)
    json.string("specversion", "1.0")
    json.string("id", String(position))
    json.string("source", "urn:varde:\(institution)")
    json.string("type", "varde.\(type).v\(schemaVersion)")
    json.string("subject", subject?.uuidString.lowercased())
    json.string("time", occurredAt)
    json.string("datacontenttype", "application/json")
    // Sequences are compared as texts.
    let digits = String(position)
    json.string("sequence", String(repeating: "0", count: max(0, 19 - digits.count)) + digits)
    json.string("recordedtime", recordedAt)
    json.string("recordedby", recordedBy)
    json.string("timeprecision", precision)
    json.string("supersedes", supersedes.map { String($0) })
    json.raw("data", body ?? Array("null".utf8))
    return json.finish()
  }
}
