import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Bindings that only look as if they were well")
struct ExportCheckTests {
  private func survey(_ rest: String, tool: String = "nettskjema") -> String {
    "tool: \(tool)\nkind: responses\nprogramme: TST\ninstrument: peer\nwave: W0\n\(rest)\n"
  }

  // MARK: Answers of Nettskjema

  private static let golden = "\(GoldenTests.folder)/nettskjema-answers"

  /// A copy of the good answers, with the elements beside them.
  private func answers(_ exports: Exports, _ change: (String) -> String = { $0 }) throws -> String {
    let folder = ExportCheckTests.golden
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".json") {
      try FileManager.default.copyItem(
        atPath: "\(folder)/\(name)", toPath: "\(exports.folder.path)/\(name)")
    }
    let text = try String(contentsOfFile: "\(folder)/good.ndjson", encoding: .utf8)
    _ = try exports.path("a.ndjson", change(text))
    return try String(contentsOfFile: "\(folder)/binding.yaml", encoding: .utf8)
  }

  @Test func `a table is no file of answers`() throws {
    let exports = try Exports()
    let yaml = try answers(exports)
    #expect(try exports.check(yaml, "a.ndjson").isEmpty)
    let said = try exports.check(yaml, "a.csv", "$submission_id;$created;deltaker\n1;2;3\n")
    #expect(said.count == 1 && said[0].contains("VD289"))
    #expect(said.first?.contains("'tool: nettskjema'") == true)
  }

  @Test func `an element the description does not have is told before any row is recorded`() throws
  {
    let exports = try Exports()
    let yaml = try answers(exports) {
      $0.replacing("\"elementId\":", with: "\"elementId\":99")
    }
    let said = try exports.check(yaml, "a.ndjson")
    #expect(!said.isEmpty && said.allSatisfy { $0.contains("error[VD281]") })
  }

  // MARK: What a draft leaves open

  @Test func `a group nobody knows is told, in a table and for events`() throws {
    let exports = try Exports()
    let events = """
      tool: dhis2
      kind: sessions
      zone: UTC
      columns:
        session: event
        group: {column: orgUnit, map: {oRgUnItHUM1: GROUP}}
        held_on: occurredAt
        status: {value: held}

      """
    let said = try exports.check(events)
    #expect(said.count == 1 && said[0].contains("b.yaml:6:47: error[VD235]: group 'GROUP'"))
    let table = """
      tool: table
      kind: enrolments
      columns: {person_id: a, group: {value: GROUP}, unit: {value: UNIT}, joined: b}

      """
    #expect(try exports.check(table).count == 2)
    let right = table.replacing("GROUP", with: "TST-1").replacing("UNIT", with: "HUM")
    #expect(try exports.check(right).isEmpty)
  }

  @Test func `elements and objects a binding does not know are told without a run`() throws {
    let exports = try Exports()
    let events = """
      tool: dhis2
      kind: sessions
      zone: UTC
      columns: {session: event, group: {value: TST-1}, held_on: occurredAt, status: {value: held}}

      """
    let elements = try exports.check(events, "\(GoldenTests.folder)/dhis2/events.csv".tail(exports))
    #expect(elements.contains { $0.contains("data element 'dEmInUtEs01' is neither mapped") })
    let statement =
      #"{"actor":{"account":{"name":"F1001"}},"verb":{"id":"http://x.example/attended"},"#
      + #""object":{"id":"https://lrs.example.org/s/9"},"timestamp":"2025-02-12T10:00:00Z"}"#
    let objects = try exports.check(
      "tool: xapi\nkind: attendance\nsessions: {a: S1}\n", "a.jsonl", statement + "\n")
    #expect(objects.count == 1 && objects[0].contains("'https://lrs.example.org/s/9' is"))
  }

  // MARK: People

  @Test func `a name finds nobody who answered, so it is none of the identifiers`() throws {
    let exports = try Exports()
    let said = try exports.check(
      survey("subject: {column: navn, identifier: name}\nitems: {iso_1: a}"))
    #expect(said.count == 1 && said[0].contains("'identifier: name' would find nobody"))
    let draft = try exports.draft(
      "t.csv", "$submission_id;$created;deltaker;a\n1;2025-01-25T08:00:00+01:00;F1001;1\n")
    #expect(draft.contains("identifier: person_id}  # person_id or email\n"))
    let table = "tool: table\nkind: responses\ncolumns: {response: r, instrument: i, name: n}\n"
    #expect(try exports.check(table).first?.contains("responses has no column 'name'") == true)
  }

  @Test func `a box whose item is no box is told so`() throws {
    let said = try Exports().check(survey("items: {q: {checkboxes: {role: a, iso_1: b}}}"))
    #expect(said.count == 2)
    #expect(
      said.allSatisfy { $0.contains("VD272") && $0.contains("boxes and lists become 0 and 1") })
  }
}

extension String {
  /// The file copied into the folder of some exports, by its name there.
  fileprivate func tail(_ exports: Exports) throws -> String {
    let name = split(separator: "/").last.map(String.init) ?? self
    try FileManager.default.copyItem(atPath: self, toPath: "\(exports.folder.path)/\(name)")
    return name
  }
}
