import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Runs over files with mistakes of every sort, ended anywhere and gone on with.
@Suite("A run that is ended and gone on with")
struct ResumedRunTests {
  /// Ends a run after some blocks.
  private final class Ending: RunObserver {
    private var left: Int
    init(after blocks: Int) { left = blocks }
    func reached(_ progress: RunProgress) { left -= 1 }
    var wantsToStop: Bool { left <= 0 }
  }

  private func send(
    _ kind: String, _ file: String, _ scene: Scene, blocks: Int? = nil,
    earlier: [String: String] = [:], earlierRows: Int = 0
  ) throws -> IngestReport {
    var options = IngestOptions()
    options.earlierRows = earlierRows
    options.earlierFiles = earlier
    let run = IngestRun(
      id: Scene.run, register: scene.register, people: scene.vault, sink: scene.log,
      zones: OsloTime(), options: options, observer: blocks.map { Ending(after: $0) })
    scene.log.startRun()
    return try run.ingest(try #require(RecordKinds.named(kind)), file: file)
  }

  // MARK: - Every row is counted once

  /// A row of that kind, right or wrong in some way.
  private func row(_ kind: String, _ random: inout Seeded) -> String {
    let number = Int.random(in: 0..<400, using: &random)
    let person = ["F1001", "F1002", "F1003", "F9999"].randomElement(using: &random) ?? ""
    var cells =
      switch kind {
      case "attendance": ["S\(number % 3 + 1)", person, "present", "\(number % 60)"]
      case "sessions": ["N\(number)", "TST-\(number % 3 + 1)", "held", "2025-03-04"]
      default: [person, "TST", "2025V", "\(number % 40)"]
      }
    switch Int.random(in: 0..<20, using: &random) {
    case 0: cells[2] = "presnt"
    case 1: cells.removeLast()
    case 2: cells.append("for mye")
    case 3: cells[0] = "\"x\"y"
    case 4: cells[3] = ""
    case 5: cells = ["", "", "", ""]
    case 6: cells[1] = "=\(cells[1])"
    default: break
    }
    return cells.joined(separator: ";")
  }

  private static let headers = [
    "attendance": "session;person_id;status;minutes", "sessions": "session;group;status;held_on",
    "hours": "person_id;programme;term;spent",
  ]

  @Test(arguments: ["attendance", "sessions", "hours"], 0..<3 as Range<UInt64>)
  func `every row is counted once, wherever it is ended`(kind: String, seed: UInt64) throws {
    var random = Seeded(seed + UInt64(kind.utf8.count) * 100)
    let folder = try Folder()
    let count = Int.random(in: 11_000..<17_000, using: &random)
    var text = (ResumedRunTests.headers[kind] ?? "") + "\r\n"
    var lines = 0
    for _ in 0..<count {
      let line = row(kind, &random)
      if line != ";;;" { lines += 1 }
      text += line + "\r\n"
    }
    let file = try folder.write("a.csv", Array(text.utf8))
    let fresh = Scene()
    let whole = try fresh.ingest(kind, file: file)
    #expect(whole.isBalanced && whole.read == lines)
    #expect(whole.new > 0 && whole.rejected > 0 && whole.duplicate > 0)

    let scene = Scene()
    let blocks = Int.random(in: 0...3, using: &random)
    let first = try send(kind, file, scene, blocks: blocks)
    #expect(first.isBalanced && first.isInterrupted && first.read <= blocks * 5_000)
    let rest = try send(kind, file, scene, earlier: first.interruptedFiles)
    #expect(rest.isBalanced && rest.read == whole.read && rest.rejected == whole.rejected)
    #expect(first.new + rest.new == whole.new)
    #expect(rest.unchanged == first.new)
    #expect(scene.log.stored == fresh.log.stored)
    // What was turned down is there once, whole, and nothing else is.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.filter { !$0.contains("unmatched") } == ["a.csv", "a.rejected.csv"])
    let back = try String(decoding: folder.read("a.rejected.csv"), as: UTF8.self)
    #expect(back.split(separator: "\r\n").count == whole.rejected + 1)
  }

  // MARK: - The files beside the input

  /// Rows of which the first and the last are wrong, in different blocks.
  private func wrongAtBothEnds(_ folder: Folder) throws -> String {
    let rows = (0..<11_000).map { "S1;F1001;\($0 == 0 || $0 == 10_999 ? "presnt" : "present")" }
    let text = "session;person_id;status\r\n" + rows.joined(separator: "\r\n") + "\r\n"
    return try folder.write("a.csv", Array(text.utf8))
  }

  private func names(_ folder: Folder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `its rejects are written anew and complete, in the place of the earlier ones`() throws
  {
    let folder = try Folder()
    let file = try wrongAtBothEnds(folder)
    let first = try send("attendance", file, Scene(), blocks: 1)
    #expect(first.rejected == 1 && first.rejectsFile == "\(folder.path)/a.rejected.csv")
    let rest = try send("attendance", file, Scene(), earlier: first.interruptedFiles)
    #expect(rest.rejected == 2 && rest.rejectsFile == first.rejectsFile)
    #expect(try names(folder) == ["a.csv", "a.rejected.csv"])
    #expect(try rows(of: "\(folder.path)/a.rejected.csv").count == 3)
  }

  @Test func `ended again before that place, the run still tells all it has done`() throws {
    let folder = try Folder()
    let rows = (0..<16_000).map { "S1;F1001;\($0 % 4_000 == 7 ? "presnt" : "present")" }
    let file = try folder.write(
      "a.csv", Array(("session;person_id;status\n" + rows.joined(separator: "\n")).utf8))
    let first = try send("attendance", file, Scene(), blocks: 3)
    let rejects = try folder.read("a.rejected.csv")
    #expect((first.read, first.rejected) == (15_000, 4))
    var second = try send(
      "attendance", file, Scene(), blocks: 1, earlier: first.interruptedFiles,
      earlierRows: first.read)
    #expect((second.read, second.rejected, second.isInterrupted) == (5_000, 2, true))
    #expect(try folder.read("a.rejected.csv") == rejects)
    #expect(try names(folder) == ["a.csv", "a.rejected.csv"])
    let isShorter = second.take(in: first)
    #expect(isShorter && second == first)
    var third = try send(
      "attendance", file, Scene(), earlier: second.interruptedFiles, earlierRows: second.read)
    let whole = third
    let isThirdShorter = third.take(in: second)
    #expect(!isThirdShorter && third == whole && third.read == 16_000)
    #expect(try names(folder) == ["a.csv", "a.rejected.csv"])
  }

  @Test func `names it has changed are told by the attempts together`() throws {
    var first = IngestReport(run: Scene.run, kind: "enrolments", file: "a.csv", isDryRun: false)
    first.isInterrupted = true
    var second = first
    first.add([PersonChange(line: 2, what: .name, before: "A", after: "B")], keeping: 9)
    second.read = 7
    second.add([PersonChange(line: 5, what: .email, before: nil, after: "C")], keeping: 9)
    let isShorter = second.take(in: first)
    #expect(!isShorter)
    #expect((second.read, second.namesChanged, second.emailsAdded) == (7, 1, 1))
    #expect(second.personChanges.map(\.line) == [2, 5])
  }

  @Test func `what somebody has mended meanwhile stays`() throws {
    let folder = try Folder()
    let file = try wrongAtBothEnds(folder)
    let first = try send("attendance", file, Scene(), blocks: 1)
    let mended = Array("session;person_id;status\r\nS1;F1001;present\r\n".utf8)
    _ = try folder.write("a.rejected.csv", mended)
    let rest = try send("attendance", file, Scene(), earlier: first.interruptedFiles)
    #expect(rest.rejectsFile == "\(folder.path)/a.rejected-2.csv")
    #expect(try folder.read("a.rejected.csv") == mended)
  }

  @Test func `where nothing is rejected any more, nothing is left`() throws {
    let folder = try Folder()
    let rows = (0..<6_000).map { _ in "S1;F9;present" }.joined(separator: "\n")
    let file = try folder.write("a.csv", Array("session;person_id;status\n\(rows)\n".utf8))
    let first = try send("attendance", file, Scene(), blocks: 1)
    #expect(try names(folder) == ["a.csv", "a.rejected.csv", "a.unmatched.csv"])
    let scene = Scene()
    _ = scene.vault.register([PersonIdentity(personID: "F9", email: nil, name: nil)], dryRun: false)
    var known = scene
    known.register.learn(
      type: "enrolment_recorded",
      body: Array(#"{"programme":"TST","group":"TST-1","joined":"2025-01-20"}"#.utf8),
      subject: MemoryVault.subject(5))
    let rest = try send("attendance", file, known, earlier: first.interruptedFiles)
    #expect(rest.rejected == 0)
    #expect(try names(folder) == ["a.csv"])
  }

  @Test func `what a killed process has left unfinished is removed, what is being written is not`()
    throws
  {
    let folder = try Folder()
    let file = try folder.write(
      "a.csv", Array("session;person_id;status\nS1;F1001;present\n".utf8))
    for left in ["a.rejected.csv.99999.part", "a.unmatched.csv.99999.part", "b.csv.99999.part"] {
      _ = try folder.write(left, [0x41])
    }
    let writing = PartFile(for: "\(folder.path)/a.rejected.csv")
    writing.write([0x42])
    _ = try send("attendance", file, Scene())
    let left = try names(folder)
    #expect(left.count == 3 && left.contains("b.csv.99999.part"))
    #expect(writing.replace("\(folder.path)/a.rejected.csv"))
    #expect(try folder.read("a.rejected.csv") == [0x42])
  }
}
