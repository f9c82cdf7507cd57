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
}
