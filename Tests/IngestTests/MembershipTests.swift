import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// People who leave a group and come back.
@Suite("Memberships")
struct MembershipTests {
  private let header = "person_id;unit;group;joined;left\n"

  private func row(_ joined: String, _ left: String = "", group: String = "TST-2") -> String {
    "F1001;HUM;\(group);\(joined);\(left)\n"
  }

  /// Days of the first person's memberships of TST-2 as the log of a scene has them, in order.
  private func days(_ scene: Scene) -> [String] {
    known(scene).map { "\($0.joined)/\($0.left?.description ?? "")" }
  }

  private func known(_ scene: Scene) -> [Register.Enrolment] {
    scene.log.stored.values.compactMap { Register.Enrolment(JSONMembers($0.body)) }
      .filter { $0.group == "TST-2" }.sorted { $0.joined < $1.joined }
  }

  /// Sends rows as a file of their own; what is recorded counts for the next one.
  @discardableResult
  private func send(_ rows: [String], _ scene: inout Scene) throws -> IngestReport {
    let report = try scene.send("enrolments", header + rows.joined())
    let subject = MemoryVault.subject(1)
    scene.register.enrolments[subject]?.removeAll { $0.group == "TST-2" }
    scene.register.enrolments[subject, default: []] += known(scene)
    return report
  }

  @Test(arguments: [false, true])
  func `who comes back has two memberships, from two files or one`(isOneFile: Bool) throws {
    var scene = Scene()
    let rows = [row("2025-01-20", "2025-03-31"), row("2025-09-01")]
    for file in isOneFile ? [rows] : rows.map({ [$0] }) {
      let report = try send(file, &scene)
      #expect(report.new == file.count && report.rejected == 0)
      let expected = file.contains(rows[1]) ? 1 : 0
      #expect(report.codes.filter { $0.code == "VD424" }.map(\.count).reduce(0, +) == expected)
    }
    #expect(days(scene) == ["2025-01-20/2025-03-31", "2025-09-01/"])
    for file in [[rows[1]], [rows[0]], [rows[1], rows[0]]] {
      let again = try send(file, &scene)
      #expect(again.unchanged == file.count && again.codes.isEmpty)
    }
  }

  @Test func `a joining day that was wrong is corrected, and so is a day of leaving`() throws {
    var scene = Scene()
    for days in [("2025-02-01", ""), ("2025-03-01", ""), ("2025-03-01", "2025-05-01")] {
      try send([row(days.0, days.1)], &scene)
      #expect(self.days(scene) == ["\(days.0)/\(days.1)"])
    }
    #expect(try send([row("2025-03-15", "2025-05-01")], &scene).corrected == 1)
    #expect(days(scene) == ["2025-03-15/2025-05-01"])
  }

  @Test func `a membership may begin on the day another ends, and one may not run into another`()
    throws
  {
    var scene = Scene()
    try send([row("2025-02-01", "2025-05-01"), row("2025-05-01")], &scene)
    #expect(days(scene) == ["2025-02-01/2025-05-01", "2025-05-01/"])
    for wrong in [row("2025-02-01"), row("2025-01-20", "2025-05-02")] {
      let report = try send([wrong], &scene)
      #expect(report.codes.map(\.code) == ["VD425"] && report.rejected == 1)
    }
    #expect(days(scene) == ["2025-02-01/2025-05-01", "2025-05-01/"])
  }

  @Test func `two rows that say different days of one membership contradict each other`() throws {
    var scene = Scene()
    let report = try send([row("2025-02-01"), row("2025-03-01")], &scene)
    #expect(report.rejected == 1 && report.codes.contains { $0.code == "VD421" })
    #expect(days(scene) == ["2025-02-01/"])
  }

  @Test func `a day that names one membership may be the first of another`() throws {
    var scene = Scene()
    try send([row("2025-02-01", "2025-03-01"), row("2025-09-01", "2025-10-01")], &scene)
    try send([row("2025-08-01", "2025-09-02")], &scene)
    try send([row("2025-08-01", "2025-08-20")], &scene)
    try send([row("2025-09-01")], &scene)
    #expect(
      days(scene) == ["2025-02-01/2025-03-01", "2025-08-01/2025-08-20", "2025-09-01/"])
    #expect(try send([row("2025-09-01")], &scene).unchanged == 1)
  }

  @Test(arguments: 0..<60)
  func `whatever was sent in whatever order, the newest file makes it right`(seed: UInt64) throws {
    var random = Seeded(seed)
    var scene = Scene()
    var day = 20_110
    var newest: [String] = []
    var older: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let joined = CivilDate(daysSinceEpoch: day)
      day += Int.random(in: 1...60, using: &random)
      let left = CivilDate(daysSinceEpoch: day)
      day += Int.random(in: 0...40, using: &random)
      newest.append(row(joined.description, left.description))
      older += [newest[newest.count - 1], row(joined.description)]
    }
    for _ in 0..<12 {
      try send([older.randomElement(using: &random) ?? ""], &scene)
      let standing = known(scene)
      for (first, second) in zip(standing, standing.dropFirst()) {
        #expect(!first.overlaps(second))
      }
    }
    try send(newest.shuffled(using: &random), &scene)
    #expect(known(scene).map { row($0.joined.description, $0.left?.description ?? "") } == newest)
    let again = try send(newest.shuffled(using: &random), &scene)
    #expect(again.unchanged == newest.count && again.codes.isEmpty)
  }

  @Test func `who joins another group and stays in the first is told of, once the file is read`()
    throws
  {
    let moved = try Scene().send("enrolments", header + row("2025-02-01"))
    #expect(moved.codes.map(\.code) == ["VD427"])
    #expect(moved.diagnostics[0].message.contains("'F1•••' is still a member of group 'TST-1'"))
    let ended = row("2025-01-20", "2025-02-01", group: "TST-1")
    for rows in [row("2025-02-01") + ended, ended + row("2025-02-01")] {
      #expect(try Scene().send("enrolments", header + rows).codes.isEmpty)
    }
  }

  @Test(arguments: ["leader", "observer"])
  func `whoever has no fixed place counts as a guest only`(role: String) throws {
    var scene = Scene()
    let subject = MemoryVault.subject(1)
    for index in scene.register.enrolments[subject, default: []].indices {
      scene.register.enrolments[subject]?[index].role = role
    }
    let file = "session;person_id;status;guest\nS1;F1001;present;"
    let member = try scene.send("attendance", file + "\n")
    #expect(member.codes.map(\.code) == ["VD454"] && member.new == 1)
    #expect(member.diagnostics[0].message.contains("is \(role) of group 'TST-1'"))
    let guest = try scene.send("attendance", file + "yes\n")
    #expect(guest.codes.isEmpty && guest.corrected == 1)
  }

  @Test func `hours of a term without a membership are told`() throws {
    var scene = Scene()
    func codes(_ term: String) throws -> [String] {
      try scene.send("hours", "person_id;programme;term;allocated\nF1001;TST;\(term);10\n")
        .codes.map(\.code)
    }
    #expect(try codes("2025V").isEmpty)
    #expect(try codes("2024H") == ["VD455"])
    scene.register.enrolments[MemoryVault.subject(1)]?[0].left = CivilDate("2025-08-01")
    #expect(try codes("2025H") == ["VD455"])
    scene.register.enrolments[MemoryVault.subject(1)]?[0].left = CivilDate("2025-08-02")
    #expect(try codes("2025H").isEmpty)
  }

  @Test func `a member is not recorded as a guest`() throws {
    let file = "session;person_id;status;guest\nS1;F1001;present;yes\n"
    let report = try Scene().send("attendance", file)
    #expect(report.codes.map(\.code) == ["VD428"] && report.rejected == 1)
  }
}

/// Employee ids and the zeros at their front.
@Suite("Zeros at the front of ids")
struct ZerosTests {
  private let header = "person_id;name;unit;group;joined\n"

  @Test func `a new id that is a known one with zeros in front is turned down`() throws {
    let scene = Scene()
    #expect(
      try scene.send("enrolments", header + "902;Dobbel Prøve;HUM;TST-1;2025-01-20\n").new == 1)
    let again = try scene.send("enrolments", header + "000902;Dobbel Prøve;HUM;TST-1;2025-01-20\n")
    #expect(again.codes.map(\.code) == ["VD429"] && again.rejected == 1)
    let attendance = try scene.send(
      "attendance", "session;person_id;status\nS1;000902;present\n")
    #expect(attendance.codes.map(\.code) == ["VD401"])
    #expect(attendance.diagnostics[0].hint?.contains("varde subject alias") == true)
    #expect(scene.vault.people.count == 5)
  }

  @Test func `a number that a workbook shows with zeros in front is read with them`() throws {
    let cells = ["HUM", "TST-1", "2025-01-20"].map {
      "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>"
    }
    let rows =
      WorkbookMaker.row(1, ["person_id", "unit", "group", "joined", "fte_percent"])
      + "<row r=\"2\"><c s=\"1\"><v>902</v></c>\(cells.joined())<c s=\"1\"><v>80</v></c></row>"
    var book = WorkbookMaker(sheets: [("Ark1", rows)])
    book.add(
      "xl/styles.xml",
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"000000\"/></numFmts>"
        + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>")
    let relations = try #require(book.parts.first { $0.path.hasSuffix("workbook.xml.rels") })
    book.replace(
      relations.path,
      with: String(decoding: relations.text, as: UTF8.self).replacing(
        "</Relationships>",
        with: "<Relationship Id=\"y\" Type=\"\(WorkbookMaker.relations)/styles\""
          + " Target=\"styles.xml\"/></Relationships>"))
    let folder = try Folder()
    try book.write(to: "\(folder.path)/a.xlsx")
    let scene = Scene()
    let report = try scene.ingest("enrolments", file: "\(folder.path)/a.xlsx")
    #expect(report.new == 1 && report.codes.isEmpty, "\(report.text())")
    #expect(scene.vault.people.last?.personID == "000902")
    #expect(scene.log.bodies[0].contains(#""fte_percent":80,"#))
  }

  @Test func `a namesake in the same group under a new id is told of`() throws {
    let scene = Scene()
    let report = try scene.send(
      "enrolments",
      header
        + "F2001;Prøvesen, Åse;HUM;TST-1;2025-01-20\nF2002;Øyvind Demodal;HUM;TST-2;2025-01-20\n"
    )
    #expect(report.codes.map(\.code) == ["VD426"])
    #expect((report.new, report.diagnostics[0].line) == (2, 2))
  }
}
