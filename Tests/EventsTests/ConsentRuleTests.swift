import Events
import Testing

@Suite struct ConsentRuleTests {
  private func yaml(_ consent: String) -> String {
    """
    institution: {code: fjord, name: Fjordskolen, time_zone: Europe/Oslo}
    programme:
      code: TST
      title: Lag
      models: [tst]
      purpose: Formative only
      formative_only: true
      starts_on: 2025-01-01
    \(consent)
    """
  }

  @Test func `what needs consent stands in the programme's event`() throws {
    let definition = try ProgrammeDefinition(
      yaml: yaml("consent: {responses: survey, logs: log}"), file: "p.yaml")
    let body = String(decoding: definition.events()[0].body, as: UTF8.self)
    #expect(body.hasSuffix(#","consent":{"logs":"log","responses":"survey"}}"#))
    let silent = try ProgrammeDefinition(yaml: yaml(""), file: "p.yaml")
    #expect(!String(decoding: silent.events()[0].body, as: UTF8.self).contains("consent"))
  }

  @Test func `kinds and purposes are the ones there are`() {
    let error = #expect(throws: DefinitionProblems.self) {
      try ProgrammeDefinition(
        yaml: yaml("consent: {respones: survey, logs: diary}"), file: "p.yaml")
    }
    #expect(error?.diagnostics.map(\.code) == ["VD110", "VD113"])
  }
}
