internal import Crypto
internal import Events
internal import FoundationEssentials

/// Encodes events as rows of binary `COPY log.event`, leaf included.
///
/// The leaf is exactly `log.leaf` in SQL: `sha256(0x00 ‖ salt ‖ record_send(institution, type,
/// version, occurred_at, precision, subject, source_key, supersedes, body))`. Position and block are no part of it (the block's root binds the
/// order), so rows can be encoded before the log is locked and numbered afterwards.
struct RowEncoder {
  static let copyStatement = """
    COPY log.event (institution_id, position, append_no, schema_version, occurred_at, type,
      occurred_precision, subject_id, source_key, supersedes, salt, body, leaf)
    FROM STDIN (FORMAT binary)
    """
  /// The signature, flags and empty extension that open a binary COPY.
  static let header = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0, 0, 0, 0, 0]
  static let trailer: [UInt8] = [0xFF, 0xFF]
  /// Microseconds between 1970-01-01 and 2000-01-01, PostgreSQL's epoch.
  private static let epochShift: Int64 = 946_684_800_000_000

  private let institution: Int32
  private var salts = SaltSource()
  private var content = RecordBytes()
  /// Encoded rows, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each row begins; one more for the end of the last.
  private(set) var offsets: [Int] = [0]

  init(institution: Int32, reserving rows: Int) {
    self.institution = institution
    bytes.reserveCapacity(rows * 400)
  }

  /// Adds one row; position and block are 0 until `number` sets them.
  mutating func add(_ draft: EventDraft, sourceKey: SourceKey?, supersedes: Int64?) {
    let salt = salts.next()
    let occurredAt = draft.occurredAt - RowEncoder.epochShift
    append(Int16(13))
    field(institution)
    field(Int64(0))
    field(Int64(0))
    field(draft.schemaVersion)
    field(occurredAt)
    field(draft.type)
    field(draft.precision.rawValue)
    field(draft.subject)
    field(sourceKey)
    if let supersedes { field(supersedes) } else { append(Int32(-1)) }
    append(Int32(16))
    append(salt.0)
    append(salt.1)
    append(Int32(draft.body.count))
    bytes.append(contentsOf: draft.body)
    append(Int32(32))
    hashContent(draft, occurredAt, sourceKey, supersedes, salt)
    offsets.append(bytes.count)
  }

  /// Gives row `index` its place in the log.
  mutating func number(_ index: Int, position: Int64, appendNo: Int64) {
    // After the field count (2) and the institution (4 + 4) come two fields of 4 + 8 bytes.
    let start = offsets[index] + 10
    put(position, at: start + 4)
    put(appendNo, at: start + 16)
  }

  // MARK: - The row

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func put(_ value: Int64, at offset: Int) {
    withUnsafeBytes(of: value.bigEndian) { source in
      for index in 0..<8 { bytes[offset + index] = source[index] }
    }
  }

  private mutating func field(_ value: some FixedWidthInteger) {
    append(Int32(value.bitWidth / 8))
    append(value)
  }

  private mutating func field(_ text: String) {
    append(Int32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func field(_ uuid: UUID?) {
    guard let uuid else { return append(Int32(-1)) }
    append(Int32(16))
    withUnsafeBytes(of: uuid.uuid) { bytes.append(contentsOf: $0) }
  }

  private mutating func field(_ key: SourceKey?) {
    guard let key else { return append(Int32(-1)) }
    append(Int32(16))
    append(key.high)
    append(key.low)
  }

  // MARK: - The leaf

  private mutating func hashContent(
    _ draft: EventDraft, _ occurredAt: Int64, _ sourceKey: SourceKey?, _ supersedes: Int64?,
    _ salt: (UInt64, UInt64)
  ) {
    content.restart(domain: 0)
    content.raw(salt.0)
    content.raw(salt.1)
    content.begin(fields: 9)
    content.int4(institution)
    content.bytea(draft.type.utf8)
    content.int2(draft.schemaVersion)
    content.timestamp(occurredAt)
    content.bytea(draft.precision.rawValue.utf8)
    content.uuid(draft.subject)
    content.uuid(sourceKey)
    content.int8(supersedes)
    content.bytea(draft.body)
    bytes.append(contentsOf: SHA256.hash(data: content.bytes))
  }
}
