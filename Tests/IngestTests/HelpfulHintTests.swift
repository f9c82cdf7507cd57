import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// What is said to somebody who has made a mistake must be something they can do.
@Suite("Hints that can be followed")
struct HelpfulHintTests {
  // MARK: Words

  @Test(arguments: ["for sent", "forsent", "Sent", "forsinket"])
  func `late in Norwegian is late`(word: String) throws {
    let scene = Scene()
    #expect(
      try scene.send("attendance", "session;person_id;status\nS1;F1001;\(word)\n").new == 1)
    #expect(scene.log.bodies[0].contains(#""status":"late""#))
  }

  @Test(arguments: ["foreseen", "present!!!", "fravikende"])
  func `a word is not guessed at across languages`(word: String) {
    let hint = word.utf8.withContiguousStorageIfAvailable { bytes -> String? in
      guard case .wrong(_, let hint) = AttendanceKind.statuses.read(CellText(bytes)) else {
        return nil
      }
      return hint
    }
    #expect(hint??.hasPrefix("one of ") == true)
  }

  @Test func `a misspelling is told, and words of both languages are listed`() {
    let hints = [
      SessionKind.statuses.read("hodlt"), SessionKind.statuses.read("avlys"),
      SessionKind.statuses.read("x"),
    ].map { reading in if case .wrong(_, let hint) = reading { hint ?? "" } else { "" } }
    let list = "one of planned ('planlagt'), held ('holdt'), cancelled ('avlyst')"
    #expect(hints == ["did you mean 'holdt'? " + list, "did you mean 'avlyst'? " + list, list])
  }

  // MARK: What separates cells

  private let quoted = "\"session\";\"person_id\";\"status\"\n\"S1\";\"F1001\";\"present\"\n"

  @Test(arguments: [Delimiter.comma, .tab])
  func `a delimiter that is not the file's is told, quotes or none`(asked: Delimiter) throws {
    for text in [quoted, quoted.replacing("\"", with: "")] {
      let error = try #require(throws: InputError.self) {
        try Scene().send(
          "attendance", text, options: IngestOptions(delimiter: asked, rejects: .nowhere))
      }
      #expect(error.diagnostics.map(\.code) == ["VD225"])
      #expect(error.diagnostics[0].hint == "leave --delimiter out, or say --delimiter semicolon")
    }
  }

  @Test func `also with a binding, and only where it explains anything`() throws {
    let folder = try Folder()
    let yaml = "tool: table\nkind: outreach\ncolumns: {group: G, term: T, requests: R}\n"
    func found(_ text: String, _ asked: Delimiter) throws -> [String] {
      let file = try folder.write("in.csv", Array(text.utf8))
      return codes {
        _ = try Scene().runner(IngestOptions(delimiter: asked, rejects: .nowhere))
          .ingest(try Binding(yaml: yaml, file: "b.yaml"), file: file)
      }
    }
    #expect(try found("\"G\";\"T\";\"R\"\nTST-1;2025V;3\n", .comma) == ["VD225"])
    #expect(try found("G;T;R\nTST-1;2025V;3\n", .semicolon) == [])
    #expect(try found("G;T;Q\nTST-1;2025V;3\n", .semicolon) == ["VD233", "VD234"])
    #expect(try found("\"G\"x;T;R\nTST-1;2025V;3\n", .semicolon) == ["VD210"])
  }

  // MARK: The programme of rows that do not say

  @Test func `the programme can be named once for all rows`() throws {
    let scene = Scene()
    let options = IngestOptions(rejects: .nowhere, programme: "TST")
    let hours = "person_id;term;spent\nF1001;2025V;7,5\n"
    #expect(try scene.send("hours", hours, options: options).new == 1)
    #expect(scene.log.bodies[0].hasPrefix(#"{"programme":"TST","#))
    let consents =
      "person_id;programme;document_version;purposes;given_on\nF1001;;v1;log;2025-01-15\n"
    #expect(try scene.send("consents", consents, options: options).new == 1)
    #expect(codes { _ = try scene.send("hours", hours) } == ["VD214"])

    let arguments = ["person_id=F1002", "term=2025V", "spent=7"].enumerated()
      .compactMap { RecordArgument($1, number: $0 + 1) }
    #expect(try scene.runner(options).record(HoursKind(), arguments).new == 1)
  }

  @Test func `a programme nobody knows is told before anything is read`() throws {
    let error = try #require(throws: InputError.self) {
      try Scene().send(
        "logs", "person_id;round;on;words\nF1001;1;2025-02-01;9\n",
        options: IngestOptions(rejects: .nowhere, programme: "TTS"))
    }
    #expect(error.diagnostics.map(\.code) == ["VD409"])
    #expect(error.diagnostics[0].hint == "did you mean 'TST'?")
  }

  // MARK: What a correction says

  private func corrected(_ kind: String, _ before: String, _ after: String) throws -> [String] {
    let scene = Scene()
    _ = try scene.send(kind, before)
    return try scene.send(kind, after).corrections.map(\.description)
  }

  @Test func `codes of what was learned are shown, and what may be a name is not`() throws {
    let header = "person_id;group;round;on;words;learning_codes\n"
    let told = try corrected(
      "logs", header + "F1001;TST-1;1;2025-02-01;9;L1 L3\n",
      header + "F1001;TST-1;1;2025-02-01;9;L1|Nordmannsen\n")
    #expect(told == ["line 2 (1): learning_codes L1 L3 → L1 •••"])
  }

  @Test func `learning codes may have bars between them`() throws {
    let scene = Scene()
    _ = try scene.send(
      "logs", "person_id;group;round;on;words;learning_codes\nF1001;TST-1;1;2025-02-01;9;L1|L2\n")
    #expect(scene.log.bodies[0].contains(#""learning_codes":["L1","L2"]"#))
  }

  @Test func `another observer is said to be another`() throws {
    let header = "cycle;group;step;on;observed;observer\n"
    func row(_ observer: String) -> String {
      header + "C1;TST-1;observation;2025-03-04;F1001;\(observer)\n"
    }
    #expect(
      try corrected("observations", row("F1002"), row("F1003"))[0].hasSuffix(
        ": observer somebody → somebody else"))
    #expect(
      try corrected("observations", row(""), row("F1003"))[0].hasSuffix(
        ": observer empty → somebody"))
    #expect(
      try corrected("observations", row("F1002"), row(""))[0].hasSuffix(
        ": observer somebody → empty"))
  }

  private func record(_ scene: Scene, _ kind: any RecordKind, _ arguments: String...) throws
    -> IngestReport
  {
    scene.log.startRun()
    return try scene.runner(IngestOptions(rejects: .nowhere)).record(
      kind, arguments.enumerated().compactMap { RecordArgument($1, number: $0 + 1) })
  }

  @Test func `a record by hand says which record it corrects`() throws {
    let scene = Scene()
    let kind = SessionKind()
    _ = try record(
      scene, kind, "session=W-3", "group=TST-1", "planned_on=2025-02-11", "status=planned")
    let report = try record(
      scene, kind, "session=W-3", "group=TST-1", "planned_on=2025-02-12", "status=planned")
    #expect(report.corrections.map(\.description) == ["(W-3): planned_on 2025-02-11 → 2025-02-12"])
  }

  @Test func `a key that was left out can be said to be empty, as the hint says`() throws {
    let scene = Scene()
    let kind = SessionKind()
    let same = ["session=W-7", "group=TST-1", "planned_on=2025-02-11"]
    _ = try record(
      scene, kind, same[0], same[1], same[2], "status=held", "held_on=2025-02-11", "minutes=60")
    let report = try record(
      scene, kind, same[0], same[1], same[2], "status=cancelled", "cancel_reason=illness")
    #expect(report.diagnostics.map(\.code) == ["VD242", "VD242"])
    #expect(
      report.diagnostics.compactMap(\.hint).sorted() == [
        "give 'held_on' its value again; if it has none any more, say so: held_on=",
        "give 'minutes' its value again; if it has none any more, say so: minutes=",
      ])
    _ = try record(
      scene, kind, same[0], same[1], same[2], "status=held", "held_on=2025-02-11", "minutes=60")
    let again = try record(
      scene, kind, same[0], same[1], same[2], "status=cancelled", "cancel_reason=illness",
      "held_on=", "minutes=")
    #expect(again.corrected == 1 && again.diagnostics.isEmpty)
  }

  @Test func `a guest is said by a key where there are keys`() throws {
    var scene = Scene()
    scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-2","session":"S9","status":"held","held_on":"2025-02-12"}"#)
    let report = try record(
      scene, AttendanceKind(), "session=S9", "person_id=F1001", "status=present")
    #expect(report.diagnostics.map(\.code) == ["VD415"])
    #expect(report.diagnostics.first?.hint?.hasSuffix("say that it is a guest: guest=yes") == true)
  }

  // MARK: Lines of JSON

  @Test func `of a line of JSON the member is shown that is wrong`() throws {
    let folder = try Folder()
    let line = #"{"session":"S1","person_id":"F1001","status":"presnt","minutes":60}"#
    let file = try folder.write("a.ndjson", Array((line + "\n").utf8))
    let report = try Scene().ingest("attendance", file: file)
    #expect(report.diagnostics.map(\.excerpt) == [#""status": "presnt""#])
    #expect(report.diagnostics.map(\.caret) == [11])
    let named = try folder.write(
      "b.ndjson", Array(#"{"session":"S1","person_id":"F9999","status":"present"}"#.utf8))
    #expect(
      try Scene().ingest("attendance", file: named).diagnostics.map(\.excerpt) == [
        #""person_id": "F9•••""#
      ])
  }
}
