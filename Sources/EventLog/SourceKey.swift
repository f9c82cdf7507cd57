internal import Crypto
internal import FoundationEssentials

/// The institution's own row key, digested under the vault's secret.
///
/// The same row sent again has the same key; without the secret nobody can try out names to see
/// whether they occur, so the key may stand in a log that is never erased.
struct SourceKey: Hashable {
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

/// Makes source keys: the first 16 bytes of HMAC-SHA-256.
struct SourceKeyMaker: Sendable {
  /// Keyed once; every key continues from a copy.
  private let keyed: HMAC<SHA256>

  init(secret: [UInt8]) { keyed = HMAC<SHA256>(key: SymmetricKey(data: secret)) }

  func key(for naturalKey: String) -> SourceKey {
    var code = keyed
    var text = naturalKey
    text.withUTF8 { code.update(data: UnsafeRawBufferPointer($0)) }
    return code.finalize().withUnsafeBytes { SourceKey($0) }
  }
}
