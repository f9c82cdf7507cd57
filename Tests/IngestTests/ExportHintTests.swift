import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("What is said of tools' codes, and what to do")
struct ExportHintTests {
  private func redcap(_ event: String) throws -> IngestReport {
    try Exports().ingest(
      """
      tool: redcap
      kind: responses
      programme: TST
      instrument: peer
      zone: Europe/Oslo
      waves: {column: redcap_event_name, map: {intake_arm_1: W0}}
      items: {iso_1: iso1}

      """, "r.csv", "record_id,redcap_event_name,iso1,peer_complete\n1,\(event),5,2\n")
  }

  @Test func `an event that no wave was given to is named`() throws {
    let said = try redcap("discharge_arm_2").said("VD330")
    #expect(said.first?.contains("'redcap_event_name': 'discharge_arm_2' is none of") == true)
    #expect(said.first?.contains("hint: add it to the 'map:' of 'waves:'") == true)
    for name in ["Kari Nordmann", "kari_arm_", "kari_arm_x", "Kari_arm_1"] {
      let text = try redcap(name).text()
      #expect(!text.contains(name), "\(name)")
    }
  }

  @Test func `a unit nobody mapped is named by its id, and a person's number is not`() throws {
    func said(_ unit: String) throws -> String {
      try Exports().ingest(
        """
        tool: dhis2
        kind: sessions
        zone: UTC
        columns:
          session: event
          group: {column: orgUnit, map: {oRgUnItHUM1: TST-1}}
          held_on: occurredAt
          status: {value: held}

        """, "e.json",
        #"{"events":[{"event":"e1","programStage":"s","status":"COMPLETED","orgUnit":"\#(unit)","occurredAt":"2025-02-11"}]}"#
      ).text()
    }
    #expect(try said("UnKnownOU01").contains("what 'UnKnownOU01' means"))
    #expect(try !said("01017012345").contains("01017012345"))
    #expect(try !said("Nordmannsen").contains("Nordmannsen"))
  }

  @Test func `a list's mark is named if it is a sign, with the key it belongs under`() throws {
    let yaml = """
      tool: attendance-list
      kind: attendance
      columns: {person_id: Ansattnr}
      sessions: {12.02.2025: S1}
      status: {x: present}

      """
    let said = try Exports(Scene()).ingest(
      yaml, "l.csv", "Ansattnr;12.02.2025\nF1001;F\nF1002;Kari\n"
    ).said("VD345")
    #expect(said[0].contains("what 'F' means") && said[0].contains("to 'status:'"))
    #expect(!said[1].contains("Kari"))
  }

  @Test(arguments: ["sv&aelig;rt liten", "sv&#230;rt liten", "sv&#xE6;rt liten", "svært liten"])
  func `letters written as web pages have them are letters`(cell: String) throws {
    let yaml = """
      tool: nettskjema
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      items: {iso_1: {column: "Jeg st&aring;r", map: {svært liten: 1}}, iso_2: "A&B"}

      """
    let exports = try Exports()
    let report = try exports.ingest(
      yaml, "n.csv",
      "$submission_id;$created;\"Jeg står\";\"A&amp;B\"\n1;2025-01-25T08:00:00+01:00;\"\(cell)\";2\n"
    )
    #expect(report.new == 1, "\(report.text())")
    #expect(exports.scene.log.bodies.first?.contains(#""iso_1":{"v":1"#) == true)
  }

  @Test(arguments: [
    ("a & b; c", "a & b; c"), ("&", "&"), ("&bogus;", "&bogus;"), ("&#0;", "&#0;"),
    ("&lt;b&gt;", "<b>"), ("&amp;aelig;", "&aelig;"), ("&#x110000;", "&#x110000;"),
  ])
  func `what is no reference stays`(text: String, read: String) {
    #expect(HTMLText.decoded(text) == read)
  }

  // MARK: Guests

  @Test func `how somebody is said to be a guest depends on the file`() throws {
    let statement =
      #"{"actor":{"mbox":"mailto:p1@example.org"},"verb":{"id":"http://x.example/attended"},"#
      + #""object":{"id":"a"},"timestamp":"2025-02-12T10:00:00Z"}"#
    var exports = try Exports(Scene())
    exports.scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-2","session":"T2","status":"held","held_on":"2025-02-12","minutes":60}"#
    )
    let said = try exports.ingest(
      "tool: xapi\nkind: attendance\nsessions: {a: T2}\n", "a.jsonl", statement + "\n"
    ).said("VD415")
    #expect(said.count == 1 && !said[0].contains("visitors"))
    #expect(said[0].contains("in a file of our own template"))
    let list = try exports.ingest(
      """
      tool: attendance-list
      kind: attendance
      columns: {person_id: a, guest: g}
      sessions: {12.02.2025: T2}
      status: {x: present}

      """, "l.csv", "a;g;12.02.2025\nF1001;;x\n"
    ).said("VD415")
    #expect(list.first?.contains("guest = yes in the row") == true)
  }

  // MARK: Days

  @Test func `one column of days is the planned day of a session that was cancelled`() throws {
    let yaml = """
      tool: table
      kind: sessions
      columns:
        session: Kode
        group: {value: TST-1}
        held_on: Dato
        planned_on: Dato
        status: {column: Status, map: {gjennomført: held, avlyst: cancelled}}

      """
    let exports = try Exports(Scene())
    let report = try exports.ingest(
      yaml, "t.csv", "Kode;Dato;Status\nA1;11.02.2025;gjennomført\nA2;18.02.2025;avlyst\n")
    #expect(report.new == 2, "\(report.text())")
    let bodies = exports.scene.log.bodies
    #expect(bodies[0].contains(#""held_on":"2025-02-11""#))
    #expect(bodies[1].contains(#""planned_on":"2025-02-18""#) && !bodies[1].contains("held_on"))
    let two = yaml.replacing("held_on: Dato", with: "held_on: Holdt")
    let contradiction = try exports.ingest(
      two, "u.csv", "Kode;Dato;Status;Holdt\nA3;18.02.2025;avlyst;18.02.2025\n")
    #expect(contradiction.said("VD418").count == 1)
  }

  @Test(arguments: [(12, 0), (14, 1), (25, 1)])
  func `statements of another day than the session are told`(
    day: Int, warned: Int
  ) throws {
    let lines = (1...2).map { person in
      #"{"actor":{"mbox":"mailto:p\#(person)@example.org"},"verb":{"id":"http://x.example/attended"},"#
        + #""object":{"id":"a"},"timestamp":"2025-02-\#(day)T10:00:00Z"}"#
    }
    let report = try Exports(Scene()).ingest(
      "tool: xapi\nkind: attendance\nsessions: {a: S1}\n", "a.jsonl",
      lines.joined(separator: "\n") + "\n")
    #expect(report.said("VD294").count == warned)
    #expect(report.new == 2)
  }

  @Test func `a day that may be read in two ways is not given one of them`() throws {
    let text = """
      Full Name\tUser Action\tTimestamp
      Åse Prøvesen\tJoined\t11/3/25, 1:00:00 PM
      Åse Prøvesen\tLeft\t11/3/25, 2:00:00 PM

      """
    let exports = try Exports(Scene())
    let said = try exports.check("tool: teams\nkind: attendance\nsession: S1\n", "t.csv", text)
    #expect(said.count == 1 && said[0].contains("VD295"))
    #expect(said.first?.contains("is of '11/3/25', read either way, at least 27 days from") == true)
    let clear = try exports.check(
      "tool: teams\nkind: attendance\nsession: S1\n", "u.csv",
      text.replacing("11/3/25", with: "11/23/25"))
    #expect(clear.first?.contains("is of 2025-11-23, 284 days from") == true)
  }
}
