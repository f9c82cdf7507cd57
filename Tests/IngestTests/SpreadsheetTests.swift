import Events
import Testing

@testable import Ingest

@Suite("What spreadsheets leave behind")
struct SpreadsheetTests {
  @Test(arguments: [
    ("02.jan", "1-2"), ("1. feb", "1-2"), ("Feb-01", "1-2"), ("2026-02-01", "1-2"),
    ("01.02.2026", "1-2"), ("2026-02-01 00:00:00", "2/1"), ("1-Mar", "MAR1"), ("2. okt.", "2.10"),
    ("03.feb.2001", "1-2-3"), ("123", "00123"), ("123.0", "123"), ("7,00", "007"),
    ("1,23E+15", "1234567890123456"), ("1.23E+15", "1231111111111111"),
  ])
  func `a damaged code leads back to the one it was`(damaged: String, code: String) {
    let hint = SpreadsheetDamage.hint(damaged, among: ["X", code, "HUM"], in: .columns)
    #expect(hint?.contains("'\(code)'") == true, "\(hint ?? "no hint")")
  }

  @Test(arguments: [
    "2026-02-01", "S1x", "1E5", "E+5", "1,E+15", "12", "12.5", "1-2", "", "jan", "1.2.3.4",
    "12345-1", "99999999999999999999999",
  ])
  func `what is no damage, or may be anybody's code, stays an unknown code`(code: String) {
    #expect(SpreadsheetDamage.hint(code, among: ["S1", "13", "TST-1"], in: .columns) == nil)
  }

  @Test func `where no known code fits, the damage is told all the same`() {
    #expect(
      SpreadsheetDamage.hint("02.jan", among: ["S1"], in: .columns)?.contains("dates of codes")
        == true)
    #expect(
      SpreadsheetDamage.hint("1,23E+15", among: ["S1"], in: .columns)?.contains("last digits")
        == true)
    let two = ["1234567890123456", "1234567890123457"]
    #expect(
      SpreadsheetDamage.hint("1,23E+15", among: two, in: .columns)?.contains("perhaps") == false)
  }

  @Test func `codes of sessions, groups and units are looked at`() throws {
    var scene = Scene()
    scene.learn("unit_registered", #"{"unit":"00123","kind":"faculty"}"#)
    scene.learn("group_formed", #"{"programme":"TST","group":"1-2","formed_on":"2025-01-15"}"#)
    let enrolment = try scene.send(
      "enrolments", "person_id;unit;group;joined\nF9;123;02.jan;2025-02-01\n")
    #expect(enrolment.diagnostics.map(\.code) == ["VD314", "VD314"])
    #expect(enrolment.diagnostics[0].hint?.contains("'00123'") == true)
    #expect(enrolment.diagnostics[1].hint?.contains("'1-2'") == true)
    let attendance = try scene.send(
      "attendance", "session;person_id;status\n1,23E+15;F1001;present\nS9;F1001;present\n")
    #expect(attendance.diagnostics.map(\.code) == ["VD314", "VD408"])
  }

  @Test func `an id that lost its zeros is nobody new, and is not shown`() throws {
    let scene = Scene()
    _ = scene.vault.register([PersonIdentity(personID: "00427")], dryRun: false)
    let enrolment = try scene.send(
      "enrolments",
      "person_id;unit;group;joined\n427;HUM;TST-1;2025-02-01\n428;HUM;TST-1;2025-02-01\n"
        + "4,27E+12;HUM;TST-1;2025-02-01\n")
    #expect(enrolment.diagnostics.map(\.code) == ["VD314", "VD314"])
    #expect(enrolment.diagnostics.map(\.line) == [2, 4])
    #expect(enrolment.new == 1)
    #expect(enrolment.diagnostics[0].hint?.contains("the id with 2 of them is known") == true)
    let attendance = try scene.send("attendance", "session;person_id;status\nS1;427;present\n")
    #expect(attendance.diagnostics.map(\.code) == ["VD314"])
    #expect(!attendance.text().contains("427"))
  }

  @Test func `many unknown ids are not all asked about`() throws {
    let scene = Scene()
    let rows = (0..<1_000).map { "S1;\(50_000 + $0);present\n" }.joined()
    let report = try scene.send("attendance", "session;person_id;status\n" + rows)
    #expect(report.rejected == 1_000)
    #expect(scene.vault.lookUps <= 202)
  }

  @Test(arguments: [
    (1, "1900-01-01"), (59, "1900-02-28"), (60, nil), (61, "1900-03-01"), (45_699, "2025-02-11"),
    (2_958_465, "9999-12-31"), (2_958_466, nil), (0, nil),
  ])
  func `Excel counts days from 1900`(serial: Int, day: String?) {
    #expect(ExcelDates.from1900.day(serial) == day.flatMap { CivilDate($0) })
  }

  @Test(arguments: [
    (0, "1904-01-01"), (44_237, "2025-02-11"), (2_957_003, "9999-12-31"), (2_957_004, nil),
    (-1, nil),
  ])
  func `or from 1904`(serial: Int, day: String?) {
    #expect(ExcelDates.from1904.day(serial) == day.flatMap { CivilDate($0) })
  }

  @Test func `such numbers are dates only if the user says how they count`() throws {
    let rows = "person_id;unit;group;joined\nF7;HUM;TST-1;45699\nF8;HUM;TST-1;45699,75\n"
    let refused = try Scene().send("enrolments", rows)
    #expect(refused.diagnostics.map(\.code) == ["VD314", "VD314"])
    #expect(refused.diagnostics[0].hint?.contains("2025-02-11") == true)
    for (dates, joined) in [(ExcelDates.from1900, "2025-02-11"), (.from1904, "2029-02-12")] {
      let scene = Scene()
      let report = try scene.send(
        "enrolments", rows,
        options: IngestOptions(rejects: .nowhere, excelDates: dates))
      if dates == .from1900 {
        #expect(scene.log.bodies.count == 2)
        #expect(scene.log.bodies.allSatisfy { $0.contains(#""joined":"\#(joined)""#) })
      } else {
        // Outside the programme, and the message says the day it was read as.
        #expect(report.diagnostics.allSatisfy { $0.message.contains(joined) })
        #expect(report.rejected == 2)
      }
    }
  }

  @Test(arguments: ["2999-12-31", "9999-12-31", "1900-01-01", "01.01.1970", "1970-01-01"])
  func `a date that stands for none is empty, with a warning`(date: String) throws {
    let scene = Scene()
    let report = try scene.send(
      "enrolments", "person_id;unit;group;joined;left\nF7;HUM;TST-1;2025-02-01;\(date)\n")
    #expect(report.new == 1)
    #expect(report.diagnostics.map(\.code) == ["VD316"])
    #expect(scene.log.bodies.allSatisfy { !$0.contains("left") })
    let required = try scene.send(
      "enrolments", "person_id;unit;group;joined\nF7;HUM;TST-1;\(date)\n")
    #expect(required.diagnostics.map(\.code) == ["VD301"])
    #expect(required.rejected == 1)
  }

  @Test func `empty cells beyond the header are no cells, others are`() throws {
    let folder = try Folder()
    let file = try folder.write(
      "a.csv",
      Array(
        "session;person_id;status\nS1;F1001;present;;;;\nS1;F1002;present;x;\nS1;F1003;presnt;;\n"
          .utf8))
    let report = try Scene().ingest("attendance", file: file, options: IngestOptions())
    #expect((report.new, report.rejected) == (1, 2))
    #expect(report.diagnostics.map(\.code) == ["VD211", "VD308"])
    let rejected = String(decoding: try folder.read("a.rejected.csv"), as: UTF8.self)
    #expect(rejected.contains("S1;F1003;presnt;VD308;"))
  }
}
