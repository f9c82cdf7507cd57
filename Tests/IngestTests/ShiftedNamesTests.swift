import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Ids that were sorted and names that were not.
@Suite("Names beside ids")
struct ShiftedNamesTests {
  private let enrolments = "person_id;name;email;unit;group;joined\n"
  private let attendance = "session;person_id;email;name;status\n"

  private func row(_ id: String, _ name: String, _ email: String = "") -> String {
    "\(id);\(name);\(email);HUM;TST-1;2025-01-20\n"
  }

  @Test(arguments: ["Øyvind Demodal", "Demodal, Øyvind", "Kari Testnes"])
  func `an enrolment with somebody else's name is turned down and changes nothing`(
    name: String
  ) throws {
    let scene = Scene()
    let report = try scene.send("enrolments", enrolments + row("F1001", name))
    #expect(report.codes.map(\.code) == ["VD432"])
    #expect((report.rejected, report.unmatched, report.namesChanged) == (1, 1, 0))
    #expect(scene.vault.people[0].name == "Åse Prøvesen")
    let told = try #require(report.diagnostics.first)
    #expect(told.message.contains("'F1•••' is known as 'Ås•••'"))
    #expect(told.hint?.contains("varde subject name ID NAME") == true)
    #expect(!report.text().contains(name))
  }

  @Test(arguments: ["Prøvesen, Åse", "åse  prøvesen", "Åse Prøvesen"])
  func `the name they have is theirs, however it is written`(name: String) throws {
    let report = try Scene().send("enrolments", enrolments + row("F1001", name))
    #expect((report.new, report.diagnostics.count, report.namesChanged) == (1, 0, 0))
  }

  @Test func `a new name is recorded, told and listed, and so is a new address`() throws {
    let scene = Scene()
    let rows = row("F1001", "Åse Nyborg", "ny@example.org")
    for dryRun in [true, false] {
      let report = try scene.send(
        "enrolments", enrolments + rows, options: IngestOptions(dryRun: dryRun, rejects: .nowhere))
      #expect(report.codes.map(\.code) == ["VD433"])
      #expect((report.rejected, report.namesChanged, report.emailsAdded) == (0, 1, 1))
      #expect(
        report.personChanges.map(\.description) == [
          "line 2: the person has one more e-mail address, ny•••",
          "line 2: the person's name Ås••• → Ås•••",
        ])
      let names = dryRun ? "names that would change: 1" : "names changed: 1"
      #expect(report.text().contains(names))
      #expect(scene.vault.people[0].name == (dryRun ? "Åse Prøvesen" : "Åse Nyborg"))
    }
    #expect(try scene.send("enrolments", enrolments + rows).namesChanged == 0)
  }

  @Test(arguments: [0, 5_000])
  func `what the file itself has said before counts, wherever its blocks end`(between: Int) throws {
    let others = (0..<between).map { row("N\($0)", "Ny \($0)") }.joined()
    let report = try Scene().send(
      "enrolments",
      enrolments + row("F2001", "Eks Empelsen") + row("F2002", "Eva Eksempel") + others
        + row("F2001", "Eva Eksempel") + row("F2002", "Eva Ny").replacing("TST-1", with: "TST-2"))
    #expect(report.codes.map(\.code) == ["VD432", "VD433"])
    #expect(report.rejected == 1 && report.namesChanged == 1)
    #expect(report.new == between + 3)
  }

  @Test(arguments: [1, -1])
  func `names that slipped by a row are held against the names before the file`(by step: Int) throws
  {
    let scene = Scene()
    let names = ["En, Prøve", "To, Prøve", "Tre, Prøve", "Fire, Prøve"]
    let right = names.indices.map { row("F300\($0)", names[$0]) }.joined()
    #expect(try scene.send("enrolments", enrolments + right).new == 4)
    let slipped = names.indices.map { index in
      let other = index - step
      return row("F300\(index)", names.indices.contains(other) ? names[other] : "Ny, Prøve")
    }
    let report = try scene.send("enrolments", enrolments + slipped.joined())
    #expect(report.codes.first { $0.code == "VD432" }?.count == 3)
    #expect((report.rejected, report.namesChanged) == (3, 1))
    // Nobody has another's name, so the right file is right at once.
    let again = try scene.send("enrolments", enrolments + right)
    #expect((again.rejected, again.namesChanged) == (0, 1))
  }

  @Test func `in other files another person's name is an error, an unknown one a warning`() throws {
    for (id, email) in [("F1001", ""), ("", "p1@example.org"), ("F9", "P1@example.org")] {
      let start = attendance + "S1;\(id);\(email);"
      let another = try Scene().send("attendance", start + "Øyvind Demodal;present\n")
      #expect(another.codes.map(\.code) == ["VD432"])
      #expect(another.rejected == 1 && another.unmatched == 1)
      let unknown = try Scene().send("attendance", start + "Åse K. Prøvesen;present\n")
      #expect(unknown.codes.map(\.code).contains("VD433") && unknown.new == 1)
      let own = try Scene().send("attendance", start + "Prøvesen, Åse;present\n")
      #expect(!own.codes.map(\.code).contains("VD433") && own.new == 1)
    }
  }

  @Test func `a person is told of once, and another id of theirs is no other person`() throws {
    var scene = Scene()
    let rows = "S1;F1001;;Åse Ukjent;present\nS3;F1001;;Åse Ukjent;present\n"
    let report = try scene.send("attendance", attendance + rows)
    #expect(report.codes.first { $0.code == "VD433" }?.count == 1)
    scene.merge(2, into: 1)
    let merged = try scene.send("attendance", attendance + "S1;F1001;;Øyvind Demodal;present\n")
    #expect(merged.errorCount == 0 && merged.warningCount == 0)
  }
}

/// Records under several ids of one person.
@Suite("One person's records under two ids")
struct RecordsOfOneTests {
  private let header = "person_id;programme;term;spent\n"

  @Test func `two rows that differ are one too many, in whatever order`() throws {
    for rows in [
      ["F1001;TST;2025V;3", "F1002;TST;2025V;4"], ["F1002;TST;2025V;4", "F1001;TST;2025V;3"],
    ] {
      var scene = Scene()
      scene.merge(2, into: 1)
      let report = try scene.send("hours", header + rows.joined(separator: "\n") + "\n")
      #expect(report.codes.map(\.code) == ["VD434"])
      #expect((report.new, report.rejected, report.isBalanced) == (1, 1, true))
      #expect(report.diagnostics[0].line == 3)
      #expect(report.diagnostics[0].message.contains("line 2 says otherwise"))
    }
  }

  @Test func `a file from before the merge is unchanged, and what it corrects is not taken twice`()
    throws
  {
    var scene = Scene()
    let rows = header + "F1001;TST;2025V;3\nF1002;TST;2025V;4\n"
    #expect(try scene.send("hours", rows).new == 2)
    scene.merge(2, into: 1)
    #expect(try scene.send("hours", rows).unchanged == 2)
    let corrected = try scene.send("hours", header + "F1001;TST;2025V;5\nF1002;TST;2025V;4\n")
    #expect((corrected.corrected, corrected.rejected) == (1, 1))
    let second = try scene.send("hours", header + "F1001;TST;2025V;5\nF1002;TST;2025V;6\n")
    #expect((second.unchanged, second.corrected, second.rejected) == (1, 0, 1))
  }

  @Test func `rows that say the same, of other terms, or of two persons are no matter`() throws {
    var scene = Scene()
    let rows = header + "F1001;TST;2025V;3\nF1002;TST;2025V;4\n"
    #expect(try scene.send("hours", rows).rejected == 0)
    scene.merge(4, into: 3)
    let more = header + "F1003;TST;2025V;3\nF1004;TST;2025V;3,0\nF1004;TST;2025H;9\n"
    #expect(try scene.send("hours", more).rejected == 0)
  }
}
