import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Bad files and exactly what is said about them: `KIND-matter.csv` and `KIND-matter.expected`.
///
/// With VARDE_WRITE_GOLDEN set the expectations are written anew; look at the difference.
@Suite("What is said about bad files")
struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden").path

  static let cases: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".csv") }.sorted()

  @Test func `there are cases`() {
    #expect(GoldenTests.cases.count >= 20)
  }

  @Test(arguments: cases)
  func `the diagnostics are the expected ones`(name: String) throws {
    let kind = try #require(
      RecordKinds.all.map(\.name).filter { name.hasPrefix($0 + "-") }.first)
    let said = told(kind, name)
    let expectation = "\(GoldenTests.folder)/\(name.dropLast(4)).expected"
    if ProcessInfo.processInfo.environment["VARDE_WRITE_GOLDEN"] != nil {
      try Data(said.utf8).write(to: URL(filePath: expectation))
    }
    let expected = String(
      decoding: try Data(contentsOf: URL(filePath: expectation)), as: UTF8.self)
    #expect(said == expected)
  }

  private func told(_ kind: String, _ name: String) -> String {
    let file = "\(GoldenTests.folder)/\(name)"
    var lines: [String]
    do {
      let report = try Scene().ingest(kind, file: file)
      lines = report.diagnostics.map(\.rendered) + [report.summary]
    } catch let error as InputError {
      lines = error.diagnostics.map(\.rendered)
    } catch {
      lines = ["\(error)"]
    }
    return lines.joined(separator: "\n").replacing("\(GoldenTests.folder)/", with: "") + "\n"
  }

  @Test func `files that cannot be opened say why`() throws {
    let folder = try Folder()
    #expect(codes(of: "\(folder.path)/none.csv") == ["VD201"])
    #expect(codes(of: folder.path) == ["VD202"])
    let closed = try folder.write("closed.csv", [0x61])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
    // Root may read everything.
    if !FileManager.default.isReadableFile(atPath: closed) {
      #expect(codes(of: closed) == ["VD203"])
    }
  }

  private func codes(of file: String) -> [String] {
    do {
      _ = try Scene().ingest("attendance", file: file)
      return []
    } catch let error as InputError {
      return error.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }
}
