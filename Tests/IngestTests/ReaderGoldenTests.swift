import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Files that are no delimited text and exactly what is said about them.
///
/// `make-fixtures.py` beside them writes the binary ones. With VARDE_WRITE_GOLDEN set the
/// expectations are written anew; look at the difference.
@Suite("What is said about workbooks, statistics files and lines of JSON")
struct ReaderGoldenTests {
  static let cases: [String] = ["xlsx", "statistics", "ndjson"].flatMap { folder in
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: "\(GoldenTests.folder)/\(folder)")
    return (files ?? []).filter { name in ![".expected", ".draft"].contains(where: name.hasSuffix) }
      .sorted().map { "\(folder)/\($0)" }
  }

  @Test func `there are cases`() {
    #expect(ReaderGoldenTests.cases.count >= 12)
  }

  @Test(arguments: cases)
  func `the cells and the diagnostics are the expected ones`(name: String) throws {
    let said = try told(name)
    let expectation = "\(GoldenTests.folder)/\(name).expected"
    if ProcessInfo.processInfo.environment["VARDE_WRITE_GOLDEN"] != nil {
      try Data(said.utf8).write(to: URL(filePath: expectation))
    }
    let expected = String(
      decoding: try Data(contentsOf: URL(filePath: expectation)), as: UTF8.self)
    #expect(said == expected)
  }

  /// The rows as they were read, and what a run says of them.
  private func told(_ name: String) throws -> String {
    let file = "\(GoldenTests.folder)/\(name)"
    var lines: [String] = []
    do {
      let input = try OpenedInput(file, IngestOptions())
      lines.append(input.reader.form ?? "no form")
      while try input.reader.next() {
        for row in input.reader.batch.rows {
          let text = String(decoding: input.reader.batch.raw(row), as: UTF8.self)
          let fault = row.fault.map { "  <- \($0.code.id)" } ?? ""
          lines.append("\(row.line)\t\(text)\(fault)")
        }
      }
      lines.append("")
      let kind = RecordKinds.all.map(\.name).first { name.split(separator: "/")[1].hasPrefix($0) }
      if let kind {
        let report = try Scene().ingest(kind, file: file)
        lines += report.diagnostics.map(\.rendered) + [report.summary]
      }
    } catch let error as InputError {
      lines += error.diagnostics.map(\.rendered)
    }
    return lines.joined(separator: "\n").replacing("\(GoldenTests.folder)/", with: "") + "\n"
  }
}
