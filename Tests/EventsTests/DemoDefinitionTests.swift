import Events
import FoundationEssentials
import Testing

@Suite struct DemoDefinitionTests {
  static func definition(_ name: String) throws -> ProgrammeDefinition {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Scripts/demo-data/\(name)")
    return try ProgrammeDefinition(yaml: [UInt8](Data(contentsOf: file)), file: name)
  }

  static func body(_ key: String, of definition: ProgrammeDefinition) throws -> String {
    let draft = try #require(definition.events().first { $0.naturalKey == key })
    return String(decoding: draft.body, as: UTF8.self)
  }

  @Test func `the demo programme becomes one event for each element`() throws {
    let events = try Self.definition("tst.yaml").events()
    #expect(
      Dictionary(grouping: events, by: \.type).mapValues(\.count) == [
        "programme_registered": 1, "unit_registered": 7, "group_formed": 4,
        "instrument_published": 1, "wave_defined": 3, "target_set": 4,
      ])
    #expect(Set(events.map(\.naturalKey)).count == events.count)
    #expect(events.allSatisfy { $0.subject == nil && $0.precision == .day })
    for event in events {
      #expect(throws: Never.self) {
        try JSONDecoder().decode(Anything.self, from: Data(event.body))
      }
    }
  }

  @Test func `bodies have the keys of the vocabulary in its order`() throws {
    let tst = try Self.definition("tst.yaml")
    #expect(
      try Self.body("programme:TST", of: tst)
        == #"{"programme":"TST","title_nb":"Kollegastøtteteam","title_en":"Teacher support teams","#
        + #""models":["tst"],"purpose":"Formative only: the teams and the programme learn from "#
        + #"these figures. They are not used to assess, rank or reward anybody.","#
        + #""formative_only":true,"starts_on":"2025-01-15","ends_on":"2026-07-31","#
        + #""terms":[{"code":"V","from":"01-01","to":"07-31"},"#
        + #"{"code":"H","from":"08-01","to":"12-31"}],"holiday_months":[7],"#
        + #""time_zone":"Europe/Oslo"}"#)
    #expect(
      try Self.body("unit:HUM-SPR", of: tst)
        == #"{"unit":"HUM-SPR","kind":"department","name_nb":"Institutt for språk og tekst","#
        + #""name_en":"Department of Language and Text","parent":"HUM","valid_from":"2019-01-01"}"#)
    #expect(
      try Self.body("group:TST-1", of: tst)
        == #"{"programme":"TST","group":"TST-1","kind":"team","name_nb":"Team 1 (humaniora)","#
        + #""name_en":"Team 1 (humanities)","unit":"HUM","formed_on":"2025-01-20","#
        + #""sessions_min":1,"sessions_max":2,"minutes_min":45,"minutes_max":60,"#
        + #""size_min":5,"size_max":7}"#)
    #expect(
      try Self.body("wave:TST/W0", of: tst)
        == #"{"programme":"TST","wave":"W0","from_day":-30,"to_day":21,"instrument":"teach7","#
        + #""invited":24}"#)
    #expect(
      try Self.body("target:TST/attendance_rate/2025V", of: tst)
        == #"{"programme":"TST","indicator":"attendance_rate","period":"2025V","value":0.8,"#
        + #""rationale":"The teams themselves set four of five as what a team of six can bear."}"#)
    let instrument = try Self.body("instrument:TST/teach7@1", of: tst)
    #expect(instrument.hasPrefix(#"{"programme":"TST","instrument":"teach7","version":1,"#))
    #expect(
      instrument.contains(
        #"{"item":"gain_2","text_nb":"Jeg er trygg i rollen som underviser.","#
          + #""text_en":"I feel confident in my role as a teacher.","min":1,"max":7,"#
          + #""not_relevant":8,"labels":{"1":{"nb":"i svært liten grad","#))
    #expect(
      instrument.hasSuffix(
        #"{"scale":"lead2","title_nb":"Støtte fra leder","title_en":"Support from the leader","#
          + #""items":["lead_1","lead_2"],"reversed":[],"min_valid":1}]}"#))
  }

  @Test func `an event happened on the day its element begins`() throws {
    let events = try Self.definition("tst.yaml").events()
    let group = try #require(events.first { $0.naturalKey == "group:TST-4" })
    let formed = try #require(CivilDate("2025-01-27"))
    #expect(group.occurredAt == EventDraft.midnight(formed))
  }

  @Test func `a programme may leave out all that it does not plan`() throws {
    let opm = try Self.definition("opm.yaml")
    #expect(opm.calendar == .norwegian)
    #expect(opm.events().count == 7)
    #expect(
      try Self.body("group:OPM-1", of: opm)
        == #"{"programme":"OPM","group":"OPM-1","kind":"pair","name_nb":"Par 1","#
        + #""name_en":"Pair 1","formed_on":"2025-02-03","minutes_min":45,"minutes_max":90,"#
        + #""size_min":2,"size_max":2}"#)
  }

  @Test func `spelling that means the same gives the same bytes`() throws {
    let definition = try Self.definition("opm.yaml").events()
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appending(path: "Scripts/demo-data/opm.yaml"), encoding: .utf8)
    let windows = "\u{FEFF}" + text.replacing("\n", with: "\r\n").replacing("true", with: "'true'")
    #expect(try ProgrammeDefinition(yaml: windows, file: "opm.yaml").events() == definition)
  }

  private struct Anything: Decodable {
    init(from decoder: any Decoder) throws {}
  }
}
