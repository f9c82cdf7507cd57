import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Records as lines of JSON")
struct RecordLineTests {
  private let good = #"{"session": "S1", "person_id": "F1001", "status": "present"}"#

  @Test func `rejected lines come back as they were, and go in when mended`() throws {
    let folder = try Folder()
    let scene = Scene()
    let bad = #"{"session": "S1",  "person_id": "F1002", "status": "presnt"}"#
    let file = try folder.write("juni.ndjson", Array("\(good)\n\(bad)\n{\n".utf8))
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect(report.summary == "read 3: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 2 rejected")
    #expect(report.rejectsFile == "\(folder.path)/juni.rejected.ndjson")
    #expect(report.form == "lines of JSON" && report.delimiter == nil)
    #expect(report.encoding?.encoding == .utf8)
    let text = String(decoding: try folder.read("juni.rejected.ndjson"), as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"session": "S1",  "person_id": "F1002", "status": "presnt","error_code":"VD308","#))

    // Still wrong: the reasons do not pile up.
    let again = try scene.ingest(
      "attendance", file: report.rejectsFile ?? "", options: IngestOptions())
    #expect(again.rejected == 2)
    let second = String(decoding: try folder.read("juni.rejected-2.ndjson"), as: UTF8.self)
    #expect(second.split(separator: "\n")[0].ranges(of: "error_code").count == 1)
    #expect(
      second.hasPrefix(#"{"session": "S1", "person_id": "F1002", "status": "presnt","error_code""#))

    let mended = try folder.write("mended", Array(text.replacing("presnt", with: "present").utf8))
    #expect(try scene.ingest("attendance", file: mended, options: IngestOptions()).new == 1)
  }

  @Test func `what is wrong with a line is told by line and column`() throws {
    let folder = try Folder()
    let cases: [(String, String, Int)] = [
      (#"{"session": "Så", "status": "present",}"#, "VD260", 39),
      (#"{"session": "S1", "status": {"a": 1}}"#, "VD261", 19),
      (#"{"session": "S1", "more": 1}"#, "VD262", 19),
      (#"{"session": "S1", "session": 1}"#, "VD260", 19), ("[1]", "VD260", 1),
    ]
    for (line, code, column) in cases {
      // The new member comes after what is looked at for the header.
      let reader = RecordLineReader(
        MemorySupply(Array("\(good)\n\(line)\n".utf8)), file: "x",
        limits: {
          var limits = CSVReader.Limits()
          limits.rows = 1
          return limits
        }())
      var last: (code: String, place: SourcePosition)?
      while try reader.next() {
        let row = reader.batch.rows[0]
        if let fault = row.fault {
          last = (fault.code.id, reader.batch.position(of: fault.offset, in: row))
        }
      }
      #expect(last?.code == code, "\(line)")
      #expect(last?.place == SourcePosition(line: 2, column: column), "\(line)")
    }
    #expect(
      try rows(of: try folder.write("a", Array("\u{FEFF}{\"a\": null}".utf8))) == [["a"], [""]])
    #expect(codes { _ = try rows(of: try folder.write("a", Array("{}\n".utf8))) } == ["VD205"])
  }

  @Test func `a line that is too long is an error, and the next one is read`() throws {
    let folder = try Folder()
    let long = "{\"a\": \"" + String(repeating: "x", count: 2 << 20) + "\"}"
    let file = try folder.write("a", Array("{\"a\": 1}\n\(long)\n{\"a\": 2}\n".utf8))
    #expect(try rows(of: file) == [["a"], ["1"], ["VD259"], ["2"]])
  }

  // MARK: Lists

  private let texts = ["S1", "å]", "}{", "a\\b", "\"q\", ", "[", "tab\tline\n", "", "😀"]

  /// A value of JSON as programs write it: on one line, or spread over several.
  private func written(
    _ objects: [[(String, String)]], spread: Bool, end: String
  ) throws -> [String] {
    try objects.map { members in
      let parts = try members.map { name, value in
        "\(try quoted(name)):\(spread ? " " : "")\(try quoted(value))"
      }
      return spread
        ? "{\(end)    \(parts.joined(separator: ",\(end)    "))\(end)  }"
        : "{\(parts.joined(separator: ","))}"
    }
  }

  private func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  @Test(arguments: 0..<60)
  func `a list is read as the lines it could have been`(seed: UInt64) throws {
    var random = Seeded(seed + 11)
    let names = ["session", "person_id", "status"]
    let objects = (0..<Int.random(in: 1...30, using: &random)).map { _ in
      names.shuffled(using: &random).map { ($0, texts.randomElement(using: &random) ?? "") }
    }
    let folder = try Folder()
    let lines = try written(objects, spread: false, end: "\n")
    let end = ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
    let elements = try written(objects, spread: Bool.random(using: &random), end: end)
    let gap = ["", " ", end, "\(end)\t"].randomElement(using: &random) ?? ""
    let list = "\(gap)[\(gap)\(elements.joined(separator: ",\(gap)"))\(gap)]\(gap)"
    let asLines = try rows(of: try folder.write("a", Array(lines.joined(separator: "\n").utf8)))
    #expect(asLines.count == objects.count + 1)
    #expect(try rows(of: try folder.write("b", Array(list.utf8))) == asLines)
    // However the bytes come.
    let step = Int.random(in: 1...7, using: &random)
    let reader = RecordLineReader(
      Dripping(Array(list.utf8), step), file: "c", isList: true)
    #expect(try reader.allRows() == asLines)
  }

  @Test func `an element of a list has its place in the file`() throws {
    let folder = try Folder()
    let list = """
      [{"session": "S1", "person_id": "F1001", "status": "present"}, {"session": "S1",
          "person_id": "F1002",
        "status": "presnt"}]
      """
    let file = try folder.write("a.json", Array(list.utf8))
    let scene = Scene()
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect(report.summary == "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    #expect(report.diagnostics.map(\.place) == ["\(file):3:13"])
    #expect(report.form == "a list of JSON")
    // What is given back is lines.
    let back = String(decoding: try folder.read("a.rejected.ndjson"), as: UTF8.self)
    #expect(back.split(separator: "\n").count == 1)
    let mended = try folder.write(
      "a.rejected.ndjson", Array(back.replacing("presnt", with: "present").utf8))
    #expect(try scene.ingest("attendance", file: mended, options: IngestOptions()).new == 1)
  }

  @Test func `what comes before a list is cut off is used`() throws {
    let folder = try Folder()
    let file = try folder.write("a.json", Array("[\(good),\n {\"session\": \"S".utf8))
    let report = try Scene().ingest("attendance", file: file)
    #expect(report.new == 1 && report.stoppedEarly)
    #expect(report.diagnostics.map(\.code) == ["VD288"])
    #expect(report.diagnostics.first?.line == 2)
  }

  @Test func `a long list is read in little room, and an element that is too long is an error`()
    throws
  {
    let long = "{\"a\": \"" + String(repeating: "x]", count: 1 << 20) + "\"}"
    let list = "[{\"a\": 1}, \(long), {\"a\": 2}]"
    let reader = JSONListReader(Dripping(Array(list.utf8), 4_096), file: "x")
    var lines: [LineReader.Line] = []
    while let line = try reader.next() { lines.append(line) }
    #expect(lines.map(\.isTooLong) == [false, true, false])
    #expect(lines[1].bytes.count < 1_000)
    #expect(lines[2].place(of: 0).column == list.unicodeScalars.count - "{\"a\": 2}]".count + 1)
  }
}

/// Bytes that come a few at a time.
private final class Dripping: ByteSupply {
  private var bytes: ArraySlice<UInt8>
  private let step: Int

  init(_ bytes: [UInt8], _ step: Int) {
    self.bytes = bytes[...]
    self.step = step
  }

  func append(to buffer: inout [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return false }
    buffer += bytes.prefix(step)
    bytes = bytes.dropFirst(step)
    return true
  }
}
