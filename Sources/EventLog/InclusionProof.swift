internal import Crypto
internal import FoundationEssentials
public import Postgres

/// Proof that one event stands in a log under a checkpoint, checkable without the database.
///
/// It holds the event with its salt, the leaves of its block, and the block rows from there to the
/// checkpoint's: hashing upwards must end in the hash that was signed.
public struct InclusionProof: Codable, Sendable {
  /// The event, each field as it is hashed; hexadecimal where it is bytes.
  struct Event: Codable, Equatable {
    var salt: String
    var institution: Int32
    var type: String
    var version: Int16
    /// Microseconds after 2000-01-01T00:00:00Z.
    var occurredAt: Int64
    var precision: String
    var subject: String?
    var sourceKey: String?
    var supersedes: Int64?
    var body: String
  }

  /// A row of log.append.
  struct Block: Codable, Equatable {
    var number: Int64
    var first: Int64
    var last: Int64
    /// Microseconds after 2000-01-01T00:00:00Z.
    var recordedAt: Int64
    var recordedBy: String
    var root: String
    var previous: String
  }

  var origin: String
  /// Place of the event in the log.
  public var position: Int64
  var event: Event
  /// Leaves of the event's block, in order, hexadecimal.
  var leaves: [String]
  /// The event's block and all after it up to the checkpoint's.
  var blocks: [Block]

  /// Collects the proof of one position under a checkpoint; `nil` if there is no such event, or
  /// its content was erased.
  public init?(
    of position: Int64, under checkpoint: LogCheckpoint, in institution: Institution,
    _ session: Session
  ) throws {
    let id = Value.int(Int64(institution.id))
    let microseconds = "(extract(epoch FROM $0) * 1000000)::bigint - 946684800000000"
    func since2000(_ column: String) -> String {
      let parts = microseconds.split(separator: "$0", omittingEmptySubsequences: false)
      return parts.joined(separator: column)
    }
    let events = try session.query(
      """
      SELECT append_no, encode(salt, 'hex'), type, schema_version, \(since2000("occurred_at")),
             occurred_precision, subject_id, source_key, supersedes, body
        FROM log.event
       WHERE institution_id = $1 AND position = $2 AND body IS NOT NULL
      """, [id, .int(position)])
    guard let row = events.first, position <= checkpoint.position else { return nil }
    origin = checkpoint.origin
    self.position = position
    event = Event(
      salt: try row.text(1), institution: institution.id, type: try row.text(2),
      version: Int16(try row.int(3)), occurredAt: Int64(try row.int(4)),
      precision: try row.text(5), subject: row.optionalText(6), sourceKey: row.optionalText(7),
      supersedes: row.optionalInt(8).map(Int64.init), body: try row.text(9))
    let block = Value.int(Int64(try row.int(0)))
    leaves = try session.query(
      """
      SELECT encode(leaf, 'hex') FROM log.event
       WHERE institution_id = $1 AND append_no = $2 ORDER BY position
      """, [id, block]
    ).map { try $0.text(0) }
    blocks = try session.query(
      """
      SELECT append_no, first_position, last_position, \(since2000("recorded_at")), recorded_by,
             encode(entries_root, 'hex'), encode(previous_hash, 'hex')
        FROM log.append
       WHERE institution_id = $1 AND append_no BETWEEN $2 AND $3 ORDER BY append_no
      """, [id, block, .int(checkpoint.block)]
    ).map { row in
      Block(
        number: Int64(try row.int(0)), first: Int64(try row.int(1)), last: Int64(try row.int(2)),
        recordedAt: Int64(try row.int(3)), recordedBy: try row.text(4), root: try row.text(5),
        previous: try row.text(6))
    }
  }

  /// Re-computes the proof up to the checkpoint.
  /// - Returns: what does not fit, or `nil` if the event is in the log of the checkpoint.
  public func flaw(under checkpoint: LogCheckpoint) -> String? {
    guard origin == checkpoint.origin else { return "the proof is of another log" }
    guard let first = blocks.first, position >= first.first, position <= first.last,
      leaves.count == Int(first.last - first.first + 1)
    else { return "the event's block does not hold its position" }
    let leaf = hexadecimal(SHA256.hash(data: hashedEvent))
    guard leaves[Int(position - first.first)] == leaf else {
      return "the event's content is not what was hashed"
    }
    let root = SHA256.hash(data: [0x01] + leaves.flatMap(InclusionProof.bytes))
    guard hexadecimal(root) == first.root else { return "the leaves are not those of the block" }
    var previous: String?
    for block in blocks {
      guard previous == nil || block.previous == previous else {
        return "block \(block.number) does not follow the one before"
      }
      previous = hexadecimal(SHA256.hash(data: hashed(block)))
    }
    guard blocks.last?.number == checkpoint.block, previous == hexadecimal(checkpoint.hash) else {
      return "the chain does not end in the checkpoint's block"
    }
    return nil
  }

  // MARK: - What is hashed: PostgreSQL's record_send, see Schema/migrations/0002

  private var hashedEvent: [UInt8] {
    var record = RecordBytes()
    record.restart(domain: 0)
    record.raw(InclusionProof.bytes(event.salt))
    record.begin(fields: 9)
    record.int4(event.institution)
    record.bytea(event.type.utf8)
    record.int2(event.version)
    record.timestamp(event.occurredAt)
    record.bytea(event.precision.utf8)
    record.uuid(event.subject.flatMap { UUID(uuidString: $0) })
    record.uuid(event.sourceKey.flatMap { UUID(uuidString: $0) })
    record.int8(event.supersedes)
    record.bytea(event.body.utf8)
    return record.bytes
  }

  private func hashed(_ block: Block) -> [UInt8] {
    var record = RecordBytes()
    record.restart(domain: 2)
    record.begin(fields: 8)
    record.bytea(InclusionProof.bytes(block.previous))
    record.int4(event.institution)
    record.int8(block.number)
    record.int8(block.first)
    record.int8(block.last)
    record.timestamp(block.recordedAt)
    record.bytea(block.recordedBy.utf8)
    record.bytea(InclusionProof.bytes(block.root))
    return record.bytes
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
