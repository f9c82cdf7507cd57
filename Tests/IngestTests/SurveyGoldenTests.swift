import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Files of survey tools, good and bad, and exactly what is recorded and said of them.
///
/// `Golden/TOOL/CASE.csv` (or another ending) is read with `CASE.binding.yaml`, or else with the
/// folder's `binding.yaml`; `CASE.expected` has the events, what was said, and the summary.
@Suite("Survey tools, file by file")
struct SurveyGoldenTests {
  struct Case: CustomTestStringConvertible {
    var tool: String
    var name: String
    var testDescription: String { "\(tool)/\(name)" }
  }

  static let tools = [
    "nettskjema", "nettskjema-answers", "limesurvey", "limesurvey-vv", "qualtrics", "redcap",
  ]

  static let cases: [Case] = tools.flatMap { tool in
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(GoldenTests.folder)/\(tool)")) ?? [])
      .filter { name in
        [".csv", ".txt", ".ndjson", ".json"].contains { name.hasSuffix($0) }
          && !["dictionary", "elements"].contains { name.hasPrefix($0) }
      }
      .sorted().map { Case(tool: tool, name: $0) }
  }

  @Test(arguments: tools)
  func `every tool has good files and bad ones`(tool: String) {
    #expect(SurveyGoldenTests.cases.count { $0.tool == tool } >= 2)
  }

  @Test(arguments: cases)
  func `what is recorded and said is what is expected`(test: Case) throws {
    let folder = "\(GoldenTests.folder)/\(test.tool)"
    let stem = String(test.name[..<(test.name.lastIndex(of: ".") ?? test.name.endIndex)])
    let own = "\(folder)/\(stem).binding.yaml"
    let hasOwn = FileManager.default.fileExists(atPath: own)
    let said = told(hasOwn ? own : "\(folder)/binding.yaml", "\(folder)/\(test.name)")
      .replacing("\(folder)/", with: "")
    let expectation = "\(folder)/\(stem).expected"
    if ProcessInfo.processInfo.environment["VARDE_WRITE_GOLDEN"] != nil {
      try Data(said.utf8).write(to: URL(filePath: expectation))
    }
    let expected = String(
      decoding: try Data(contentsOf: URL(filePath: expectation)), as: UTF8.self)
    #expect(said == expected)
  }

  private func told(_ binding: String, _ file: String) -> String {
    var lines: [String] = []
    do {
      let scene = Scene.survey()
      let report = try scene.runner(IngestOptions(rejects: .nowhere)).ingest(
        try Binding(file: binding), file: file)
      lines = scene.log.drafts.map(event) + report.diagnostics.map(\.rendered)
      for (reason, count) in report.excluded.sorted(by: { $0.key < $1.key }) {
        lines.append("left out: \(count) \(reason)")
      }
      lines.append(report.summary)
    } catch let error as InputError {
      lines = error.diagnostics.map(\.rendered)
    } catch {
      lines = ["\(error)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whom, when, what.
  private func event(_ draft: EventDraft) -> String {
    let person = draft.subject.map { "\($0)".suffix(2) } ?? "--"
    let time = Date(timeIntervalSince1970: Double(draft.occurredAt / 1_000_000))
    let key = (draft.naturalKey ?? "").replacing("\u{1F}", with: "|")
    return "\(person) \(time.ISO8601Format()) \(draft.precision) \(key)\n"
      + "   \(String(decoding: draft.body, as: UTF8.self))"
  }
}

extension Scene {
  /// A programme with an instrument that has an item of every sort.
  static func survey() -> Scene {
    var scene = Scene()
    scene.learn(
      "instrument_published",
      """
      {"programme":"TST","instrument":"peer","version":1,"items":[\
      {"item":"iso_1","min":1,"max":7,"not_relevant":8},\
      {"item":"iso_2","min":1,"max":7,"not_relevant":8},\
      {"item":"role","min":1,"max":3},\
      {"item":"th_teaching","min":0,"max":1},{"item":"th_assessment","min":0,"max":1}]}
      """)
    for (wave, from, to) in [("W0", -30, 21), ("W1", 50, 300)] {
      scene.learn(
        "wave_defined",
        #"{"programme":"TST","wave":"\#(wave)","from_day":\#(from),"to_day":\#(to)}"#)
    }
    return scene
  }
}
