import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// What `varde binding check` finds before any row is read.
@Suite("Bindings held against what is known and against files")
struct BindingCheckTests {
  private func check(_ yaml: String, in folder: Folder, _ file: String? = nil) throws -> [String] {
    let scene = Scene.survey()
    let check = BindingCheck(
      register: scene.register, sessions: KnownSessions(entries: scene.register.sessions),
      people: scene.vault, zones: OsloTime())
    do {
      let binding = try Binding(yaml: yaml, file: "\(folder.path)/b.yaml")
      try check.check(binding)
      guard let file else { return [] }
      return try check.check(binding, file: file, options: IngestOptions())
        .map { "\($0.code) \($0.message)" }
    } catch let error as InputError {
      return error.diagnostics.map { "\($0.code) \($0.message); \($0.hint ?? "")" }
    }
  }

  private func survey(_ rest: String, tool: String = "nettskjema") -> String {
    "tool: \(tool)\nkind: responses\nprogramme: TST\ninstrument: peer\n\(rest)\n"
  }

  // MARK: Files of another tool

  private static let meeting = "kind: attendance\nsession: S1\n"
  private static let own: [String: String] = [
    "teams": "tool: teams\n\(meeting)", "zoom": "tool: zoom\n\(meeting)",
    "xapi": "tool: xapi\nkind: attendance\nsessions: {a: S1}\n",
    "dhis2": """
    tool: dhis2
    kind: sessions
    zone: UTC
    columns: {session: event, group: orgUnit, status: {value: held}}

    """,
  ]
  private static let files: [(tool: String, file: String)] = [
    ("teams", "teams/report-norwegian.csv"), ("zoom", "zoom/detail.csv"),
    ("xapi", "xapi/attendance.jsonl"), ("dhis2", "dhis2/events.csv"),
    ("dhis2", "dhis2/nested.json"), ("limesurvey", "limesurvey/good.csv"),
    ("nettskjema", "nettskjema/good.csv"), ("qualtrics", "qualtrics/good.csv"),
    ("nettskjema-answers", "nettskjema-answers/good.ndjson"), ("redcap", "redcap/good.csv"),
  ]

  @Test(arguments: ["teams", "zoom", "xapi", "dhis2"])
  func `a file of another tool is told, with the tool it looks like`(tool: String) throws {
    let folder = try Folder()
    for (other, file) in BindingCheckTests.files {
      let said = try check(
        try #require(BindingCheckTests.own[tool]), in: folder, "\(GoldenTests.folder)/\(file)")
      if other == tool {
        #expect(!said.contains { $0.hasPrefix("VD289") }, "\(file)")
      } else {
        #expect(said.count == 1, "\(file)")
        #expect(said.first?.hasPrefix("VD289") == true, "\(file)")
        #expect(said.first?.contains("looks like a file of '\(other)'") == true, "\(file)")
      }
    }
  }

  @Test func `a file of our own is told to need no binding`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "a.csv", Array("session;person_id;status\nS1;F1001;present\n".utf8))
    for tool in ["teams", "zoom", "xapi", "dhis2"] {
      let said = try check(try #require(BindingCheckTests.own[tool]), in: folder, file)
      #expect(said.first?.contains("Varde's own for attendance") == true, "\(tool)")
    }
  }

  @Test func `a survey's file is named when it is another tool's`() throws {
    let folder = try Folder()
    let said = try check(
      survey("wave: W0\nitems: {iso_1: q1}"), in: folder,
      "\(GoldenTests.folder)/qualtrics/good.csv")
    #expect(said.count == 1)
    #expect(said[0].hasPrefix("VD275"))
    #expect(said[0].contains("looks like a file of 'qualtrics'"))
  }

  // MARK: What needs no file

  @Test func `a wave of another instrument is none of this one`() throws {
    let folder = try Folder()
    // `W0` is there twice: for `pit` and for all.
    var scene = Scene.survey()
    scene.learn(
      "wave_defined",
      #"{"programme":"TST","wave":"P9","from_day":0,"to_day":1,"instrument":"pit"}"#)
    let check = BindingCheck(
      register: scene.register, sessions: KnownSessions(entries: [:]), people: scene.vault,
      zones: OsloTime())
    func codes(_ wave: String) -> [String] {
      do {
        try check.check(
          try Binding(
            yaml: survey("wave: \(wave)\nitems: {iso_1: q1}"), file: "\(folder.path)/b.yaml"))
        return []
      } catch let error as InputError {
        return error.diagnostics.map(\.code)
      } catch {
        return ["\(error)"]
      }
    }
    #expect(codes("W0") == [])
    #expect(codes("P9") == ["VD291"])
    #expect(codes("Q9") == ["VD235"])
  }

  @Test(arguments: [
    "items: {iso_1: q1, iso_2: Q1}",
    "items: {iso_1: q1, th: {checkboxes: {th_teaching: q1}}}",
    "items: {role: {one_hot: {1: q1, 2: q1}}}",
    "items: {iso_1: q1}\ndrop: [q1]",
  ])
  func `one column is used once`(items: String) throws {
    let said = try check(survey("wave: W0\n\(items)"), in: try Folder())
    #expect(said.map { String($0.prefix(5)) } == ["VD292"])
  }

  @Test func `one column by two of its names is one column`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "l.csv", Array("id,submitdate,Q1[SQ001]\n1,2025-01-25 08:00:00,3\n".utf8))
    let said = try check(
      survey(
        "wave: W0\nzone: UTC\nitems: {iso_1: \"Q1[SQ001]\", iso_2: Q1_SQ001}", tool: "limesurvey"),
      in: folder, file)
    #expect(said.map { String($0.prefix(5)) } == ["VD292"])
  }

  @Test func `one heading of a table is one item`() throws {
    let said = try check(
      """
      tool: table
      kind: responses
      columns: {response: R, instrument: {value: pit}, pit_1: A, pit_2: A}
      """, in: try Folder())
    #expect(said.map { String($0.prefix(5)) } == ["VD292"])
  }

  @Test(arguments: [
    ("redcap", "wave: W0\ndictionary: none.csv\nitems: {iso_1: q1}"),
    ("nettskjema-answers", "wave: W0\nzone: UTC\nelements: none.json\nitems: {iso_1: q1}"),
  ])
  func `a companion that is not there is told without a file of data`(
    tool: String, rest: String
  ) throws {
    let said = try check(survey(rest, tool: tool), in: try Folder())
    #expect(said.count == 1)
    #expect(said[0].hasPrefix("VD293 there is no file"))
  }

  @Test func `other reports of a meeting have to be there`() throws {
    let said = try check(
      "tool: teams\n\(BindingCheckTests.meeting)parts: [none.csv]\n", in: try Folder())
    #expect(said.map { String($0.prefix(5)) } == ["VD293"])
  }

  @Test func `columns the form does not have are told without a file of data`() throws {
    let folder = try Folder()
    let elements = try Data(
      contentsOf: URL(filePath: "\(GoldenTests.folder)/nettskjema-answers/elements.json"))
    _ = try folder.write("elements.json", Array(elements))
    let said = try check(
      survey(
        "wave: W0\nzone: UTC\nelements: elements.json\nitems: {iso_1: isol.1, iso_2: isol.3}",
        tool: "nettskjema-answers"), in: folder)
    #expect(said.count == 1)
    #expect(said[0].hasPrefix("VD277 the form has no column 'isol.3'"))
  }

  @Test func `a zone nobody knows is told without a file of data`() throws {
    let said = try check(
      survey("wave: W0\nzone: Europe/Osl\nitems: {iso_1: q1}"), in: try Folder())
    #expect(said.map { String($0.prefix(5)) } == ["VD270"])
  }
}
