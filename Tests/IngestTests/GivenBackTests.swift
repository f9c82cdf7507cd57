import EventLog
import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Whatever reads a file: what it turns down can be mended, sent again, and is recorded then.
///
/// Every golden file is sent twice over. To mend means here that the world changes and not the row:
/// at first nobody and no group is known.
@Suite("Rows given back, of every reader")
struct GivenBackTests {
  struct Case: CustomTestStringConvertible {
    var file: String
    /// For files of our own kinds.
    var kind: String?
    var testDescription: String { String(file.dropFirst(GoldenTests.folder.count + 1)) }
  }

  private static func names(_ folder: String, _ endings: [String]) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
      .map { "\(folder)/\($0)" }
  }

  static let cases: [Case] = {
    let root = GoldenTests.folder
    let ours = ["", "/xlsx", "/statistics", "/ndjson"].flatMap { folder in
      names(root + folder, [".csv", ".xlsx", ".sav", ".dta", ".ndjson"]).compactMap { file in
        let name = file.split(separator: "/").last ?? ""
        return RecordKinds.all.first { name.hasPrefix($0.name + "-") }.map {
          Case(file: file, kind: $0.name)
        }
      }
    }
    let tools = (ToolGoldenTests.tools + SurveyGoldenTests.tools).flatMap { tool in
      names("\(root)/\(tool)", [".csv", ".json", ".jsonl", ".txt", ".ndjson"])
        .filter { !$0.contains("/part-") && !$0.contains("dictionary.csv") }
        .map { Case(file: $0, kind: nil) }
    }
    return ours + tools
  }()

  /// What cannot come back row by row: a part of a meeting's reports, a list whose blank cells say
  /// something, an event of several rows.
  private static func isWhole(_ test: Case) -> Bool {
    ["/started-again.", "/parts-differ.", "/whole-group", "/complete.", "/nested.", "/events-bad."]
      .contains { test.file.contains($0) }
  }

  /// Where nobody is known, people of a meeting are guests and no rows are turned down.
  private static func takesStrangers(_ test: Case) -> Bool {
    ["teams/", "zoom/", "xapi/"].contains { test.testDescription.hasPrefix($0) }
  }

  /// Options to send again what came back: of a few letters nobody can tell the encoding, so whoever
  /// sends them names it.
  private static func again(_ report: IngestReport) -> IngestOptions {
    IngestOptions(encoding: report.encoding?.encoding, rejects: .nowhere)
  }

  /// Sends a file as its kind, or with the binding beside it.
  private func send(
    _ file: String, of test: Case, _ scene: Scene, people: MemoryVault, _ options: IngestOptions
  ) throws -> IngestReport {
    let run = IngestRun(
      id: Scene.run, register: scene.register, people: people, sink: scene.log, zones: OsloTime(),
      options: options)
    scene.log.startRun()
    if let kind = test.kind {
      return try run.ingest(try #require(RecordKinds.named(kind)), file: file)
    }
    let stem = test.file.prefix(upTo: try #require(test.file.lastIndex(of: ".")))
    let folder = test.file.prefix(upTo: try #require(test.file.lastIndex(of: "/")))
    let binding = try #require(
      ["\(stem).yaml", "\(stem).binding.yaml", "\(folder)/binding.yaml"].first {
        FileManager.default.fileExists(atPath: $0)
      })
    return try run.ingest(try Binding(file: binding), file: file)
  }

  private func contents(_ scene: Scene) -> [String: String] {
    scene.log.stored.mapValues {
      String(decoding: EventDraft.content(of: $0.body), as: UTF8.self)
    }
  }

  /// Rows that are wrong only beside others of the same file.
  private static let besideOthers: Set<String> = ["VD421", "VD332", "VD333"]

  @Test(arguments: cases)
  func `mended, they are recorded as if they had been right at once`(test: Case) throws {
    let folder = try Folder()
    let path = "\(folder.path)/given-back"
    let scene = Scene.survey()
    let fresh = Scene.survey()
    guard
      let whole = try? send(
        test.file, of: test, fresh, people: fresh.vault, IngestOptions(rejects: .nowhere)),
      !whole.stoppedEarly, !GivenBackTests.isWhole(test),
      !GivenBackTests.takesStrangers(test),
      whole.codes.allSatisfy({ !GivenBackTests.besideOthers.contains($0.code) })
    else { return }
    var strange = scene
    strange.register.groups = [:]
    let first = try send(
      test.file, of: test, strange, people: MemoryVault(), IngestOptions(rejects: .path(path)))
    guard first.rejected > 0 else { return }
    #expect(first.rejectsFile == path)
    let second = try send(
      path, of: test, scene, people: scene.vault, GivenBackTests.again(first))
    #expect(second.rejected == whole.rejected, "\(second.diagnostics.map(\.rendered))")
    #expect(first.isBalanced && second.isBalanced)
    #expect(contents(scene) == contents(fresh))
  }

  @Test(arguments: cases)
  func `not mended, they are rejected again`(test: Case) throws {
    let folder = try Folder()
    let path = "\(folder.path)/given-back"
    let scene = Scene.survey()
    guard
      let first = try? send(
        test.file, of: test, scene, people: scene.vault, IngestOptions(rejects: .path(path))),
      first.rejected > 0, !first.stoppedEarly, !GivenBackTests.isWhole(test),
      first.codes.allSatisfy({ !GivenBackTests.besideOthers.contains($0.code) })
    else { return }
    let stored = contents(scene)
    let again = try send(
      path, of: test, scene, people: scene.vault, GivenBackTests.again(first))
    #expect(again.rejected == first.rejected, "\(again.summary)")
    #expect(again.read == (first.isGivenBackWhole ? first.read : again.rejected))
    #expect(contents(scene) == stored)
  }

  // MARK: - Formulas

  @Test(arguments: [
    "=SUM(A1:A9)", "@SUM(1)", "+1+cmd|' /C calc'!A0", "-2+3", "'=kept", "''-x", "-", "-12,5",
    "+47 123 45 678", "'just said'", "=\"a;b\"", "\tx",
  ])
  func `what a spreadsheet would run is marked, and read as it was`(text: String) throws {
    let folder = try Folder()
    for delimiter in Delimiter.allCases {
      let cells = ["S1", "F1001", "presnt", text]
      let row = CSVWriter.row(cells, delimiter: delimiter)
      let header = CSVWriter.row(
        ["session", "person_id", "status", "reason"], delimiter: delimiter)
      let file = try folder.write("\(delimiter).csv", Array("\(header)\r\n\(row)\r\n".utf8))
      let report = try Scene().ingest("attendance", file: file, options: IngestOptions())
      let rejects = try #require(report.rejectsFile)
      let original = try #require(try rows(of: file).last)
      #expect(original[3] == text)
      let back = try #require(try rows(of: rejects).last)
      #expect(Array(back.prefix(4)) == original, "what a reader sees does not change")
      let bytes = String(decoding: try folder.read("\(delimiter).rejected.csv"), as: UTF8.self)
      let isDangerous = ["=", "@", "+1+", "-2+", "\t"].contains { text.hasPrefix($0) }
      let isMarked = ["", "\""].contains { quote in
        bytes.contains("presnt\(delimiter.rawValue)\(quote)'\(text.prefix(1))")
      }
      #expect(isMarked == (isDangerous || text.hasPrefix("'=") || text.hasPrefix("''")))
    }
  }

  @Test func `of a workbook every cell comes back as it was, apostrophes and all`() throws {
    let folder = try Folder()
    let texts = ["=1+1", "'=1+1", "-5", "'-5", "@x", "00123", "a;b\"c"]
    let rows = texts.enumerated().map { index, text in
      WorkbookMaker.row(index + 2, ["S1", "F1001", "presnt", text])
    }
    let header = WorkbookMaker.row(1, ["session", "person_id", "status", "reason"])
    let file = "\(folder.path)/a.xlsx"
    try WorkbookMaker(sheets: [("Ark1", header + rows.joined())]).write(to: file)
    let report = try Scene().ingest("attendance", file: file, options: IngestOptions())
    let rejects = try #require(report.rejectsFile)
    #expect(report.text().contains("a.rejected.csv, as CSV that a spreadsheet opens: mend them"))
    #expect(try readRows(rejects).dropFirst().map { $0[3] } == texts)
    let bytes = try folder.read("a.rejected.csv")
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]), "Excel reads Norwegian letters")
    #expect(String(decoding: bytes, as: UTF8.self).contains(";'=1+1;"))
  }

  @Test func `people who are not known are named in a file of their own input`() throws {
    let folder = try Folder()
    let text =
      "session;person_id;name;status\nS1;F9;\"=HYPERLINK(\"\"x\"\")\";present\n"
    let csv = try folder.write("a.csv", Array(text.utf8))
    let xlsx = "\(folder.path)/a.xlsx"
    let cells = [["session", "person_id", "status"], ["S1", "F8", "present"]]
    let sheet = cells.enumerated().map { WorkbookMaker.row($0 + 1, $1) }.joined()
    try WorkbookMaker(sheets: [("Ark1", sheet)]).write(to: xlsx)
    let first = try Scene().ingest("attendance", file: csv, options: IngestOptions())
    let second = try Scene().ingest("attendance", file: xlsx, options: IngestOptions())
    #expect(first.unmatchedFile == "\(folder.path)/a.unmatched.csv")
    #expect(second.unmatchedFile == "\(folder.path)/a.unmatched-2.csv")
    #expect(second.rejectsFile == "\(folder.path)/a.rejected-2.csv", "the same number")
    let named = String(decoding: try folder.read("a.unmatched.csv"), as: UTF8.self)
    #expect(named.contains("F9") && !named.contains("F8"))
    #expect(named.contains("\"'=HYPERLINK(\"\"x\"\")\""))
  }

  /// A sign that Nordic text hardly has, and one more letter, as Windows-1252 writes them.
  private static let doubtful: [[UInt8]] = [[0xD7], [0xBF], [0x81], [0xF8, 0x8D], [0xD7, 0xE6]]

  @Test(arguments: doubtful)
  func `doubtful rows of a file that was not go in again without saying its encoding`(
    bytes: [UInt8]
  ) throws {
    let folder = try Folder()
    let scene = Scene()
    let first =
      Array("session;person_id;status;navn\r\nS1;F1003;absent;Prove ".utf8) + [0xE6, 0xF8, 0xE5]
    // Further down than what is looked at to tell the encoding.
    let far = String(repeating: "S1;F1001;absent;Prove\r\n", count: 5_000)
    let text = first + Array("\r\n\(far)S1;F1002;absent;".utf8) + bytes + Array("\r\n".utf8)
    let file = try folder.write("a.csv", text)
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect(report.encoding?.encoding == .windows1252)
    #expect(report.codes.contains { $0.code == "VD207" })
    let rejected = try #require(report.rejectsFile)
    let again = try scene.ingest("attendance", file: rejected, options: IngestOptions())
    #expect(again.encoding?.encoding == .windows1252)
    #expect(again.codes.map(\.code).contains("VD207"))
    #expect(again.rejected == report.rejected, "as the first time, row by row")
    let mended = try folder.read("a.rejected.csv").map {
      [0xE6, 0xF8].contains($0) || $0 < 0x80 ? $0 : 0x78
    }
    let last = try scene.ingest(
      "attendance", file: try folder.write("mended.csv", mended), options: IngestOptions())
    #expect(!last.codes.contains { $0.code == "VD207" })
    #expect(last.rejected == report.rejected - 1)
  }

  @Test func `a doubtful row of a file in UTF-8 goes in again, too`() throws {
    let folder = try Folder()
    let scene = Scene()
    let text =
      Array("session;person_id;status;navn\nS1;F1001;absent;Prøve æøå\nS1;F1002;absent;Ø".utf8)
      + [0xF8, 0x0A]
    let file = try folder.write("a.csv", text)
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect(report.rejected == 1)
    let again = try scene.ingest(
      "attendance", file: try #require(report.rejectsFile), options: IngestOptions())
    #expect(again.encoding?.encoding == .utf8)
    #expect(again.diagnostics.map(\.code) == ["VD207"])
  }

  @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian])
  func `a table with tabs that is called csv comes back with tabs`(encoding: TextEncoding) throws {
    let folder = try Folder()
    let text = "session\tperson_id\tstatus\tminutes\r\nS1\tF1001\tpræsent\t5\r\n"
    let choice = EncodingChoice(encoding: encoding, hasMark: true, reason: "")
    let bytes =
      TextEncoder.mark(choice) + TextEncoder(encoding: encoding).encode(Array(text.utf8))
    let file = try folder.write("a.csv", bytes)
    _ = try Scene().ingest("attendance", file: file, options: IngestOptions())
    let back = try folder.read("a.rejected.csv")
    #expect(back.starts(with: TextEncoder.mark(choice)))
    let decoder = TextDecoder(MemorySupply(back), file: "x")
    var plain: [UInt8] = []
    while try decoder.append(to: &plain) {}
    let lines = String(decoding: plain, as: UTF8.self).split(separator: "\r\n")
    #expect(lines[0] == "session\tperson_id\tstatus\tminutes\terror_code\terror")
    #expect(lines[1].hasPrefix("S1\tF1001\tpræsent\t5\tVD308\t"))
  }
}

/// The rows of a file as texts.
private func readRows(_ file: String) throws -> [[String]] { try rows(of: file) }
