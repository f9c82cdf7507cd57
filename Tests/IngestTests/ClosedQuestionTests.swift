import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// What a draft makes of a column: a question with options, a text, or something to be decided.
@Suite("Questions with options in drafts of bindings")
struct ClosedQuestionTests {
  /// A form of one question that many have answered, one value after the other.
  private func draft(_ values: [String], heading: String = "Q", exports: Exports? = nil) throws
    -> String
  {
    let rows = (0..<60).map { "\($0);2025-01-25T08:00:00+01:00;\"\(values[$0 % values.count])\"\n" }
    return try (exports ?? Exports()).draft(
      "q.csv", "$submission_id;$created;\"\(heading)\"\n" + rows.joined())
  }

  @Test(arguments: [
    ["Helt uenig", "Uenig", "Verken enig eller uenig", "Enig", "Helt enig"],
    ["Strongly disagree", "Neither agree nor disagree", "Strongly agree"],
    ["I svært liten grad", "I noen grad", "I svært stor grad", "Vet ikke"],
    ["1", "2", "3", "4", "7 i svært stor grad"], ["Verken eller"],
    ["Jeg arbeider bare om kvelden", "Jeg arbeider bare om morgenen"],
    ["Undervisning;Vurdering", "Veiledning", "Undervisning"],
  ])
  func `how long its labels are does not make a question a text`(values: [String]) throws {
    let draft = try draft(values)
    #expect(draft.contains("  ITEM_1: {"))
    #expect(draft.contains("drop: []\n") && !draft.contains("unsure:"))
  }

  @Test func `a scale's words and numbers are filled in, other texts are not repeated`() throws {
    let scale = try draft(["2 i liten grad", "5"])
    #expect(scale.contains("map: {\"1\": 1, \"2 i liten grad\": 2, \"3\": 3, \"4\": 4, \"5\": 5}"))
    let texts = try draft(["Kari Prøvesen", "Ola Prøvesen"])
    #expect(!texts.contains("Prøvesen"))
  }

  @Test func `what is different in every row is neither an answer nor dropped unseen`() throws {
    let exports = try Exports()
    let draft = try draft((0..<60).map { "svaret mitt er \($0)" }, exports: exports)
    #expect(draft.contains("drop: []\n") && draft.contains("unsure:\n  - Q\n"))
    let said = try exports.check(
      draft.replacing("WAVE", with: "W0").replacing("ITEM: COLUMN", with: "iso_1: Other"), "q.csv")
    #expect(said.contains { $0.contains("error[VD264]: whether 'Q' holds answers") })
  }

  @Test(arguments: ["Kommentar", "Etternavn", "Annet (utdyp)"])
  func `what is headed as a text or a name is dropped, unless few values are there`(
    heading: String
  ) throws {
    let texts = try draft((0..<60).map { "svaret mitt er \($0)" }, heading: heading)
    #expect(texts.contains("drop:\n  - ") && !texts.contains("unsure:"))
    #expect(try draft(["Åse", "Ola"], heading: heading).contains("unsure:\n  - "))
    #expect(try draft(["Helt enig", "Uenig"], heading: heading).contains("  ITEM_1: {"))
  }

  // MARK: What is recorded

  private func known() throws -> Exports {
    var exports = try Exports()
    exports.scene.learn(
      "instrument_published",
      """
      {"programme":"TST","instrument":"peer","version":2,"items":[\
      {"item":"iso_1","min":1,"max":3,"text_nb":"Jeg blir stående alene.","text_en":"I am alone.",\
      "labels":{"1":{"nb":"Bare litt","en":"A bit"},"3":{"nb":"Hele tiden","en":"Always"}}}]}
      """)
    exports.scene.learn(
      "wave_defined",
      #"{"programme":"TST","wave":"F1","from_day":0,"to_day":9,"instrument":"pit"}"#)
    return exports
  }

  @Test(arguments: [
    "Jeg blir st&aring;ende alene.", "Hvor ofte er det slik? [Jeg blir stående alene]",
  ])
  func `a heading that is an item's text is that item, and its labels are numbers`(
    heading: String
  ) throws {
    let draft = try draft(["Bare litt", "Hele tiden"], heading: heading, exports: known())
    #expect(draft.contains("instrument: peer\n"))
    #expect(
      draft.contains(
        "  iso_1: {column: \"\(heading)\", map: {\"Bare litt\": 1, \"Hele tiden\": 3}}"))
  }

  @Test func `a question about a participant is not who answered`() throws {
    let draft = try draft(["Enig", "Uenig"], heading: "Deltakerne hjelper hverandre")
    #expect(draft.contains("# subject: {column: COLUMN") && draft.contains("  ITEM_1: {"))
  }

  @Test func `only waves of the instrument are offered`() throws {
    let draft = try draft(["Bare litt"], heading: "iso_1", exports: known())
    #expect(draft.contains("wave: WAVE  # W0, W1; "))
  }

  @Test func `all that is left to fill in is told in one check`() throws {
    let exports = try known()
    let said = try exports.check(
      """
      tool: nettskjema
      kind: responses
      programme: PROGRAMME
      instrument: INSTRUMENT
      wave: WAVE
      items: {iso_1: {column: Q, map: {ja: NUMBER}}, ITEM_2: R}
      unsure: [S]

      """)
    #expect(said.count == 5 && said.allSatisfy { $0.contains("error[VD264]") })
    #expect(said.contains { $0.contains("where 'WAVE' stands") && $0.contains("known are F1, W0") })
    let items = try exports.check(
      "tool: nettskjema\nkind: responses\nprogramme: TST\ninstrument: peer\nwave: W0\n"
        + "items: {iso_1: Q, ITEM_2: R}\n")
    #expect(items.count == 1 && items[0].contains("where 'ITEM_2' stands"))
  }

  // MARK: Tools

  @Test func `what has several lines is no question with options, however often it stands there`()
    throws
  {
    let draft = try draft(["linje 1\nlinje 2; og mer"])
    #expect(draft.contains("unsure:\n  - Q\n"))
  }

  @Test func `a question that was not shown to somebody is one all the same`() throws {
    let text = """
      q id\tq submitdate\tq A2\tq KOMM
      id\tsubmitdate\tA2\tKOMM
      1\t2025-11-10 09:00:00\tA2\t
      2\t2025-11-10 09:00:00\t{question_not_shown}\tsa "ja"{newline}og gikk

      """
    let draft = try Exports().draft("vv.txt", text)
    #expect(draft.contains("  ITEM_1: {column: A2, map: {A1: 1, A2: 2}}"))
    #expect(draft.contains("unsure:\n  - KOMM\n"))
  }

  @Test func `an export of REDCap with labels is told to be taken again raw`() throws {
    let text = "Record ID,Repeat Instrument,ansattnr,status\n1,,A001,2\n"
    let error = #expect(throws: InputError.self) { try Exports().draft("l.csv", text) }
    #expect(error?.diagnostics.first?.hint?.contains("raw data") == true)
  }

  @Test func `a form nobody knows the tool of is told which tool reads it`() throws {
    let draft = try Exports().draft("t.csv", "Epost;Når;Alene\np1@example.org;12.11.2025;3\n")
    #expect(draft.contains("UNSURE") && draft.contains("'tool: statistics'"))
  }
}
