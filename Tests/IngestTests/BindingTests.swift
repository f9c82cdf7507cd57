import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Bindings")
struct BindingTests {
  private let form = """
    tool: nettskjema
    kind: responses
    programme: TST
    instrument: pit
    wave: W0
    subject: {column: deltaker, identifier: person_id}
    columns:
      q1: pit_1
      q2: pit_2
    drop: [kommentar]
    """

  private let survey = """
    "$submission_id";"$created";"deltaker";"q1";"q2";"kommentar";"$answer_time_ms"
    "9001";"2025-01-25T00:30:00+02:00";"F1001";"6.0";"8";"Lærte mye; særlig av ""gode eksempler""
    og av gruppa";"183000"
    "9002";"2025-01-26T23:30:00+02:00";"F1002";"";"9";"";"91000"

    """

  private func send(
    _ binding: String, _ bytes: [UInt8], _ scene: Scene = Scene(),
    options: IngestOptions = IngestOptions(rejects: .nowhere)
  ) throws -> IngestReport {
    let folder = try Folder()
    let file = try folder.write("in.csv", bytes)
    scene.log.startRun()
    return try scene.runner(options).ingest(
      Binding(yaml: binding, file: "b.yaml"), file: file)
  }

  private func codes(_ body: () throws -> IngestReport) -> [String] {
    do {
      _ = try body()
      return []
    } catch let error as InputError {
      return error.diagnostics.map { "\($0.code)@\($0.line ?? 0)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `Nettskjema's report becomes responses with their instant`() throws {
    let scene = Scene()
    let report = try send(form, Array(survey.utf8), scene)
    #expect(report.summary == "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    #expect(report.diagnostics.map(\.place).first?.hasSuffix("in.csv:4:47") == true)
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","instrument":"pit","version":"1","response":"9001","wave":"W0","on":"2025-01-25","answers":{"pit_1":{"v":6,"s":"answered"},"pit_2":{"v":8,"s":"not_relevant"}},"match":"person_id"}"#
      ])
    #expect(scene.log.drafts[0].precision == .instant)
    #expect(scene.log.drafts[0].subject == MemoryVault.subject(1))
    let empty = try send(form, Array(survey.replacing("\"9\"", with: "\"\"").utf8), scene)
    #expect(empty.new == 1)
    #expect(scene.log.bodies[1].contains(#""pit_1":{"s":"unknown"}"#))
  }

  @Test func `a column neither mapped nor dropped is an error, and so is one that is not there`() {
    #expect(
      codes { try send(form.replacing("drop: [kommentar]", with: ""), Array(survey.utf8)) }
        == ["VD234@1"])
    #expect(
      codes { try send(form.replacing("q2: pit_2", with: "q3: pit_2"), Array(survey.utf8)) }
        == ["VD233@1", "VD234@1"])
  }

  @Test func `a binding's mistakes have a place in the binding`() {
    let bytes = Array(survey.utf8)
    #expect(
      codes { try send(form.replacing("q1: pit_1", with: "q1: pit_9"), bytes) } == ["VD235@8"])
    #expect(codes { try send(form.replacing("wave: W0", with: "wave: W7"), bytes) } == ["VD235@5"])
    #expect(codes { try send(form + "\nextra: 1", bytes) } == ["VD232@11"])
    #expect(
      codes { try send(form.replacing("tool: nettskjema", with: "tool: x"), bytes) } == ["VD232@1"])
    #expect(codes { try send("tool: [", bytes) }.first?.hasPrefix("VD231") == true)
    #expect(codes { try send("- a", bytes) }.first?.hasPrefix("VD231") == true)
  }

  @Test(arguments: [
    ("kind: responses\ntool: [a, b\nwave: W0\n", "b.yaml:3:5", "wave: W0"),
    ("tool: table\n\tkind: hours\n", "b.yaml:2:1", "\tkind: hours"),
    ("tool: table\nkind: hours\ntool: zoom\n", "b.yaml:3:1", "tool: zoom"),
    ("tool: table\ndrop: {a: 1, a: 2}\n", "b.yaml:2:", "drop: {a: 1, a: 2}"),
    ("tool: ta\u{1}ble\n", "b.yaml:1:9", "tool: ta\u{1}ble"),
    ("- a\n", "b.yaml:1:1", "- a"),
  ])
  func `a binding that is no YAML shows the line`(yaml: String, place: String, line: String) throws
  {
    let error = #expect(throws: InputError.self) { try Binding(yaml: yaml, file: "b.yaml") }
    let found = try #require(error?.diagnostics.first)
    #expect(found.code == "VD231" && error?.diagnostics.count == 1)
    #expect(found.place.hasPrefix(place) && found.excerpt == line)
    #expect(found.hint?.isEmpty == false)
  }

  @Test func `an empty binding is told so`() {
    let error = #expect(throws: InputError.self) { try Binding(yaml: "# later\n", file: "b.yaml") }
    #expect(error?.diagnostics.map(\.message) == ["'b.yaml' is empty"])
  }

  private let meeting = """
    1. Sammendrag
    Møtetittel\tTST-1
    Deltakere\t4

    2. Deltakere
    Navn\tFørst inn\tSist ut\tVarighet i møtet\tE-post\tDeltaker-ID (UPN)\tRolle
    Åse Prøvesen\t2/12/25, 1:00:11 PM\t2/12/25, 2:02:02 PM\t1h 1m 51s\tP1@example.org\tp1@example.org\tArrangør
    Demodal, Øyvind\t2/12/25, 1:10:00 PM\t2/12/25, 1:50:00 PM\t40m 0s\t\t\tDeltaker
    Kari Testnes\t2/12/25, 1:05:00 PM\t2/12/25, 1:07:30 PM\t2m 30s\tp3@example.org\t\tDeltaker
    Ukjent Person\t2/12/25, 1:05:00 PM\t2/12/25, 1:07:30 PM\t2m 30s\tuk@example.org\t\tDeltaker
    Besøk Utefra (Ekstern)\t2/12/25, 1:05:00 PM\t2/12/25, 1:07:30 PM\t2m 30s\t\t\tDeltaker
    Kari Testnes\t2/12/25, 1:05:00 PM\t2/12/25, 1:07:30 PM\t??\tp4@example.org\t\tDeltaker

    3. Aktiviteter
    Navn\tInn\tUt\tVarighet\tE-post\tRolle
    Demodal, Øyvind\t2/12/25, 1:10:00 PM\t2/12/25, 1:30:00 PM\t20m 0s\t\tDeltaker
    Demodal, Øyvind\t2/12/25, 1:20:00 PM\t2/12/25, 1:35:30 PM\t15m 30s\t\tDeltaker

    """

  private let teams = "tool: teams\nkind: attendance\nsession: S1\npresence: {minutes: 10}\n"

  private func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE]
      + text.replacing("\n", with: "\r\n").utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  }

  @Test func `a Teams report becomes attendance`() throws {
    let scene = Scene()
    let report = try send(teams, utf16(meeting), scene)
    #expect(report.encoding?.encoding == .utf16LittleEndian)
    #expect(report.externalGuests == 1)
    #expect(report.summary == "read 5: 4 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
    let told = scene.log.bodies.map { body in
      let members = JSONMembers(Array(body.utf8))
      return ["status", "minutes", "match"].map { members.text($0) ?? "-" }.joined(separator: " ")
    }
    #expect(
      told == ["present 61 email", "present 25 name", "absent 2 email", "unknown - email"])
    #expect(report.diagnostics.map(\.code) == ["VD311", "VD401"])
    #expect(report.diagnostics.map(\.line) == [12, 10])
    #expect(!(try report.json()).contains("Ukjent Person"))
  }

  @Test func `rejected people of a Teams report can be mended and sent again`() throws {
    let folder = try Folder()
    let scene = Scene()
    let file = try folder.write("m.csv", utf16(meeting))
    let binding = try Binding(yaml: teams, file: "b.yaml")
    let report = try scene.runner(IngestOptions()).ingest(binding, file: file)
    #expect(report.rejectsFile != nil)
    let rejected = try folder.read("m.rejected.csv")
    let text = String(
      decoding: stride(from: 2, to: rejected.count, by: 2).map {
        UInt16(rejected[$0]) | UInt16(rejected[$0 + 1]) << 8
      }, as: UTF16.self)
    let mended = try folder.write(
      "m2.csv",
      utf16(text.replacing("\r\n", with: "\n").replacing("uk@example.org", with: "P4@example.org")))
    scene.log.startRun()
    let again = try scene.runner(IngestOptions()).ingest(binding, file: mended)
    // It is the one whose duration nobody can read: together that stays unknown.
    #expect(again.summary == "read 4: 0 new, 0 corrected, 4 unchanged, 0 duplicate, 0 rejected")
  }

  @Test func `a file without participants, or a session nobody knows, is refused`() {
    #expect(codes { try send(teams, Array("a,b\n1,2\n".utf8)) } == ["VD240@0"])
    #expect(
      codes { try send(teams.replacing("S1", with: "S7"), utf16(meeting)) } == ["VD235@3"])
  }
}
