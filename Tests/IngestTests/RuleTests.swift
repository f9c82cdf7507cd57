import Events
import Testing

@testable import Ingest

/// One rule across records and a file that breaks it, or just does not.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let rule: String
  let kind: String
  let text: String
  let codes: [String]
  let counts: String

  var testDescription: String { rule }

  init(_ rule: String, _ kind: String, _ text: String, _ codes: [String], _ counts: String) {
    self.rule = rule
    self.kind = kind
    self.text = text
    self.codes = codes
    self.counts = counts
  }
}

@Suite("Rules across records")
struct RuleTests {
  static let rejected = "read 1: 0 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected"
  static let new = "read 1: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected"

  static let cases = [
    RuleCase(
      "an unknown person", "attendance", "session;person_id;status\nS1;F9;present\n", ["VD401"],
      rejected),
    RuleCase(
      "an unknown group", "sessions",
      "session;group;planned_on;status\nX;TST-9;2025-03-04;planned\n",
      ["VD407"], rejected),
    RuleCase(
      "an item of another instrument", "responses",
      "response;instrument;wave;pit_1;o_1\nR1;pit;W0;3;3\n", ["VD411"], rejected),
    RuleCase(
      "a value off its scale", "responses",
      "response;instrument;wave;pit_1\nR1;pit;W0;9\n", ["VD310"], rejected),
    RuleCase(
      "not relevant is on no scale and fine", "responses",
      "response;instrument;wave;pit_1\nR1;pit;W0;8\n", [], new),
    RuleCase(
      "a session before the group's life", "sessions",
      "session;group;planned_on;status\nX;TST-1;2025-01-14;planned\n", ["VD413"], rejected),
    RuleCase(
      "a session on the group's first day", "sessions",
      "session;group;planned_on;status\nX;TST-1;2025-01-15;planned\n", [], new),
    RuleCase(
      "a session after the group's life", "sessions",
      "session;group;planned_on;status;held_on\nX;TST-1;2026-06-29;held;2026-06-30\n", ["VD413"],
      rejected),
    RuleCase(
      "a session on the last day of the group's life", "sessions",
      "session;group;planned_on;status;held_on\nX;TST-1;2026-06-29;held;2026-06-29\n", [], new),
    RuleCase(
      "attendance of a non-member", "attendance",
      "session;person_id;status\nT1;F1001;present\n", ["VD415"], rejected),
    RuleCase(
      "attendance of a guest, if it is said", "attendance",
      "session;person_id;status;guest\nT1;F1001;present;ja\n", [], new),
    RuleCase(
      "attendance of a member before joining", "attendance",
      "session;person_id;status\nS0;F1001;present\n", ["VD415"], rejected),
    RuleCase(
      "the same row twice", "attendance",
      "session;person_id;email;status\nS1;F1001;;present\nS1;;p1@example.org;present\n", [],
      "read 2: 1 new, 0 corrected, 0 unchanged, 1 duplicate, 0 rejected"),
    RuleCase(
      "the same key with other content", "attendance",
      "session;person_id;status\nS1;F1001;present\nS1;F1001;absent\n", ["VD421"],
      "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected"),
    RuleCase(
      "an answer outside its wave", "responses",
      "response;instrument;wave;person_id;on;pit_1\nR1;pit;W0;F1001;2025-06-01;3\n", ["VD423"],
      new),
    RuleCase(
      "a record that needs a consent there is none of", "logs",
      "person_id;group;round;on;words\nF1001;TST-1;1;2025-05-20;9\n", ["VD431"], rejected),
    RuleCase(
      "everything wrong with a row is told, and the row counted once", "attendance",
      "session;person_id;status;minutes\nS9;F9;present?;many\n",
      ["VD408", "VD401", "VD308", "VD305"], rejected),
    RuleCase(
      "the address of somebody known under another id", "enrolments",
      "person_id;email;unit;group;joined\nF2001;P1@example.org;HUM;TST-1;2025-02-01\n", ["VD430"],
      rejected),
    RuleCase(
      "one address for two new people", "enrolments",
      "person_id;email;unit;group;joined\nF2001;felles@example.org;HUM;TST-1;2025-02-01\n"
        + "F2002;felles@example.org;HUM;TST-1;2025-02-01\n", ["VD430"],
      "read 2: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected"),
    RuleCase(
      "a known person's new address", "enrolments",
      "person_id;email;unit;group;joined\nF1001;ny@example.org;HUM;TST-1;2025-01-20\n", [], new),
  ]

  @Test(arguments: cases)
  func `are told with their code`(rule: RuleCase) throws {
    var scene = Scene()
    scene.learn(
      "instrument_published",
      #"{"programme":"TST","instrument":"other","version":1,"items":[{"item":"o_1","min":1,"max":7}]}"#
    )
    for (session, group, day) in [("T1", "TST-2", "2025-02-12"), ("S0", "TST-1", "2025-01-16")] {
      scene.learn(
        "session_recorded",
        #"{"programme":"TST","group":"\#(group)","session":"\#(session)","status":"held","held_on":"\#(day)"}"#
      )
    }
    scene.register.programmes["TST"]?.consent = ["logs": "log"]
    let report = try scene.send(rule.kind, rule.text)
    #expect(report.diagnostics.map(\.code) == rule.codes)
    #expect(report.summary == rule.counts)
  }

  @Test func `an item nobody knows is found in the header`() {
    let error = #expect(throws: InputError.self) {
      try Scene().send("responses", "response;instrument;pit_9\nR1;pit;3\n")
    }
    #expect(error?.diagnostics.map(\.code) == ["VD213"])
  }
}
