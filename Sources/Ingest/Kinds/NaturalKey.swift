internal import FoundationEssentials

/// The institution's own key of a record: the same row sent again has the same key, whatever else
/// in it has changed. Parts are kept apart by a control character no code may contain.
enum NaturalKey {
  static func make(_ kind: StaticString, _ parts: String..., subject: UUID? = nil) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(96)
    kind.withUTF8Buffer { bytes.append(contentsOf: $0) }
    for part in parts {
      bytes.append(0x1F)
      bytes.append(contentsOf: part.utf8)
    }
    if let subject { append(subject, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A key whose person becomes known later.
  static func append(_ subject: UUID, to key: inout String?) {
    guard let begun = key else { return }
    var bytes = Array(begun.utf8)
    append(subject, to: &bytes)
    key = String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ subject: UUID, to bytes: inout [UInt8]) {
    bytes.append(0x1F)
    withUnsafeBytes(of: subject.uuid) { raw in
      for byte in raw {
        bytes.append(digit(byte >> 4))
        bytes.append(digit(byte & 15))
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
