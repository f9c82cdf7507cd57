/// A row as PostgreSQL's `record_send` writes it: field count, then type oid, length (−1 for NULL)
/// and bytes of each field, integers big-endian. Content and blocks are hashed in this form.
struct RecordBytes {
  private(set) var bytes: [UInt8] = []

  init(fields: Int32) { append(fields) }

  mutating func int2(_ value: Int16) { field(oid: 21, value) }
  mutating func int4(_ value: Int32) { field(oid: 23, value) }
  mutating func timestamp(_ microsecondsSince2000: Int64) {
    field(oid: 1184, microsecondsSince2000)
  }

  mutating func int8(_ value: Int64?) {
    if let value { field(oid: 20, value) } else { null(oid: 20) }
  }

  mutating func bytea(_ value: [UInt8]) { field(oid: 17, bytes: value) }

  mutating func uuid(_ value: [UInt8]?) {
    if let value { field(oid: 2950, bytes: value) } else { null(oid: 2950) }
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func field(oid: Int32, _ value: some FixedWidthInteger) {
    append(oid)
    append(Int32(value.bitWidth / 8))
    append(value)
  }

  private mutating func field(oid: Int32, bytes value: [UInt8]) {
    append(oid)
    append(Int32(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func null(oid: Int32) {
    append(oid)
    append(Int32(-1))
  }
}
