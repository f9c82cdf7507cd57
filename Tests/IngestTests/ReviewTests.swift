import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("What newcomers ran into")
struct ReviewTests {
  @Test func `places in a long text are those one would count`() {
    var random = Seeded(12)
    let letters = Array("aé\n{\"漢".utf8)
    var text: [UInt8] = []
    while text.count < 20_000 { text += [letters.randomElement(using: &random) ?? 0x0A] }
    let places = TextPlaces(text, line: 7)
    for _ in 0..<200 {
      let offset = Int.random(in: 0...text.count, using: &random)
      let before = text[..<offset]
      let line = 7 + before.count { $0 == 0x0A }
      let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
      #expect(places.place(of: offset) == SourcePosition(line: line, column: column))
    }
  }

  @Test func `a document of very many values is refused`() {
    let text = "[" + String(repeating: "1,", count: 600_000) + "1]"
    #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test(arguments: [
    ("'kari@example.org' is no date", "'•••' is no date"),
    ("S1;01019012345;x", "S1;•••;x"),
    ("session 'TST-1-2025-02-11' of 2025-03-06T13:30:00", nil),
  ])
  func `addresses and identity numbers are hidden wherever they stand`(
    text: String, hidden: String?
  ) {
    #expect(maskedContacts(text) == hidden ?? text)
  }

  @Test func `cells in the wrong column tell nobody's address`() throws {
    let report = try Scene().send(
      "attendance", "session;person_id;status\nkari@example.org;F1001;01019012345\n")
    #expect(report.rejected == 1)
    let kept = try report.json()
    #expect(!kept.contains("kari@"))
    #expect(!kept.contains("01019012345"))
  }

  @Test func `two surveys that both count from one do not overwrite each other`() throws {
    let scene = Scene.survey()
    let folder = try Folder()
    let file = try folder.write(
      "a.csv", Array("id,submitdate,Q1\n1,2025-01-25 08:10:00,3\n".utf8))
    for survey in ["one", "two"] {
      let binding = try Binding(
        yaml: """
          tool: limesurvey
          kind: responses
          programme: TST
          instrument: peer
          wave: W0
          survey: \(survey)
          zone: Europe/Oslo
          columns: {Q1: iso_1}
          """, file: "b.yaml")
      scene.log.startRun()
      let report = try scene.runner(IngestOptions(rejects: .nowhere)).ingest(binding, file: file)
      #expect(report.summary.hasPrefix("read 1: 1 new"), "\(report.text())")
    }
    scene.log.startRun()
  }

  @Test func `a row where a header should be is not shown`() throws {
    let scene = Scene()
    let folder = try Folder()
    let file = try folder.write("a.csv", Array("Kari Testnes;present\nS1;x\n".utf8))
    let binding = try Binding(
      yaml: "tool: table\nkind: attendance\ncolumns: {session: Oppmøte, status: Status}\n",
      file: "b.yaml")
    let error = #expect(throws: InputError.self) {
      try scene.runner(IngestOptions(rejects: .nowhere)).ingest(binding, file: file)
    }
    #expect(error?.diagnostics.map(\.code) == ["VD275"])
    #expect(error?.diagnostics.contains { "\($0)".contains("Kari") } == false)
  }
}
