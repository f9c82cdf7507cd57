/// Somewhere bytes come from, a block at a time.
protocol ByteSupply: AnyObject {
  /// Appends the next block to `buffer`; answers whether there was one.
  func append(to buffer: inout [UInt8]) throws -> Bool
}

/// Bytes that are in memory already, handed out in blocks of a chosen size.
final class MemorySupply: ByteSupply {
  private let bytes: [UInt8]
  private let block: Int
  private var offset = 0

  init(_ bytes: [UInt8], block: Int = 65_536) {
    self.bytes = bytes
    self.block = max(1, block)
  }

  func append(to buffer: inout [UInt8]) -> Bool {
    guard offset < bytes.count else { return false }
    let end = min(bytes.count, offset + block)
    buffer.append(contentsOf: bytes[offset..<end])
    offset = end
    return true
  }
}
