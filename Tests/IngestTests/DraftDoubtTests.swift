import Events
import Testing

@testable import Ingest

/// What a draft must leave to a person, though something speaks for it.
@Suite("Drafts that claim no more than is known")
struct DraftDoubtTests {
  private func form(_ columns: String, _ rows: String...) -> String {
    (["$submission_id;$created;" + columns]
      + rows.enumerated().map { "\($0);2025-01-25T08:00:00+01:00;\($1)" })
      .joined(separator: "\n") + "\n"
  }

  // MARK: Headings

  @Test(arguments: ["rolle", "polle", "drole"])
  func `a heading that resembles an item is asked about`(heading: String) throws {
    let exports = try Exports()
    let draft = try exports.draft("t.csv", form("\(heading);iso1", "1;2", "2;3", "1;2"))
    #expect(draft.contains("  ITEM_1: \(heading)  # role? or another item?"))
    #expect(draft.contains("  iso_1: iso1\n"))
    let said = try exports.check(draft.replacing("WAVE", with: "W0"), "t.csv")
    #expect(said.count == 1 && said[0].contains("error[VD264]: the item is still to be filled in"))
  }

  @Test func `the heading that is the item's has it, whatever stands before`() throws {
    let draft = try Exports().draft(
      "t.csv", form("rolle;isol_1;ISO-1;role", "1;2;3;1", "2;3;4;2", "1;2;3;1"))
    for line in ["ITEM_1: rolle  #", "ITEM_2: isol_1  #", "iso_1: ISO-1\n", "role: role\n"] {
      #expect(draft.contains("  \(line)"))
    }
  }

  @Test func `an instrument is not taken for a resemblance`() throws {
    let draft = try Exports().draft("t.csv", form("rolle", "1", "2", "1"))
    #expect(draft.contains("instrument: INSTRUMENT  # peer? or which one?\n# version"))
  }

  private static func item(_ code: String, _ text: String = "") -> Register.Item {
    var item = Register.Item(code: code, minimum: 1, maximum: 7, notRelevant: 8)
    item.texts = [text]
    return item
  }

  @Test(arguments: [
    ("Jeg blir stående alene", true), ("Hvor enig er du? [Jeg blir stående alene.]", true),
    ("Jeg tror ikke at jeg blir stående alene.", false), ("Jeg blir ikke stående alene.", false),
  ])
  func `words before a text may turn it into its opposite`(heading: String, isItem: Bool) {
    let items = [DraftDoubtTests.item("q", "Jeg blir stående alene.")]
    #expect((ItemMatch([heading], items).named[0] != nil) == isItem)
  }

  @Test func `two headings for one item leave it open`() {
    let items = [DraftDoubtTests.item("iso_11"), DraftDoubtTests.item("led_1")]
    let match = ItemMatch(["iso11", "ISO-11", "iso_1_1", "led1"], items)
    #expect(match.named.mapValues(\.code) == [3: "led_1"])
    #expect(match.similar.mapValues(\.code) == [0: "iso_11", 1: "iso_11", 2: "iso_11"])
    #expect(match.free.map(\.code) == ["iso_11"])
  }

  @Test func `numbers from 1 to 7 are no address, whatever the question is called`() throws {
    let rows = (1...7).map { "\($0);p\($0)@example.org" }
    let text =
      (["$submission_id;$created;bruk.email;epost"]
      + rows.map { "1;2025-01-25T08:00:00+01:00;\($0)" }).joined(separator: "\n") + "\n"
    let draft = try Exports().draft("t.csv", text)
    #expect(draft.contains("unsure:\n  - bruk.email\n"))
    #expect(!draft.contains("  - epost"))
  }

  // MARK: Codes for no answer

  private static let nine = [Variable.Missing(from: "9", to: "9")]

  private func codes(
    _ variables: [Variable], _ cells: [String: [String]], _ items: [Register.Item]
  ) -> MissingCodes {
    let columns = variables.map { variable in
      ColumnLook(
        variable.name,
        (cells[variable.name] ?? []).filter { !variable.countsAsMissing($0) }, labels: [])
    }
    return MissingCodes(variables, columns, items) { cells[$0] ?? [] }
  }

  @Test func `a code another variable has without declaring it is doubtful`() {
    let variables = [Variable(name: "a", missing: DraftDoubtTests.nine), Variable(name: "b")]
    let found = codes(variables, ["a": ["1", "9"], "b": ["9", "3"]], [])
    #expect(found.doubts.map(\.why) == ["no answer in a and may be one in b"])
    #expect(found.unknown.isEmpty && found.notRelevant.isEmpty)
    #expect(codes(variables, ["a": ["1", "9"], "b": ["3"]], []).unknown == ["9"])
  }

  @Test func `a code on an item's scale is doubtful, though the sample lacks it`() {
    let variables = [Variable(name: "a", missing: DraftDoubtTests.nine), Variable(name: "b")]
    let wide = Register.Item(code: "b", minimum: 0, maximum: 10, notRelevant: nil)
    #expect(
      codes(variables, [:], [wide]).doubts.map(\.why) == ["no answer in a and on the scale of b"])
    let other = Register.Item(code: "b", minimum: 1, maximum: 7, notRelevant: 9)
    #expect(
      codes(variables, [:], [other]).doubts.map(\.why) == [
        "no answer in a and 'not relevant' for b"
      ])
    #expect(codes(variables, [:], [DraftDoubtTests.item("b")]).unknown == ["9"])
  }

  @Test func `variables that call a code different things contradict each other`() {
    func variable(_ name: String, _ label: String) -> Variable {
      Variable(name: name, values: [("9", label)], missing: DraftDoubtTests.nine)
    }
    let found = codes([variable("a", "Ikke relevant"), variable("b", "Ubesvart")], [:], [])
    #expect(found.doubts.map(\.why) == ["'Ikke relevant' in a and 'Ubesvart' in b"])
    let agreed = codes([variable("a", "Ikke relevant"), variable("b", "Vet ikke")], [:], [])
    #expect(agreed.notRelevant == ["9"])
  }

  @Test func `numbers that count the cases are no answers`() {
    let variables = [Variable(name: "a", missing: DraftDoubtTests.nine), Variable(name: "nr")]
    #expect(codes(variables, ["nr": (1...20).map(String.init)], []).unknown == ["9"])
  }

  @Test func `a binding with a code that is not decided on is refused`() throws {
    let yaml =
      "tool: statistics\nkind: responses\nprogramme: TST\ninstrument: pit\nwave: W0\n"
      + "response: id\nitems: {pit_1: pit_1}\n"
    let exports = try Exports()
    #expect(try exports.check(yaml + "missing: {unknown: [\"9\"]}\n").isEmpty)
    let said = try exports.check(yaml + "missing: {unsure: [\"9\"]}\n")
    #expect(said.count == 1 && said[0].contains("error[VD264]: whether '9' stands for no answer"))
  }

  // MARK: LimeSurvey

  private static let export = """
    Response ID\tDate submitted\tLast page\tStart language\tSeed\tAlone
    id\tsubmitdate\tlastpage\tstartlanguage\tseed\tISO_SQ001
    11\t2025-01-25 08:10:00\t3\tnb\t104\tA1

    """

  @Test func `codes below the headings make a VV export, in any language and in quotes`() throws {
    let quoted = DraftDoubtTests.export.replacing("Date submitted", with: "\"Date submitted\"")
    let norwegian = DraftDoubtTests.export.replacing("Response ID", with: "Svar-ID")
    for text in [DraftDoubtTests.export, quoted, norwegian] {
      #expect(try Exports().draft("vv.csv", text).contains("tool: limesurvey-vv\n"))
    }
  }

  @Test func `a binding for the other export does not take the codes for a response`() throws {
    let yaml = """
      tool: limesurvey
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      zone: Europe/Oslo
      response: "Response ID"
      time: "Date submitted"
      items: {iso_1: {column: Alone, map: {A1: 1}}}
      drop: ["Last page", "Start language", Seed]

      """
    let exports = try Exports()
    let said = try exports.check(yaml, "vv.csv", DraftDoubtTests.export)
    #expect(said.count == 1 && said[0].contains("vv.csv:2: error[VD289]"))
    #expect(said.first?.contains("'tool: limesurvey-vv'") == true)
    #expect(throws: InputError.self) { try exports.ingest(yaml, "vv.csv") }
    let lines = DraftDoubtTests.export.split(separator: "\n")
    let plain = [lines[0], lines[2]].joined(separator: "\n") + "\n"
    #expect(try exports.ingest(yaml, "plain.csv", plain).new == 1)
  }
}
