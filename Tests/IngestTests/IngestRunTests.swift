import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("A run over one file")
struct IngestRunTests {
  private let header = "session;person_id;status;minutes\r\n"

  @Test func `the same file again changes nothing, a changed row corrects`() throws {
    let scene = Scene()
    let rows = "S1;F1001;present;60\r\nS1;F1002;absent;\r\n"
    #expect(try scene.send("attendance", header + rows).new == 2)
    let again = try scene.send("attendance", header + rows)
    #expect(again.summary == "read 2: 0 new, 0 corrected, 2 unchanged, 0 duplicate, 0 rejected")
    let changed = try scene.send("attendance", header + "S1;F1001;partial;30\r\n")
    #expect(changed.corrected == 1)
    #expect(
      changed.corrections.map(\.description) == [
        "line 2 (S1): status present → partial, minutes 60 → 30"
      ])
  }

  @Test func `the same record twice in a file is a duplicate or a conflict`() throws {
    let report = try Scene().send(
      "attendance",
      header + "S1;F1001;present;60\r\nS1;F1001;present;60\r\nS1;F1001;absent;\r\n")
    #expect(report.summary == "read 3: 1 new, 0 corrected, 0 unchanged, 1 duplicate, 1 rejected")
    #expect(report.diagnostics.map(\.code) == ["VD421"])
    #expect(report.diagnostics.map(\.line) == [4])
  }

  @Test func `one bad row takes no other with it, and is counted once`() throws {
    let scene = Scene()
    let report = try scene.send(
      "attendance", header + "S1;F1001;presnt;9999\r\nS1;F1002;present;\r\n")
    #expect(report.summary == "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    #expect(report.diagnostics.map(\.code) == ["VD308", "VD306"])
    #expect(report.diagnostics.map(\.column) == [10, 17])
    #expect(report.diagnostics.allSatisfy { $0.excerpt == "S1;F1•••;presnt;9999" })
  }

  @Test func `the report knows the file, and its text ends with the numbers`() throws {
    let folder = try Folder()
    let scene = Scene()
    let bytes = Array("session;person_id;status\nS1;F1001;present\n".utf8)
    let file = try folder.write("a.csv", bytes)
    let report = try scene.ingest("attendance", file: file)
    #expect(report.bytes == bytes.count)
    #expect(
      report.sha256 == "0a5b7a2dba8c0b61ab41bd36d3a2abae9b5dfd5b9b1e1dd36dc9bb21ff1f1ca1"
        || report.sha256.count == 64)
    #expect(report.delimiter == .semicolon)
    #expect(report.isBalanced)
    #expect(report.text().hasSuffix(report.summary))
    let json = try report.json()
    let back = try JSONDecoder().decode(IngestReport.self, from: Data(json.utf8))
    #expect(back == report)
  }

  @Test func `rejected rows come back in the input's own layout and can be sent again`() throws {
    let folder = try Folder()
    let scene = Scene()
    let text =
      "session;person_id;status;reason\r\nS1;F1001;fravær?;\"syk; æsj\"\r\nS1;F1002;fravær;\r\n"
    let latin = text.unicodeScalars.compactMap { Windows1252.byte(of: $0) }
    let file = try folder.write("juni.csv", latin)
    let options = IngestOptions()
    let report = try scene.ingest("attendance", file: file, options: options)
    #expect(report.rejectsFile == "\(folder.path)/juni.rejected.csv")
    #expect(report.encoding?.encoding == .windows1252)
    let rejected = try folder.read("juni.rejected.csv")
    let back = TextDecoder(MemorySupply(rejected), file: "x", encoding: .windows1252)
    var decoded: [UInt8] = []
    while try back.append(to: &decoded) {}
    let lines = String(decoding: decoded, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.first == "session;person_id;status;reason;error_code;error")
    #expect(lines.last?.hasPrefix("S1;F1001;fravær?;\"syk; æsj\";VD308 VD308;") == true)

    // Half mended: the rest goes to another file, without growing more columns.
    let half = String(decoding: decoded, as: UTF8.self)
      .replacing("fravær?", with: "fravær")
    let second = try folder.write(
      "juni.rejected.csv", half.unicodeScalars.compactMap { Windows1252.byte(of: $0) })
    let rest = try scene.ingest("attendance", file: second, options: options)
    #expect(rest.rejectsFile == "\(folder.path)/juni.rejected-2.csv")
    let left = String(decoding: try folder.read("juni.rejected-2.csv"), as: UTF8.self)
    #expect(left.hasPrefix("session;person_id;status;reason;error_code;error\r\n"))
    let lastRow = left.split(separator: "\r\n").last ?? ""
    #expect(lastRow.contains(";VD308;"))
    #expect(!lastRow.contains("VD308 VD308"))

    // Mended: it goes in.
    let mended = half.replacing("\"syk; æsj\"", with: "sykdom")
    let third = try folder.write("mended.csv", Array(mended.utf8))
    #expect(try scene.ingest("attendance", file: third, options: options).new == 1)
  }

  @Test func `a dry run leaves no file behind`() throws {
    let folder = try Folder()
    let file = try folder.write("a.csv", Array((header + "S1;F9;present;\r\n").utf8))
    let report = try Scene().ingest("attendance", file: file, options: IngestOptions(dryRun: true))
    #expect(report.rejected == 1)
    #expect(report.rejectsFile == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.csv"])
  }

  @Test func `a rejects file that cannot be written is a warning`() throws {
    let report = try Scene().send(
      "attendance", header + "S1;F9;present;\r\n",
      options: IngestOptions(rejects: .path("/nowhere/at/all.csv")))
    // The rejected row, and whom it is about.
    #expect(report.diagnostics.map(\.code) == ["VD241", "VD241", "VD401"])
    #expect(report.rejectsFile == nil && report.unmatchedFile == nil)
  }

  @Test func `rows of delimiters only are no rows`() throws {
    let report = try Scene().send("attendance", header + "S1;F1001;present;\r\n;;;\r\n;;;\r\n\r\n")
    #expect(report.read == 1)
  }

  @Test func `large files go in blocks of 5,000, and identities are looked up a block at a time`()
    throws
  {
    var scene = Scene()
    var text = "session,person_id,status\n"
    for number in 0..<6_000 {
      scene.learn(
        "session_recorded",
        #"{"programme":"TST","group":"TST-1","session":"L\#(number)","status":"held","held_on":"2025-02-12"}"#
      )
      text += "L\(number),F1001,present\nL\(number),F1002,present\n"
    }
    let report = try scene.send("attendance", text)
    #expect(report.new == 12_000)
    #expect(scene.log.blocks == [5_000, 5_000, 2_000])
    #expect(scene.vault.lookUps <= 3)
  }

  @Test func `a quote left open rejects the rest and keeps what came before`() throws {
    let report = try Scene().send(
      "attendance", header + "S1;F1001;present;60\r\nS1;\"F1002;present;60\r\nS1;F1003;present;\r\n"
    )
    #expect((report.new, report.rejected) == (1, 1))
    #expect(report.diagnostics.map(\.code) == ["VD209"])
    #expect(report.diagnostics.map(\.place).first?.hasSuffix(":3:4") == true)
  }

  @Test func `nothing printed or kept says who anybody is`() throws {
    let report = try Scene().send(
      "attendance",
      "session;person_id;email;name;status\r\n"
        + "S1;F9999;nobody@example.org;\"Nobody \"\"N\"\" Nowhere\";present\r\n"
        + "S1;F9998;;;presnt\r\nS1;F9997;extra;Hemmelig Navn;present;1\r\n")
    #expect(report.rejected == 3)
    let everything = try report.json() + report.text()
    for secret in ["9999", "9998", "9997", "nobody", "Nowhere", "Hemmelig", "extra"] {
      #expect(!everything.contains(secret), "\(secret)")
    }
  }
}
