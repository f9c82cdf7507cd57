internal import Events

/// An input whose first bytes were looked at to see what it is.
struct PeekedInput {
  let source: ByteSource
  let decoder: TextDecoder
  /// The whole text, the bytes that were looked at included.
  let supply: any ByteSupply
  /// Whether it begins like JSON does.
  let isJSON: Bool

  init(_ file: String, _ options: IngestOptions) throws {
    let source = try ByteSource(path: file, stop: options.stop)
    try self.init(source, source, options)
  }

  /// - Parameter bytes: those of `source`, perhaps read from a copy of it.
  init(_ source: ByteSource, _ bytes: any ByteSupply, _ options: IngestOptions) throws {
    self.source = source
    decoder = TextDecoder(bytes, file: source.name, encoding: options.encoding)
    let start = PrefixedSupply(decoder)
    supply = start
    isJSON = try start.firstByte().map { $0 == 0x5B || $0 == 0x7B } ?? false
  }
}

/// Bytes of another supply, the first ones of which were read already.
private final class PrefixedSupply: ByteSupply {
  private var read: [UInt8] = []
  private let rest: any ByteSupply

  init(_ rest: any ByteSupply) { self.rest = rest }

  /// The first byte that is no space; it stays to be read.
  func firstByte() throws -> UInt8? {
    while true {
      if let byte = read.first(where: { $0 > 0x20 }) { return byte }
      guard try rest.append(to: &read) else { return nil }
    }
  }

  func append(to buffer: inout [UInt8]) throws -> Bool {
    guard read.isEmpty else {
      buffer += read
      read = []
      return true
    }
    return try rest.append(to: &buffer)
  }
}
