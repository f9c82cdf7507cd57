#if DEBUG
  /// Makes new inputs of old ones by random small changes; the sequence is the seed's.
  public struct Mutator {
    private let corpus: [[UInt8]]
    private var random: Numbers

    private static let pieces: [[UInt8]] = [
      [0], [0x22], [0x0A], [0x0D], [0x3B], [0x2C], [0x09], [0xFF], [0xFE], [0xEF, 0xBB, 0xBF],
      [0xEF, 0xBF, 0xBD], [0xC3], [0xA5], [0xED, 0xA0, 0x80], [0x2D], [0x2E], [0x65], [0x20],
      [0xC2, 0xA0], [0xE2, 0x80], [0x28], [0x29], [0x3A], [0x7B], [0x5B], [0x26], [0x2A],
      Array("99999".utf8), Array("E+15".utf8), Array("02.jan".utf8), Array("2999-12-31".utf8),
    ]

    public init(_ corpus: [[UInt8]], seed: UInt64 = 1) {
      self.corpus = corpus.isEmpty ? [[]] : corpus
      random = Numbers(seed)
    }

    public mutating func next() -> [UInt8] {
      var bytes = corpus.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes) }
      return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0...4, using: &random) {
      case 0:
        bytes.insert(contentsOf: Mutator.pieces.randomElement(using: &random) ?? [0], at: place)
      case 1: bytes.removeSubrange(place..<end)
      case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 3:
        let other = corpus.randomElement(using: &random) ?? []
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.insert(contentsOf: other[from...].prefix(end - place), at: place)
      default: bytes.append(contentsOf: bytes[place..<end])
      }
    }

    private struct Numbers: RandomNumberGenerator {
      private var state: UInt64
      init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
      mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
      }
    }
  }
#endif
