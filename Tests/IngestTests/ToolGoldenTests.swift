import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Files of tools, good ones and bad ones, and exactly what becomes of them: `Golden/TOOL/` holds
/// `NAME.csv` (or `.json`, `.jsonl`) and `NAME.expected`; the binding is `NAME.yaml` or, for all the
/// others, `binding.yaml`.
///
/// With VARDE_WRITE_GOLDEN set the expectations are written anew; look at the difference.
@Suite("What becomes of the files of meetings, trackers and tables")
struct ToolGoldenTests {
  static let tools = ["attendance-list", "dhis2", "table", "teams", "xapi", "zoom"]

  static let cases: [String] = tools.flatMap { tool in
    let folder = "\(GoldenTests.folder)/\(tool)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { name in
      [".csv", ".json", ".jsonl"].contains(where: name.hasSuffix) && !name.hasPrefix("part-")
    }.sorted().map { "\(tool)/\($0)" }
  }

  @Test(arguments: tools)
  func `every tool has files that are good and files that are not`(tool: String) {
    #expect(ToolGoldenTests.cases.filter { $0.hasPrefix(tool + "/") }.count >= 3)
  }

  @Test(arguments: cases)
  func `what is recorded and said is what was expected`(name: String) throws {
    let path = "\(GoldenTests.folder)/\(name)"
    let stem = path.prefix(upTo: try #require(path.lastIndex(of: ".")))
    let said = told(path, stem: String(stem))
    let expectation = "\(stem).expected"
    if ProcessInfo.processInfo.environment["VARDE_WRITE_GOLDEN"] != nil {
      try Data(said.utf8).write(to: URL(filePath: expectation))
    }
    let expected = String(
      decoding: try Data(contentsOf: URL(filePath: expectation)), as: UTF8.self)
    #expect(said == expected)
  }

  private func told(_ file: String, stem: String) -> String {
    let scene = Scene()
    var lines: [String]
    do {
      let own = "\(stem).yaml"
      let folder = file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)
      let binding = try Binding(
        file: FileManager.default.fileExists(atPath: own) ? own : "\(folder)/binding.yaml")
      let report = try scene.runner(IngestOptions(rejects: .nowhere)).ingest(binding, file: file)
      lines = report.diagnostics.map(\.rendered)
      lines += scene.log.drafts.map { draft in
        let who = (1...9).first { MemoryVault.subject($0) == draft.subject }
        return "person \(who.map(String.init) ?? "-") "
          + String(decoding: draft.body, as: UTF8.self)
      }
      lines += report.excluded.sorted { $0.key < $1.key }.map { "left out: \($0.value) \($0.key)" }
      if report.externalGuests > 0 { lines.append("external guests: \(report.externalGuests)") }
      lines.append(report.summary)
    } catch let error as InputError {
      lines = error.diagnostics.map(\.rendered)
    } catch {
      lines = ["\(error)"]
    }
    return lines.joined(separator: "\n").replacing("\(GoldenTests.folder)/", with: "") + "\n"
  }
}
