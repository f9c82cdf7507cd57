import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Bindings that are drafted, and those the documentation shows.
@Suite("Bindings drafted and documented")
struct BindingDraftTests {
  private static let files = [
    "nettskjema/good.csv", "nettskjema/anonymous.csv", "nettskjema-answers/good.ndjson",
    "limesurvey/good.csv", "limesurvey/code-and-text.csv", "limesurvey-vv/good.csv",
    "qualtrics/good.csv", "qualtrics/legacy.csv", "redcap/good.csv",
    "statistics/responses-codes.sav", "statistics/codes-for-no-answer.sav",
    "statistics/codes-for-no-answer.dta", "statistics/code-that-is-both.sav",
  ]

  /// `Golden/TOOL/CASE.draft` is the draft for `CASE.csv`, `CASE.dta.draft` that for `CASE.dta`.
  @Test(arguments: files)
  func `a draft names every column and can be read`(file: String) throws {
    let path = "\(GoldenTests.folder)/\(file)"
    let draft = try Binding.draft(for: path, register: Scene.survey().register)
      .replacing("\(GoldenTests.folder)/", with: "")
    let stem = path[..<(path.lastIndex(of: ".") ?? path.endIndex)]
    let expectation = "\(path.hasSuffix(".dta") ? path[...] : stem).draft"
    if ProcessInfo.processInfo.environment["VARDE_WRITE_GOLDEN"] != nil {
      try Data(draft.utf8).write(to: URL(filePath: expectation))
    }
    #expect(
      draft == String(decoding: try Data(contentsOf: URL(filePath: expectation)), as: UTF8.self))
    let binding = try Binding(
      yaml: draft.replacing(": NUMBER", with: ": 0"), file: "draft.yaml")
    #expect(binding.kind == "responses")
  }

  @Test func `a draft needs nothing recorded`() throws {
    let draft = try Binding.draft(for: "\(GoldenTests.folder)/nettskjema/good.csv")
    #expect(draft.contains("programme: PROGRAMME\n"))
    #expect(draft.contains("ITEM_1: isol.1"))
  }

  @Test func `a draft says its version, and which survey it is where ids do not`() throws {
    let folder = try Folder()
    let text =
      "\"id\",\"submitdate\",\"lastpage\",\"pit_1\"\n\"1\",\"2025-02-10 10:00:00\",\"2\",\"3\"\n"
    func draft(_ name: String) throws -> String {
      try Binding.draft(
        for: try folder.write(name, Array(text.utf8)), register: Scene.survey().register)
    }
    let named = try draft("results-survey123456.csv")
    #expect(named.contains("\nsurvey: \"123456\"  # "))
    #expect(named.contains("\nversion: \"1\"\n"))
    #expect(try Binding(yaml: named, file: "d.yaml").kind == "responses")
    for name in ["export.csv", "survey 2025-11-04.csv", "survey12345-67890.csv"] {
      #expect(try draft(name).contains("\n# survey: NAME  # "), "\(name)")
    }
  }

  @Test func `a draft does not repeat what may be about a person`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "s.csv",
      Array(
        ("$submission_id;$created;hvem;q1\n1;2025-01-25T08:00:00+01:00;Prøvesen;A1\n"
          + "2;2025-01-25T08:00:00+01:00;Eksempelsen;A1\n").utf8))
    let draft = try Binding.draft(for: file)
    #expect(!draft.contains("Prøvesen"))
    #expect(draft.contains("unsure:\n  - hvem\n"))
    #expect(draft.contains("{column: q1, map: {A1: 1}}"))
  }

  @Test func `a drafted column is either mapped or dropped`() throws {
    // Only what is in capitals is left to put right.
    let scene = Scene.survey()
    for file in ["nettskjema/good.csv", "qualtrics/good.csv", "limesurvey-vv/good.csv"] {
      let path = "\(GoldenTests.folder)/\(file)"
      let draft = try Binding.draft(for: path).replacing("PROGRAMME", with: "TST")
        .replacing("INSTRUMENT", with: "many").replacing("WAVE", with: "W0")
        .replacing(": NUMBER", with: ": 0").droppingUnsure
      let items = try SurveyDraftItems(draft)
      var known = scene
      known.learn(
        "instrument_published",
        #"{"programme":"TST","instrument":"many","version":1,"items":[\#(items.json)]}"#)
      let check = BindingCheck(
        register: known.register, sessions: KnownSessions(entries: [:]), people: known.vault,
        zones: OsloTime())
      let warnings = try check.check(
        try Binding(yaml: draft, file: "d.yaml"), file: path, options: IngestOptions())
      #expect(warnings.isEmpty)
    }
  }

  @Test func `a file of no tool is told so`() throws {
    let folder = try Folder()
    for text in ["a;b\n1;2\n", "", "{\"a\": 1}\n", "\u{0}\u{1}", "%PDF-1.7", "PK\u{3}\u{4}"] {
      let file = try folder.write("x.csv", Array(text.utf8))
      #expect(throws: InputError.self) { try Binding.draft(for: file) }
    }
  }

  // MARK: Tables

  /// Two days in a row make no list of attendance where a row above names the columns.
  @Test(arguments: [
    (
      "Møteplan;;;;;\n\nMøte;Gruppe;Planlagt;Status;Holdt;Merknad\nA;TST-1;2025-02-04;holdt;2025-02-04;x\n",
      "sessions"
    ),
    ("Møte;Gruppe;Planlagt;Status;Holdt;Notat\nA;TST-1;04.02.2025;holdt;04.02.2025;\n", "sessions"),
    ("Ansattnr;Enhet;Gruppe;Fra;Til;Notat\nF1;HUM;TST-1;15.01.2025;30.06.2025;\n", "enrolments"),
  ])
  func `headings that name a kind win over days below them`(text: String, kind: String) throws {
    let draft = try self.draft(text)
    #expect(draft.contains("tool: table\nkind: \(kind)\n"), "\(draft)")
  }

  @Test func `days among the headings are sessions still`() throws {
    let draft = try self.draft("Liste;;;\nAnsattnr;Navn;04.02.2025;11.02.2025\nF1;En, Test;x;\n")
    #expect(draft.contains("tool: attendance-list\n") && draft.contains("header: 2\n"))
  }

  private func draft(_ text: String, _ name: String = "t.csv") throws -> String {
    let folder = try Folder()
    return try Binding.draft(
      for: try folder.write(name, Array(text.utf8)), register: Scene().register)
  }

  @Test func `a list of people is not taken for enrolments without more to go by`() throws {
    let draft = try draft("Navn;E-post;Rom\nÅse Prøvesen;p1@example.org;A\n")
    #expect(draft.contains("# UNSURE"))
    #expect(draft.contains("kind: attendance\n"))
    #expect(draft.contains("  session: HEADING  # required"))
    #expect(draft.contains("drop: [\"Rom\"]\n"))
    #expect(!draft.contains("Prøvesen"))
    _ = try Binding(yaml: draft, file: "d.yaml")
  }

  @Test func `several headings say what the rows of a table are`() throws {
    let enrolments = try draft("Ansattnr;Navn;Gruppe;Enhet;Fra;Rom\nF1;A;TST-1;HUM;2025-01-01;A\n")
    #expect(enrolments.contains("kind: enrolments\n"))
    let sessions = try draft("Vår 2025;;\nsession;gruppe;Sted\nS1;TST-1;A\n")
    #expect(sessions.contains("kind: sessions\n"))
    #expect(sessions.contains("header: 2\n"))
    for draft in [enrolments, sessions] {
      #expect(!draft.contains("UNSURE"))
      _ = try Binding(yaml: draft, file: "d.yaml")
    }
  }

  @Test func `a workbook is drafted from like a text`() throws {
    let draft = try Binding.draft(
      for: "\(GoldenTests.folder)/xlsx/attendance-columns.xlsx", register: Scene().register)
    #expect(draft.contains("tool: table\nkind: attendance\n"))
  }

  @Test func `a report of Teams is known in any language and behind its title`() throws {
    for name in ["report-norwegian.csv", "resaved-by-excel.csv", "joins-and-leaves.csv"] {
      let draft = try Binding.draft(for: "\(GoldenTests.folder)/teams/\(name)")
      #expect(draft.contains("tool: teams\n"), "\(name)")
    }
    // A table with a duration is no report.
    #expect(try draft("Navn;Varighet\nA;60\n").contains("tool: table\n"))
  }

  @Test func `every example of the documentation can be read`() throws {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = String(
      decoding: try Data(contentsOf: root.appending(path: "Docs/bindings.md")), as: UTF8.self)
    let examples = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }.filter { $0.hasPrefix("tool:") }
    for example in examples { _ = try Binding(yaml: example, file: "Docs/bindings.md") }
    for tool in SurveyGoldenTests.tools {
      #expect(examples.contains { $0.hasPrefix("tool: \(tool)\n") }, "\(tool) has no example")
    }
  }
}

extension String {
  /// A draft with the columns it is not sure of among those that are dropped.
  fileprivate var droppingUnsure: String {
    guard contains("unsure:") else { return self }
    return replacing("drop: []", with: "drop:").split(separator: "\n")
      .filter { !["# UNSURE", "# then", "unsure:"].contains(where: $0.hasPrefix) }
      .joined(separator: "\n")
  }
}

/// The items a draft names, as an instrument that has them all.
private struct SurveyDraftItems {
  let json: String

  init(_ draft: String) throws {
    var reader = try BindingReader(yaml: draft, file: "d.yaml")
    json = BoundQuestion.all(&reader).flatMap(\.items)
      .map { #"{"item":"\#($0.text)","min":0,"max":10}"# }.joined(separator: ",")
  }
}
