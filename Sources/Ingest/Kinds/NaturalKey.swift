internal import FoundationEssentials

/// The institution's own key of a record: the same row sent again has the same key, whatever else
/// in it has changed. Parts are kept apart by a control character no code may contain.
enum NaturalKey {
  static func make(_ kind: StaticString, _ parts: String..., subject: UUID? = nil) -> String {
    let length = parts.reduce(kind.utf8CodeUnitCount) { $0 + 1 + $1.utf8.count }
    return String(unsafeUninitializedCapacity: length + (subject == nil ? 0 : 33)) { room in
      var end = kind.withUTF8Buffer { room.update(fromContentsOf: $0) }
      for part in parts {
        room[end] = separator
        var part = part
        end = part.withUTF8 { room[(end + 1)...].update(fromContentsOf: $0) }
      }
      if let subject { end = write(subject, to: room, at: end) }
      return end
    }
  }

  /// A key whose person becomes known later.
  static func append(_ subject: UUID, to key: inout String?) {
    guard let begun = key else { return }
    let suffix = String(unsafeUninitializedCapacity: 33) { write(subject, to: $0, at: 0) }
    key = begun + suffix
  }

  /// The key with another id of the person at its end; `nil` where it does not end with `subject`.
  static func replacing(_ subject: UUID, by other: UUID, in key: String) -> String? {
    var own: String? = ""
    append(subject, to: &own)
    guard let own, key.hasSuffix(own) else { return nil }
    var replaced: String? = String(key.dropLast(own.count))
    append(other, to: &replaced)
    return replaced
  }

  private static let separator: UInt8 = 0x1F

  /// Writes the separator and 32 digits; the offset after them.
  private static func write(
    _ subject: UUID, to room: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) -> Int {
    room[start] = separator
    var end = start + 1
    withUnsafeBytes(of: subject.uuid) { raw in
      for byte in raw {
        room[end] = digit(byte >> 4)
        room[end + 1] = digit(byte & 15)
        end += 2
      }
    }
    return end
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
