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

  /// A seed that its reader turns down at the first byte teaches a fuzzer nothing.
  @Test(arguments: FuzzTarget.allCases)
  func `of every target that is a file some rows reach the log`(target: FuzzTarget) throws {
    let folder = "\(CorpusTests.folder)/\(target.rawValue)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let recorded = try names.compactMap { name in
      target.recorded(Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        .map { "\(name) \($0)" }
    }
    print("seeds of \(target.rawValue): \(recorded)")
    let isFile = ![FuzzTarget.csv, .decoder, .binding, .json].contains(target)
    #expect(recorded.count == (isFile ? names.count : 0))
    #expect(!isFile || recorded.contains { !$0.hasSuffix(" 0") }, "\(recorded)")
  }
}
