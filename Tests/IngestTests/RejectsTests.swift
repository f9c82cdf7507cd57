import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Rejected rows come back in a file that can be mended and sent.
@Suite("The file of rejected rows")
struct RejectsTests {
  /// Sessions P0 to P9 were held, so that there are enough different records of four people.
  private static func scene() -> Scene {
    var scene = Scene()
    for number in 0..<10 {
      scene.learn(
        "session_recorded",
        #"{"programme":"TST","group":"TST-1","session":"P\#(number)","status":"held","held_on":"2025-02-12"}"#
      )
    }
    return scene
  }

  private static let header = ["session", "person_id", "navn", "status", "minutes"]

  /// The right rows; the name tells them apart and is not used, since the id is known.
  private static func right(_ random: inout Seeded) -> [[String]] {
    var rows: [[String]] = []
    for session in 0..<10 {
      for person in 1...4 where Int.random(in: 0..<3, using: &random) > 0 {
        let status = ["present", "til_stede", "fravær", "delvis"].randomElement(using: &random)
        rows.append([
          "P\(session)", "F100\(person)", "Rad æ\(rows.count)Å", status ?? "present",
          String(Int.random(in: 0...90, using: &random)),
        ])
      }
    }
    return rows
  }

  /// The row as the recorder wrote it first.
  private static func first(
    _ row: [String], _ delimiter: Delimiter, _ random: inout Seeded
  ) -> String {
    var cells = row
    switch Int.random(in: 0..<12, using: &random) {
    case 0: cells[3] = "presnt"
    case 1: cells[0] = "X9"
    case 2: cells[4] = "en time"
    case 3: cells.removeLast()
    case 4: cells = Array(cells.prefix(3))
    case 5: cells.append("for mye")
    case 6: cells += ["a", "b", "c"]
    case 7: cells[1] = "F\"1001"
    case 8: cells[0] = "\"P"
    case 9: cells[1] = "F9999"
    default: break
    }
    return cells.joined(separator: delimiter.rawValue)
  }

  private static func encoded(_ text: String, _ encoding: TextEncoding, mark: Bool) -> [UInt8] {
    let choice = EncodingChoice(encoding: encoding, hasMark: mark, reason: "")
    return TextEncoder.mark(choice) + TextEncoder(encoding: encoding).encode(Array(text.utf8))
  }

  private static func decoded(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> String {
    let decoder = TextDecoder(MemorySupply(bytes), file: "x", encoding: encoding)
    var text: [UInt8] = []
    while try decoder.append(to: &text) {}
    return String(decoding: text, as: UTF8.self)
  }

  @Test(arguments: 0..<80)
  func `mended with the right values, everything ends recorded once`(seed: UInt64) throws {
    var random = Seeded(seed)
    let rows = RejectsTests.right(&random)
    let delimiter = Delimiter.allCases.randomElement(using: &random) ?? .comma
    let encoding = TextEncoding.allCases.randomElement(using: &random) ?? .utf8
    let hasMark = Bool.random(using: &random)
    let separator = delimiter.rawValue
    let lines = rows.map { RejectsTests.first($0, delimiter, &random) }
    let text = ([RejectsTests.header.joined(separator: separator)] + lines)
      .map { $0 + "\r\n" }.joined()

    let folder = try Folder()
    let scene = RejectsTests.scene()
    let options = IngestOptions(encoding: encoding)
    let file = try folder.write("a.csv", RejectsTests.encoded(text, encoding, mark: hasMark))
    let report = try scene.ingest("attendance", file: file, options: options)
    #expect(report.isBalanced)
    guard report.rejected > 0 else {
      #expect(report.new == rows.count)
      return
    }
    #expect(report.rejectsFile == "\(folder.path)/a.rejected.csv")
    let given = try RejectsTests.decoded(try folder.read("a.rejected.csv"), encoding)
    let back = given.split(separator: "\r\n").map(String.init)
    let plain = (RejectsTests.header + ["error_code", "error"]).joined(separator: separator)
    let hasSurplus = given.contains("the column 'error_surplus'")
    #expect(back.first == (hasSurplus ? plain + separator + "error_surplus" : plain))

    // What a person does: writes the right values and leaves the reasons, or takes them out.
    let keepsReasons = Bool.random(using: &random)
    var mended = [back[0]]
    for line in back.dropFirst() {
      let row = try #require(rows.first { line.contains($0[2]) }, "\(line)")
      let cells = line.components(of: separator)
      let code = cells.lastIndex { $0.hasPrefix("VD") }
      // In a row that fell short the reasons stand in their own columns all the same.
      if let code, cells[code] == "VD211" { #expect(code >= row.count) }
      // What stood beside the table is taken out.
      let reasons = code.map { start in
        line.contains("'error_surplus'") ? [cells[start], ""] : Array(cells[start...])
      }
      mended.append(
        (row + (keepsReasons ? reasons ?? [] : [])).joined(separator: separator))
    }
    let again = mended.map { $0 + "\r\n" }.joined()
    let second = try folder.write(
      "a.rejected.csv", RejectsTests.encoded(again, encoding, mark: hasMark))
    let rest = try scene.ingest("attendance", file: second, options: options)
    #expect(rest.rejected == 0, "\(rest.diagnostics.map(\.rendered))")
    #expect(rest.new == mended.count - 1)

    let fresh = RejectsTests.scene()
    let whole = rows.map { $0.joined(separator: ";") + "\n" }.joined()
    _ = try fresh.send("attendance", "session;person_id;navn;status;minutes\n" + whole)
    #expect(scene.log.stored == fresh.log.stored)
  }

  @Test func `what was mended and not sent yet is not overwritten`() throws {
    let folder = try Folder()
    let scene = Scene()
    let text = "session;person_id;status\r\nS1;F1001;presnt\r\n"
    let file = try folder.write("a.csv", Array(text.utf8))
    let options = IngestOptions()
    _ = try scene.ingest("attendance", file: file, options: options)
    let again = try scene.ingest("attendance", file: file, options: options)
    #expect(again.rejectsFile == "\(folder.path)/a.rejected.csv", "the same rows, the same file")
    let mended = Array("session;person_id;status\r\nS1;F1001;present\r\n".utf8)
    _ = try folder.write("a.rejected.csv", mended)
    let third = try scene.ingest("attendance", file: file, options: options)
    #expect(third.rejectsFile == "\(folder.path)/a.rejected-2.csv")
    #expect(try folder.read("a.rejected.csv") == mended)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["a.csv", "a.rejected-2.csv", "a.rejected.csv"])
  }

  @Test func `a row rejected twice carries its reasons once`() throws {
    let folder = try Folder()
    let scene = Scene()
    let text =
      "session;person_id;status\r\nS1;F1001\r\nS1;F1002;present;4\r\nS1;\"F1003\"x;absent\r\n"
    let file = try folder.write("a.csv", Array(text.utf8))
    _ = try scene.ingest("attendance", file: file, options: IngestOptions())
    let first = try folder.read("a.rejected.csv")
    let lines = String(decoding: first, as: UTF8.self).split(separator: "\r\n")
    let beginnings = [
      "session;person_id;status;error_code;error;error_surplus",
      "S1;F1001;;VD211;the row has 2 cells, the header 3 (",
      "S1;F1002;present;VD211;\"the row has 4 cells, the header 3 (",
      "S1;\"F1003\"x;absent;VD210;a quote in the middle of a cell (",
    ]
    #expect(lines.count == beginnings.count && lines[2].hasSuffix("\";4"))
    for (line, beginning) in zip(lines, beginnings) { #expect(line.hasPrefix(beginning)) }
    let report = try scene.ingest(
      "attendance", file: "\(folder.path)/a.rejected.csv", options: IngestOptions())
    #expect(report.rejected == 3)
    let second = String(decoding: try folder.read("a.rejected-2.csv"), as: UTF8.self)
    for line in second.split(separator: "\r\n").dropFirst() {
      #expect(line.components(of: ";VD").count == 2, "\(line)")
    }
  }
}

extension StringProtocol {
  fileprivate func components(of separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
  }
}
