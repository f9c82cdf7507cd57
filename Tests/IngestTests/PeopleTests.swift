import Events
import FoundationEssentials
import Glibc
import Testing

@testable import Ingest

@Suite("People of files")
struct PeopleTests {
  private let header = "session;person_id;email;name;status\n"

  @Test func `who was not matched is named in a file of its own and nowhere else`() throws {
    let folder = try Folder()
    let rows = "S1;Fx-9;;;present\nS1;;ukjent@example.org;Per Ukjent;present\nS1;F1001;;;?\n"
    let file = try folder.write("liste.csv", Array((header + rows).utf8))
    let scene = Scene()
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    #expect((report.rejected, report.unmatched) == (3, 2))
    #expect(report.matches == ["person_id": 1])
    #expect(report.unmatchedFile == "\(folder.path)/liste.unmatched.csv")
    #expect(
      String(decoding: try folder.read("liste.unmatched.csv"), as: UTF8.self)
        == "\u{FEFF}line;column;person_id;email;name;error_code;error\r\n"
        + "2;4;Fx-9;;;VD401;the person is not known\r\n"
        + "3;5;;ukjent@example.org;Per Ukjent;VD401;the person is not known\r\n")
    var information = stat()
    #expect(stat("\(folder.path)/liste.unmatched.csv", &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
    for told in [try report.json(), report.text()] {
      for word in ["Fx-9", "ukjent@", "Per Ukjent"] { #expect(!told.contains(word)) }
    }
    #expect(report.text().contains("people matched: 1 by person_id, 2 not matched"))
  }

  @Test func `nobody unmatched, no file; nor in a dry run`() throws {
    let folder = try Folder()
    let good = try folder.write("god.csv", Array((header + "S1;F1001;;;present\n").utf8))
    let bad = try folder.write("feil.csv", Array((header + "S1;F9;;;present\n").utf8))
    let scene = Scene()
    #expect(
      try scene.ingest("attendance", file: good, options: IngestOptions()).unmatchedFile == nil)
    let report = try scene.ingest("attendance", file: bad, options: IngestOptions(dryRun: true))
    #expect(report.unmatched == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["feil.csv", "god.csv"])
  }

  @Test func `another way to recognise somebody corrects nothing`() throws {
    let scene = Scene()
    _ = try scene.send("attendance", header + "S1;F1001;;;present\n")
    for row in ["S1;;P1@example.org;;present\n", "S1;;;Åse Prøvesen;present\n"] {
      #expect(try scene.send("attendance", header + row).unchanged == 1)
    }
  }

  @Test func `an observation without an observer keeps one method`() throws {
    let scene = Scene()
    _ = try scene.send(
      "observations", "cycle;group;step;on;observed\nC1;TST-1;feedback;2025-03-03;F1001\n")
    #expect(scene.log.bodies[0].hasSuffix(#""on":"2025-03-03","match":"person_id"}"#))
  }

  @Test func `two ids of one person agree, and records stay under their own`() throws {
    var scene = Scene()
    let row = header + "S1;F1001;p2@example.org;;present\n"
    #expect(try scene.send("attendance", row).codes.map(\.code) == ["VD404"])
    scene.merge(1, into: 2)
    #expect(try scene.send("attendance", row).new == 1)
    #expect(scene.log.drafts[0].subject == MemoryVault.subject(1))
  }

  @Test func `namesakes who are one person are no doubt`() throws {
    var scene = Scene()
    let row = header + "S1;;;Kari Testnes;present\n"
    #expect(try scene.send("attendance", row).codes.map(\.code) == ["VD402"])
    scene.merge(3, into: 4)
    #expect(try scene.send("attendance", row).new == 1)
    #expect(scene.log.drafts[0].subject == MemoryVault.subject(4))
  }

  @Test func `a membership counts under every id of its person`() throws {
    var scene = Scene()
    scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-2","session":"T1","status":"held","held_on":"2025-02-12"}"#)
    scene.register.learn(
      type: "enrolment_recorded",
      body: Array(#"{"programme":"TST","group":"TST-2","joined":"2025-01-20"}"#.utf8),
      subject: MemoryVault.subject(2))
    let row = header + "T1;F1001;;;present\n"
    #expect(try scene.send("attendance", row).codes.map(\.code) == ["VD415"])
    scene.merge(1, into: 2)
    #expect(try scene.send("attendance", row).new == 1)
    let observed = try scene.send(
      "observations",
      "cycle;group;step;on;observed;observer\nC1;TST-1;feedback;2025-03-03;F1001;F1002\n")
    #expect(observed.codes.map(\.code) == ["VD418"])
  }
}
