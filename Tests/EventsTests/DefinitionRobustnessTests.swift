import Events
import FoundationEssentials
import Testing

@Suite struct DefinitionRobustnessTests {
  @Test(arguments: 0..<8)
  func `a damaged definition is read or refused with places inside the file`(seed: Int) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let sound = try [UInt8](Data(contentsOf: folder.appending(path: "Scripts/demo-data/tst.yaml")))
    let marks = Array(":-[]{}\n\t#&*'\"|>%@`,? ".utf8)
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<40 {
      var bytes = sound
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 30))
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
        default: bytes[place] = marks[Int.random(in: 0..<marks.count, using: &random)]
        }
      }
      let lines = bytes.count { $0 == 0x0A } + 1
      do {
        _ = try ProgrammeDefinition(yaml: bytes, file: "damaged.yaml")
      } catch {
        #expect(!error.diagnostics.isEmpty)
        for problem in error.diagnostics {
          #expect((1...lines).contains(problem.line ?? 1), "\(problem.rendered)")
          #expect((problem.column ?? 1) >= 1)
        }
      }
    }
  }

  @Test func `a definition nested without end is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: DefinitionProblems.self) {
      try ProgrammeDefinition(yaml: deep, file: "deep.yaml")
    }
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
