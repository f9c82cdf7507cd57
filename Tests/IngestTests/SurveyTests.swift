import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Surveys")
struct SurveyTests {
  private static let folder = GoldenTests.folder

  private func text(_ file: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(filePath: "\(SurveyTests.folder)/\(file)")), as: UTF8.self)
  }

  private func binding(_ tool: String) throws -> Binding {
    try Binding(file: "\(SurveyTests.folder)/\(tool)/binding.yaml")
  }

  // MARK: Rejected rows

  /// Sends a file, mends what was rejected, and sends that.
  private func mend(
    _ file: String, _ rejected: String, _ change: (String) -> String
  ) throws -> (first: IngestReport, rejects: String, second: IngestReport) {
    let folder = try Folder()
    let tool = String(file.prefix { $0 != "/" })
    let name = String(file.dropFirst(tool.count + 1))
    let path = try folder.write(name, Array(try text(file).utf8))
    let scene = Scene.survey()
    let first = try scene.runner(IngestOptions()).ingest(binding(tool), file: path)
    let rows = String(decoding: try folder.read(rejected), as: UTF8.self)
    scene.log.startRun()
    let again = try folder.write("again-\(rejected)", Array(change(rows).utf8))
    return (first, rows, try scene.runner(IngestOptions()).ingest(binding(tool), file: again))
  }

  @Test func `rejected rows of Qualtrics keep their three header rows and can be sent again`()
    throws
  {
    let (first, rows, second) = try mend("qualtrics/bad.csv", "bad.rejected.csv") { rows in
      rows.replacing(",NB,6,8,1,1,,", with: ",NB,6,8,1,,,").replacing(",60,8,,x,", with: ",6,8,,x,")
        .replacing("\"1,3\"", with: "\"1,2\"").replacing("F1902", with: "F1003")
    }
    #expect(first.rejected == 3)
    #expect(
      rows.split(whereSeparator: \.isNewline).prefix(3).allSatisfy {
        $0.hasSuffix(",error_code,error")
      })
    #expect(second.summary == "read 3: 3 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected")
  }

  @Test func `rejected rows of a VV file can be sent again`() throws {
    let (first, rows, second) = try mend("limesurvey-vv/bad.csv", "bad.rejected.csv") { rows in
      rows.replacing("\tA9\t", with: "\tA8\t").replacing("VD211", with: "")
    }
    #expect(first.rejected == 2)
    #expect(rows.contains("said \"well\"\tVD330\t"))
    // The row that lacked its last cells was given back with them, and they are to be empty: its
    // reason was taken out.
    #expect(second.new == 2)
    #expect(second.rejected == 0)
  }

  @Test func `rejected submissions are given back as all their lines`() throws {
    let (first, rows, second) = try mend("nettskjema-answers/bad.ndjson", "bad.rejected.ndjson") {
      rows in rows.replacing("[999]", with: "[107]").replacing("F1902", with: "F1002")
    }
    #expect(first.rejected == 5)
    #expect(rows.split(separator: "\n").count { $0.contains("\"submissionId\":1,") } == 2)
    #expect(second.new == 2)
    #expect(second.rejected == 3)
  }

  // MARK: Answers, line by line

  /// Lines of submissions with one answer each to two questions.
  private func answers(_ submissions: Int) -> [String] {
    (1...submissions).flatMap { id in
      [111, 112].map { row in
        #"{"submissionId":\#(id),"elementId":11,"subElementId":\#(row),"answerOptionIds":[\#(100 + id % 7 + 1)],"createdDate":"2025-01-25T08:10:00"}"#
      }
    }
  }

  private func gathered(_ lines: [String], bound: Int) throws -> [String] {
    let folder = try Folder()
    let file = try folder.write("a.ndjson", Array(lines.joined(separator: "\n").utf8))
    let place = BoundText(text: "elements.json", line: 1, column: 1)
    let elements = try NettskjemaElements(
      place, of: "\(SurveyTests.folder)/nettskjema-answers/binding.yaml")
    let reader = NettskjemaSubmissions(
      LineReader(TextDecoder(try ByteSource(path: file), file: file)), elements, bound: bound)
    var rows: [String] = []
    while try reader.next(atMost: 7) {
      rows += reader.batch.rows.map { row in
        row.fault.map { "\($0.code.id)" }
          ?? reader.batch.cells(of: row).map { reader.batch.text($0) }.joined(separator: ";")
      }
    }
    return rows
  }

  @Test(arguments: 0..<20)
  func `the order of a file's lines does not matter`(seed: UInt64) throws {
    var random = Seeded(seed + 3)
    let lines = answers(40)
    let sorted = try gathered(lines, bound: .max)
    #expect(sorted.count == 40)
    #expect(try gathered(lines.shuffled(using: &random), bound: .max).sorted() == sorted.sorted())
    // Lines that stand together need no room for the others.
    #expect(try gathered(lines, bound: 300) == sorted)
  }

  @Test func `answers that come long after the others of their submission are told`() throws {
    let lines = answers(40)
    let rows = try gathered(Array(lines.dropFirst()) + [lines[0]], bound: 1_000)
    #expect(rows.count == 41)
    #expect(rows.filter { $0 == "VD279" }.count == 1)
  }

  // MARK: Properties

  private let letters: [Character] = ["{", "}", "\"", "\n", "\r", "\t", "a", "å", " ", ",", ";"]

  @Test(arguments: 0..<60)
  func `what a VV file escapes comes back`(seed: UInt64) throws {
    var random = Seeded(seed + 9)
    let folder = try Folder()
    let texts = (0..<6).map { _ in
      "x"
        + String(
          (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
            letters.randomElement(using: &random)
          })
    }
    let written = texts.map { text in
      text.replacing("{", with: "{lbrace}").replacing("\n", with: "{newline}")
        .replacing("\r", with: "{cr}").replacing("\t", with: "{tab}")
    }
    // A carriage return and a line feed are one character to Swift, and two escapes.
    let file = try folder.write(
      "v.csv", Array(written.joined(separator: "\t").replacing("\r\n", with: "{cr}{newline}").utf8))
    let source = try ByteSource(path: file)
    let reader = VVReader(
      try CSVReader(TextDecoder(source, file: file), delimiter: .tab, quotes: false))
    #expect(try reader.next())
    #expect(reader.batch.cells(of: reader.batch.rows[0]).map { reader.batch.text($0) } == texts)
  }

  @Test(arguments: 0..<60)
  func `a list names what was put into it`(seed: UInt64) {
    var random = Seeded(seed + 13)
    let options = ["a", "a, b", "b", "Vurdering; prøver", "c d", "1", "11"]
    let separator = [",", ";", "; ", "|"].randomElement(using: &random) ?? ";"
    let list = OptionList(separator: separator, options: options)
    // With a comma between them, 'a' and 'b' are 'a, b'.
    let named = options.shuffled(using: &random).prefix(Int.random(in: 0...7, using: &random))
      .filter { separator != "," || $0 != "b" }
    let read = list.read(named.joined(separator: separator))
    #expect(read.named == Set(named))
    #expect(read.others.isEmpty)
    #expect(list.read("x\(separator)1").others == ["x"])
  }

  // MARK: Rows that are left out

  @Test func `what is held against a row stays with it when rows before it are left out`() throws {
    let batch = RowBatch()
    for number in 1...4 {
      if number % 2 == 0 {
        batch.object(RowObjection(code: .eventApart, message: "row \(number)"))
      }
      let row = batch.beginRow(line: number)
      batch.appendCell(
        Array("\(number)".utf8), at: SourcePosition(line: number, column: 1), in: row, .comma)
      batch.endRow(row, original: Array("row \(number)".utf8))
      batch.files.append("file \(number)")
    }
    batch.keep([1, 2, 3])
    #expect(batch.rows.map(\.line) == [2, 3, 4])
    #expect(batch.rows.map { batch.file(of: $0) } == ["file 2", "file 3", "file 4"])
    #expect(
      batch.originals.map { String(decoding: $0, as: UTF8.self) } == ["row 2", "row 3", "row 4"])
    #expect(batch.objections.mapValues { $0.map(\.message) } == [0: ["row 2"], 2: ["row 4"]])
  }

  // MARK: Hostile files

  @Test(arguments: SurveyGoldenTests.tools, 0..<12)
  func `files of survey tools gone wrong`(tool: String, seed: UInt64) throws {
    var random = Seeded(seed + 101)
    let folder = try Folder()
    let ending = tool == "nettskjema-answers" ? "ndjson" : "csv"
    let good = Array(try text("\(tool)/good.\(ending)").utf8)
    let binding = try binding(tool)
    for _ in 0..<8 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default:
          let pieces = [0x22, 0x0A, 0x0D, 0x2C, 0x3B, 0x09, 0x7B, 0x7D] as [UInt8]
          bytes.insert(pieces.randomElement(using: &random) ?? 0, at: place)
        }
      }
      let file = try folder.write("f.\(ending)", bytes)
      do {
        let run = Scene.survey().runner(IngestOptions(rejects: .nowhere))
        #expect(try run.ingest(binding, file: file).isBalanced)
      } catch is InputError {
        continue
      }
    }
  }
}
