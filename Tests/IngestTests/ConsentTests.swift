import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Consents")
struct ConsentTests {
  private static let header =
    "person_id;programme;document_version;purposes;given_on;withdrawn_on;method\n"

  /// A programme that asks for consent to everything that can need one, and one person's consent.
  private func scene(_ consents: String...) throws -> Scene {
    var scene = Scene()
    scene.register.programmes["TST"]?.consent = [
      "responses": "survey", "logs": "log", "observations": "observation",
      "attendance": "attendance",
    ]
    let report = try scene.send(
      "consents", ConsentTests.header + consents.map { $0 + "\n" }.joined())
    try #require(report.rejected == 0)
    scene.learnSent()
    return scene
  }

  private func codes(_ scene: Scene, _ kind: String, _ text: String) throws -> [String] {
    try scene.send(kind, text).diagnostics.map(\.code)
  }

  @Test func `a consent is a record with its purposes, and withdrawn the same one`() throws {
    let scene = Scene()
    _ = try scene.send(
      "consents",
      "ansattnr;program;samtykkeskjema;formål;gitt;trukket;måte\n"
        + "F1001;TST;2025-1;Logg, spørreskjema;2025-01-15;;papir\n")
    let given = scene.log.drafts[0]
    #expect(given.type == "consent_given")
    #expect(
      scene.log.bodies == [
        #"{"programme":"TST","document_version":"2025-1","purposes":["survey","log"],"given_on":"2025-01-15","method":"paper","match":"person_id"}"#
      ])
    let report = try scene.send(
      "consents", ConsentTests.header + "F1001;TST;2025-1;survey log;2025-01-15;2025-05-01;papir\n")
    #expect(report.corrected == 1)
    #expect(scene.log.drafts[0].type == "consent_withdrawn")
    #expect(scene.log.drafts[0].naturalKey == given.naturalKey)
    #expect(
      scene.log.drafts[0].occurredAt
        == EventDraft.midnight(try #require(CivilDate("2025-05-01"))))
  }

  @Test func `a withdrawal before it was given, and a purpose nobody knows`() throws {
    let report = try Scene().send(
      "consents",
      ConsentTests.header + "F1001;TST;2025-1;survey;2025-01-15;2025-01-14;\n"
        + "F1001;TST;2025-1;surveys chess;2025-01-15;;\n")
    #expect(report.diagnostics.map(\.code) == ["VD418", "VD308", "VD308"])
    #expect(report.rejected == 2)
  }

  @Test(arguments: [
    ("attendance", "session;person_id;status\nS1;F1001;present\n"),
    ("logs", "person_id;group;round;on;words\nF1001;TST-1;1;2025-05-20;9\n"),
    ("responses", "response;instrument;person_id;on;pit_1\nR1;pit;F1001;2025-01-25;3\n"),
    ("observations", "cycle;group;step;on;observed\nC1;TST-1;feedback;2025-03-03;F1001\n"),
  ])
  func `a kind that needs one is turned down without it`(kind: String, text: String) throws {
    #expect(try codes(scene(), kind, text) == ["VD431"])
    let all = "F1001;TST;2025-1;attendance survey log observation;2025-01-15;;"
    #expect(try codes(scene(all), kind, text) == [])
    let others = "F1002;TST;2025-1;attendance survey log observation;2025-01-15;;"
    #expect(try codes(scene(others), kind, text) == ["VD431"])
    // Nothing is needed where the programme does not say so.
    #expect(try codes(Scene(), kind, text) == [])
  }

  @Test func `anonymous answers need none`() throws {
    let text = "response;instrument;wave;pit_1\nR1;pit;W0;3\n"
    #expect(try codes(scene(), "responses", text) == [])
  }

  @Test func `observer and observed must both have agreed`() throws {
    let scene = try scene("F1001;TST;2025-1;observation;2025-01-15;;")
    let report = try scene.send(
      "observations",
      "cycle;group;step;on;observed;observer\nC1;TST-1;feedback;2025-03-03;F1001;F1002\n")
    #expect(report.diagnostics.map(\.code) == ["VD431"])
    #expect(report.diagnostics[0].column == 36)
  }

  @Test func `a consent holds from its day to its withdrawal, and again when given anew`() throws {
    let scene = try scene(
      "F1001;TST;2025-1;log;2025-03-01;2025-04-01;", "F1001;TST;2025-2;log;2025-06-01;;")
    let row = { (day: String) in "person_id;group;round;on;words\nF1001;TST-1;1;\(day);9\n" }
    for day in ["2025-03-01", "2025-03-31", "2025-06-01"] {
      #expect(try codes(scene, "logs", row(day)) == [], "\(day)")
    }
    for day in ["2025-02-28", "2025-04-01", "2025-05-31"] {
      #expect(try codes(scene, "logs", row(day)) == ["VD431"], "\(day)")
    }
  }

  @Test func `a part can be withdrawn, and what has no day needs one that was not`() throws {
    let scene = try scene(
      "F1001;TST;2025-1;survey log;2025-01-15;;", "F1001;TST;2025-1;survey;2025-01-15;2025-05-01;")
    let log = "person_id;group;round;on;words\nF1001;TST-1;1;2025-05-20;9\n"
    #expect(try codes(scene, "logs", log) == [])
    let undated = "response;instrument;wave;person_id;pit_1\nR1;pit;W0;F1001;3\n"
    #expect(try codes(scene, "responses", undated) == ["VD431"])
  }

  @Test func `a consent is its person's under every id`() throws {
    var scene = try scene("F1002;TST;2025-1;log;2025-01-15;;")
    let log = "person_id;group;round;on;words\nF1001;TST-1;1;2025-05-20;9\n"
    #expect(try codes(scene, "logs", log) == ["VD431"])
    scene.merge(1, into: 2)
    #expect(try codes(scene, "logs", log) == [])
  }
}
