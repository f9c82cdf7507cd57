internal import Crypto
internal import FoundationEssentials

/// The institution's own row key, digested under the vault's secret.
///
/// The same row sent again has the same key; without the secret nobody can try out names to see
/// whether they occur, so the key may stand in a log that is never erased.
struct SourceKey: Hashable, Comparable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first 16 bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  static func < (first: SourceKey, second: SourceKey) -> Bool {
    (first.high, first.low) < (second.high, second.low)
  }

  init(_ uuid: UUID) { self = withUnsafeBytes(of: uuid.uuid) { SourceKey($0) } }

  var uuid: UUID {
    var value = UUID().uuid
    withUnsafeMutableBytes(of: &value) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return UUID(uuid: value)
  }
}

/// Makes source keys: 4 bytes from what the record belongs to, 12 from the record itself, each from
/// an HMAC-SHA-256.
///
/// A row key's last part tells the records of one session, wave or group apart; what stands before
/// it they share. With the shared part first, rows that arrive together lie together in the log's
/// index. Keys without any order would touch a page of the index for every row, and the longer the
/// log, the slower each append.
struct SourceKeyMaker: Sendable {
  /// Keyed once; every key continues from a copy.
  private let keyed: HMAC<SHA256>
  private var family: [UInt8] = []
  private var prefix: UInt64 = 0

  init(secret: [UInt8]) { keyed = HMAC<SHA256>(key: SymmetricKey(data: secret)) }

  mutating func key(for naturalKey: String) -> SourceKey {
    var text = naturalKey
    return text.withUTF8 { bytes in
      let whole = digest(UnsafeRawBufferPointer(bytes))
      let shared = bytes[..<(bytes.lastIndex(of: 0x1F) ?? bytes.endIndex)]
      // Rows of one session follow each other, so the last prefix is mostly the next one.
      if !family.elementsEqual(shared) {
        family = Array(shared)
        prefix = digest(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: shared))).high >> 32
      }
      return SourceKey(high: prefix << 32 | whole.high & 0xFFFF_FFFF, low: whole.low)
    }
  }

  /// The keys of all records whose natural keys begin like this and have one part more, and hardly any
  /// other.
  mutating func family(of beginning: String) -> ClosedRange<SourceKey> {
    let prefix = key(for: beginning + "\u{1F}").high & 0xFFFF_FFFF_0000_0000
    return SourceKey(high: prefix, low: 0)...SourceKey(high: prefix | 0xFFFF_FFFF, low: .max)
  }

  private func digest(_ bytes: UnsafeRawBufferPointer) -> SourceKey {
    var code = keyed
    code.update(data: bytes)
    return code.finalize().withUnsafeBytes { SourceKey($0) }
  }
}
