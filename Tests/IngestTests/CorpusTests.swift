import FoundationEssentials
import FuzzTargets
import Testing

/// What fuzzing has kept, run every time: its seeds, what it has found, and some changes to them. One
/// after the other, for they put their bytes into the same file.
@Suite("Any bytes", .serialized)
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz/Corpus").path

  @Test(arguments: FuzzTarget.allCases)
  func `what must hold for every input holds`(target: FuzzTarget) throws {
    let folder = "\(CorpusTests.folder)/\(target.rawValue)"
    let corpus = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
      Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)")))
    }
    #expect(!corpus.isEmpty)
    for bytes in corpus { bytes.withUnsafeBufferPointer { target.run($0) } }
    var mutator = Mutator(corpus)
    for _ in 0..<100 { mutator.next().withUnsafeBufferPointer { target.run($0) } }
  }
}
