import Events
import Testing

@testable import Ingest

/// What is too much for memory and goes to a temporary file.
@Suite("Texts and ids put aside")
struct PutAsideTests {
  @Test(arguments: [0, 1, 7, 100, 1 << 20])
  func `texts come back as they were, however few are held`(bound: Int) throws {
    let store = ByteStore(for: "in.csv", bound: bound)
    var random = Seeded(UInt64(bound) + 1)
    var kept: [(Range<Int>, [UInt8])] = []
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      kept.append((try store.add(text), text))
      let (place, earlier) = kept[Int.random(in: 0..<kept.count, using: &random)]
      #expect(try store.bytes(place) == earlier)
    }
    for (place, text) in kept { #expect(try store.bytes(place) == text) }
  }

  @Test(arguments: [0, 3, 50, 10_000])
  func `ids are known once they were met, and only then`(bound: Int) throws {
    let ids = LargeIDSet(for: "in.csv", bound: bound)
    var known: Set<String> = []
    var random = Seeded(UInt64(bound) + 9)
    for _ in 0..<4_000 {
      let id = "\(Int.random(in: 0..<3_000, using: &random))"
      #expect(try ids.contains(id) == known.contains(id))
      #expect(try ids.insert(id) == known.insert(id).inserted)
    }
  }
}
