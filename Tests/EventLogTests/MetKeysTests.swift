import Testing

@testable import EventLog

@Suite struct `Keys a dry run has met` {
  @Test(arguments: 0..<10)
  func `are known with their content, like those of a dictionary`(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    var keys = MetKeys()
    var known: [SourceKey: Int] = [:]
    #expect(keys.met(SourceKey(high: 0, low: 0), with: 0) == nil)
    for _ in 0..<20_000 {
      // Few enough that many come again, and such as want the same place.
      let key = SourceKey(
        high: 7, low: (random() % 9_000) &* (seed.isMultiple(of: 2) ? 4_096 : 1) + 1)
      let content = Int(truncatingIfNeeded: random() % 3)
      #expect(keys.met(key, with: content) == known[key].map { $0 == content })
      keys.insert(key, with: content)
      known[key] = content
    }
    #expect(keys.count == known.count)
    #expect(!keys.isFull)
  }

  @Test func `are at most a million`() {
    var keys = MetKeys()
    for low in 0..<MetKeys.limit + 10 {
      keys.insert(SourceKey(high: 1, low: UInt64(low) + 5), with: low)
    }
    #expect(keys.isFull && keys.count == MetKeys.limit)
    #expect(keys.met(SourceKey(high: 1, low: 5), with: 0) == true)
    #expect(keys.met(SourceKey(high: 1, low: 5), with: 1) == false)
    #expect(keys.met(SourceKey(high: 1, low: UInt64(MetKeys.limit) + 5), with: 0) == nil)
  }
}
