import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Drafts of bindings for files as researchers have them")
struct DraftTests {
  private let head = "$submission_id;$created;"

  private func form(_ columns: String, _ rows: String...) -> String {
    ([head + columns] + rows.enumerated().map { "\($0);2025-01-25T08:00:00+01:00;\($1)" })
      .joined(separator: "\n") + "\n"
  }

  @Test func `codes of people and what they wrote stay in the file`() throws {
    let text = form(
      "Din kode;rolle;Kommentar;X", "P01;l;hei;P01", "P02;l;x;P02", "P01;t;-x;P03", "P03;t;nei;P04")
    let draft = try Exports().draft("t.csv", text)
    for word in ["P01", "P02", "P04", "hei", "-x"] { #expect(!draft.contains(word), "\(word)") }
    #expect(draft.contains("subject: {column: \"Din kode\", identifier: person_id}"))
    #expect(draft.contains("map: {l: NUMBER, t: NUMBER}"))
    #expect(draft.contains("drop:\n  - Kommentar\n#"))
    #expect(draft.contains("unsure:\n  - X\n"))
  }

  @Test func `a code only one row has may be that person's`() throws {
    let draft = try Exports().draft("t.csv", form("a", "k", "k", "q"))
    #expect(draft.contains("{column: a, map: {k: NUMBER, CODE: NUMBER}}"))
  }

  @Test func `two columns of one heading are told apart`() throws {
    let draft = try Exports().draft("t.csv", form("\"Har du\";\"Har du\"", "1;2"))
    #expect(draft.contains(": \"Har du\"") && draft.contains(": \"Har du (2)\""))
  }

  @Test func `an export with the questions' texts is one of LimeSurvey`() throws {
    let text = """
      "Response ID","Date submitted","Last page","Start language","Seed","Access code","Alone [a]"
      "1","2025-01-25 08:10:00","3","nb","1041","F1001","6"

      """
    let exports = try Exports()
    let draft = try exports.draft("full.csv", text)
    #expect(draft.contains("tool: limesurvey\n"))
    #expect(draft.contains("# subject: {column: \"Access code\", identifier: person_id}"))
    let yaml = draft.replacing("PROGRAMME", with: "TST").replacing(
      "instrument: pit", with: "instrument: peer"
    )
    .replacing("INSTRUMENT", with: "peer").replacing("WAVE", with: "W0")
    .replacing("ITEM_1", with: "iso_1").replacing("# subject", with: "subject")
    let report = try exports.ingest(yaml, "full.csv")
    #expect((report.new, report.matches) == (1, ["person_id": 1]))
  }

  @Test(arguments: [("limesurvey", "token"), ("qualtrics", "ExternalReference")])
  func `the tool's column of who answered is named`(tool: String, column: String) throws {
    let draft = try Binding.draft(for: "\(GoldenTests.folder)/\(tool)/good.csv")
    #expect(draft.contains("# subject: {column: \(column), identifier: person_id}"))
  }

  @Test func `the form whose columns are items is the one that is meant`() throws {
    let text = """
      record_id,redcap_event_name,phone,contact_complete,iso1,iso2,peer_complete
      P01,intake_arm_1,x,2,,,
      P01,intake_arm_1,,,5,8,2

      """
    let draft = try Exports().draft("r.csv", text)
    #expect(draft.contains("form: peer  # or contact\n"))
    #expect(draft.contains("iso_1: iso1\n"))
    #expect(draft.contains("  - phone\n  - contact_complete\n"))
  }

  @Test func `a statistics file with a person and a day is a survey`() throws {
    let exports = try Exports()
    let names = ["ansattnr", "dato", "q1", "q2", "q3"]
    let sample = FileSample(
      file: "s.sav", text: "", rows: [names, ["F1001", "2025-01-25", "1", "2", "3"]],
      register: exports.scene.register, variables: names.map { Variable(name: $0) })
    #expect(Tools.tool(of: sample)?.tool == "statistics")
    let log = ["ansattnr", "runde", "dato", "ord", "sted"]
    let logs = FileSample(
      file: "s.sav", text: "", rows: [log, ["F1001", "1", "2025-01-25", "90", "A"]],
      register: exports.scene.register, variables: log.map { Variable(name: $0) })
    #expect(Tools.tool(of: logs)?.tool == "table")
  }

  @Test func `one date beside people makes a list, and other columns with its marks are sessions`()
    throws
  {
    let text = "Vår;;;;\nNavn;Ansattnr;11.02.2025;Økt 2;Merknad\nA;F1;x;syk;hei\nB;F2;syk;x;nei\n"
    let draft = try Exports().draft("l.csv", text)
    #expect(draft.contains("tool: attendance-list\n"))
    #expect(draft.contains("  \"11.02.2025\": SESSION\n  \"Økt 2\": SESSION\n"))
    #expect(draft.contains("drop: [\"Merknad\"]"))
    #expect(try Exports().draft("t.csv", "A;11.02.2025;unit\n1;2;3\n").contains("tool: table"))
  }

  @Test func `statements are drafted with the objects they are about, and as what they say`()
    throws
  {
    func line(_ verb: String, _ id: String) -> String {
      #"{"actor":{"account":{"name":"F1001"}},"verb":{"id":"http://x.example/\#(verb)"},"#
        + #""object":{"id":"\#(id)"},"timestamp":"2025-02-12T10:00:00Z"}"#
    }
    let attended = try Exports().draft(
      "a.jsonl",
      [
        line("attended", "https://lrs.example.org/s/1"),
        line("viewed", "https://lrs.example.org/v"),
        line("attended", "mailto:a@example.org"),
      ].joined(separator: "\n"))
    #expect(attended.contains("sessions:\n  \"https://lrs.example.org/s/1\": SESSION\n# Objects"))
    let enrolled = try Exports().draft(
      "e.jsonl", line("registered", "https://lrs.example.org/c/1") + "\n")
    #expect(enrolled.contains("kind: enrolments\n"))
    #expect(enrolled.contains("groups:\n  \"https://lrs.example.org/c/1\": GROUP\n"))
    #expect(try Binding(yaml: enrolled, file: "e.yaml").kind == "enrolments")
  }
}
