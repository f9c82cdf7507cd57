import Events
import Testing

@testable import Ingest

@Suite("Cells")
struct CellTests {
  private func with<R>(_ text: String, _ body: (CellText) throws -> R) rethrows -> R {
    try Array(text.utf8).withUnsafeBufferPointer { try body(CellText($0)) }
  }

  private func value<V>(_ reading: Reading<V>) -> V? {
    if case .value(let value) = reading { return value }
    return nil
  }

  private func code<V>(_ reading: Reading<V>) -> String? {
    if case .wrong(let code, _) = reading { return code.id }
    return nil
  }

  @Test(arguments: [
    "2025-02-11", "11.02.2025", "11.2.2025", "\u{A0}2025-02-11 ", "2025-02-11 00:00:00",
    "2025-02-11T00:00", "11.02.2025 00:00", "2025-02-11 00:00:00.000",
  ])
  func `dates are read`(text: String) {
    #expect(with(text) { value($0.date()) } == CivilDate("2025-02-11"))
  }

  @Test(arguments: [
    ("2025-02-30", "VD303"), ("30.02.2025", "VD303"), ("2025-13-01", "VD303"),
    ("11/02/2025", "VD304"), ("45699", "VD314"), ("11.02.25", "VD302"), ("soon", "VD302"),
    ("2025-2-11", "VD302"), ("-025-02-11", "VD302"), ("2025-02-11T10:00", "VD353"),
    ("11.02.2025 14:30", "VD353"), ("2025-02-11 00:00:01", "VD353"), ("2025-02-11 25:00", "VD302"),
    ("2025-02-30 10:00", "VD302"), ("2025-02-11 soon", "VD302"),
  ])
  func `what is no date says why`(text: String, expected: String) {
    #expect(with(text) { code($0.date()) } == expected)
  }

  @Test(arguments: [
    ("77.0", 77), ("77,00", 77), ("1 200", 1200), ("1\u{A0}200", 1200), ("1\u{202F}200", 1200),
    ("-3", -3), (" 12 ", 12), ("0", 0), ("007", 7),
  ])
  func `whole numbers are read`(text: String, expected: Int) {
    #expect(with(text) { value($0.whole()) } == expected)
  }

  @Test(arguments: [
    ("1.5", "VD305"), ("x", "VD305"), ("1.23E+15", "VD314"), ("--1", "VD305"), ("1,", "VD305"),
    ("99999999999999999999", "VD305"),
  ])
  func `what is no whole number says why`(text: String, expected: String) {
    #expect(with(text) { code($0.whole()) } == expected)
  }

  @Test(arguments: [
    ("22,5", "22.5"), ("22.50", "22.5"), ("1 200,00", "1200"), ("0,0", "0"), ("007,25", "7.25"),
    ("-0", "0"), ("-1,5", "-1.5"),
  ])
  func `decimals have one notation`(text: String, expected: String) {
    #expect(with(text) { value($0.decimal())?.text } == expected)
  }

  @Test(arguments: [("1.200,5", "VD307"), ("12 h", "VD307"), (",5", "VD307"), ("nan", "VD307")])
  func `what is no decimal says why`(text: String, expected: String) {
    #expect(with(text) { code($0.decimal()) } == expected)
  }

  @Test func `instants keep their day and become UTC`() {
    let moment = with("2026-09-01T00:30:00+02:00") { value($0.instant()) }
    #expect(moment?.day == CivilDate("2026-09-01"))
    let midnight = EventDraft.midnight(CivilDate(daysSinceEpoch: 20_696))
    #expect(moment?.microseconds == midnight + (22 * 60 + 30) * 60 * 1_000_000)
    #expect(with("2026-09-01T00:30:00.25Z") { value($0.instant()) } != nil)
    #expect(with("2026-09-01T00:30:00") { code($0.instant()) } == "VD312")
    #expect(with("2026-02-30T00:30:00Z") { code($0.instant()) } == "VD303")
  }

  @Test func `choices take both languages in any case, and offer the nearest`() {
    let statuses = AttendanceKind.statuses
    for word in ["present", "PRESENT", " til_stede", "Til stede", "tilstede"] {
      #expect(with(word) { value(statuses.read($0)) } == "present")
    }
    let wrong = with("presnt") { statuses.read($0) }
    guard case .wrong(_, let hint) = wrong else {
      Issue.record("'presnt' was taken")
      return
    }
    #expect(hint?.hasPrefix("did you mean 'present'?") == true)
  }

  @Test func `yes and no have many words`() {
    #expect(with("Ja") { value($0.yesNo()) } == true)
    #expect(with("nei") { value($0.yesNo()) } == false)
    #expect(with("maybe") { code($0.yesNo()) } == "VD309")
    if case .empty = with("  ", { $0.yesNo() }) {} else { Issue.record("blank is not empty") }
  }

  @Test func `letters come composed`() {
    #expect(Array(Composition.composed("A\u{30A}se").unicodeScalars) == Array("Åse".unicodeScalars))
    #expect(with("Bjo\u{308}rn") { Array($0.string.utf8) } == Array("Björn".utf8))
  }

  @Test func `masks hide who it is and move nothing`() {
    #expect(masked("F1001") == "F1•••")
    #expect(masked("Åse Prøvesen") == "Ås•••")
    #expect(["", "x", "abc", "Ånen"].allSatisfy { masked($0) == "•••" })
  }

  @Test func `names compare without case, order and additions`() {
    #expect(PersonName.normalised("Sørli, Jørgen") == PersonName.normalised("jørgen  SØRLI"))
    #expect(PersonName.normalised("Åse Prøvesen (Ekstern)") == "åse prøvesen")
  }
}
