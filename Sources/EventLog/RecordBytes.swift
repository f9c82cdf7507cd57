internal import FoundationEssentials

/// A row as PostgreSQL's `record_send` writes it: field count, then type oid, length (−1 for NULL)
/// and bytes of each field, integers big-endian. Content and blocks are hashed in this form, texts
/// as bytea, so that no client encoding can change a hash.
///
/// What is hashed before the row (domain byte, salt) stands in the same buffer, which is used again
/// for the next row: hashing allocates nothing.
struct RecordBytes {
  private(set) var bytes: [UInt8] = []

  /// Empties the buffer and begins with the domain byte: 0 for events, 2 for blocks.
  mutating func restart(domain: UInt8) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(domain)
  }

  mutating func raw(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

  mutating func raw(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func begin(fields: Int32) { raw(fields) }

  mutating func int2(_ value: Int16) { field(oid: 21, value) }
  mutating func int4(_ value: Int32) { field(oid: 23, value) }
  mutating func timestamp(_ microsecondsSince2000: Int64) {
    field(oid: 1184, microsecondsSince2000)
  }

  mutating func int8(_ value: Int64?) {
    if let value { field(oid: 20, value) } else { null(oid: 20) }
  }

  mutating func bytea(_ value: some Collection<UInt8>) {
    raw(Int32(17))
    raw(Int32(value.count))
    raw(value)
  }

  mutating func uuid(_ value: UUID?) {
    guard let value else { return null(oid: 2950) }
    raw(Int32(2950))
    raw(Int32(16))
    withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
  }

  mutating func uuid(_ value: SourceKey?) {
    guard let value else { return null(oid: 2950) }
    raw(Int32(2950))
    raw(Int32(16))
    raw(value.high)
    raw(value.low)
  }

  private mutating func field(oid: Int32, _ value: some FixedWidthInteger) {
    raw(oid)
    raw(Int32(value.bitWidth / 8))
    raw(value)
  }

  private mutating func null(oid: Int32) {
    raw(oid)
    raw(Int32(-1))
  }
}
