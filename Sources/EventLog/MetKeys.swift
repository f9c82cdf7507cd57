/// Row keys a dry run has met, each with what was recorded under it, in little room: half a key and
/// half a fingerprint, 12 bytes a place.
///
/// Of a million keys two have the same half with a probability of three in a hundred million; a record
/// that comes again with other content is taken for the same once in four billion times.
struct MetKeys {
  /// How many are remembered; beyond that, a repetition far down the file is not noticed, as it would
  /// be in earnest.
  static let limit = 1_000_000

  private(set) var count = 0
  /// Never 0, which is an empty place.
  private var keys: [UInt64] = []
  private var contents: [UInt32] = []

  /// Whether no more are remembered.
  var isFull: Bool { count >= MetKeys.limit }

  /// Whether a key was met, and if so, whether with the same content.
  func met(_ key: SourceKey, with content: Int) -> Bool? {
    guard count > 0 else { return nil }
    let half = MetKeys.half(key)
    let place = place(of: half)
    return keys[place] == half ? contents[place] == MetKeys.half(content) : nil
  }

  /// Remembers a key, if there is room; what was met later counts.
  mutating func insert(_ key: SourceKey, with content: Int) {
    guard !isFull else { return }
    if 4 * count >= 3 * keys.count { grow() }
    let half = MetKeys.half(key)
    let place = place(of: half)
    if keys[place] == 0 { count += 1 }
    keys[place] = half
    contents[place] = MetKeys.half(content)
  }

  /// The key's place, or the first free one from where it would be.
  private func place(of half: UInt64) -> Int {
    var place = Int(half % UInt64(keys.count))
    while keys[place] != 0, keys[place] != half { place = place + 1 == keys.count ? 0 : place + 1 }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldContents) = (keys, contents)
    let size = min(max(4_096, 2 * oldKeys.count), MetKeys.limit * 4 / 3 + 4)
    keys = [UInt64](repeating: 0, count: size)
    contents = [UInt32](repeating: 0, count: size)
    for (half, content) in zip(oldKeys, oldContents) where half != 0 {
      let place = place(of: half)
      keys[place] = half
      contents[place] = content
    }
  }

  private static func half(_ key: SourceKey) -> UInt64 { max(1, key.low) }

  private static func half(_ content: Int) -> UInt32 { UInt32(truncatingIfNeeded: content) }
}
