import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// What somebody with a spreadsheet sends, gets back, mends there and sends again.
@Suite("From a spreadsheet and back")
struct FromASpreadsheetTests {
  private static let header = "session;person_id;status;minutes"

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Sends a file and answers with what was given back of it.
  private func givenBack(
    _ name: String, _ bytes: [UInt8], _ folder: Folder, _ scene: Scene = Scene()
  ) throws -> String {
    let file = try folder.write(name, bytes)
    let report = try scene.ingest("attendance", file: file, options: IngestOptions())
    return text(Array(try Data(contentsOf: URL(filePath: try #require(report.rejectsFile)))))
  }

  // MARK: Beside the table

  @Test func `a note beside the table comes back in a column of its own`() throws {
    let folder = try Folder()
    let scene = Scene()
    let csv =
      "\(Self.header)\nS1;F1001;present;60;;ring igjen;\"i dag; snart\"\nS1;F1002;presnt;60\n"
    let back = try givenBack("a.csv", Array(csv.utf8), folder, scene)
    let rejects = try rows(of: "\(folder.path)/a.rejected.csv")
    #expect(rejects[0].suffix(3) == ["error_code", "error", "error_surplus"])
    #expect(Array(rejects[1].prefix(5)) == ["S1", "F1001", "present", "60", "VD211"])
    #expect(rejects[1][5].hasPrefix("the row has 7 cells, the header 4 ("))
    #expect(rejects[1][6] == "ring igjen;i dag; snart")
    #expect(rejects[2].count == 6 && rejects[2][4] == "VD308")

    // As it is, it is rejected again, and nothing is lost.
    let again = try scene.ingest(
      "attendance", file: "\(folder.path)/a.rejected.csv", options: IngestOptions())
    #expect((again.rejected, again.new) == (2, 0))
    #expect(again.diagnostics.map(\.code) == ["VD211", "VD308"])
    #expect(try rows(of: "\(folder.path)/a.rejected-2.csv")[1][6] == "ring igjen;i dag; snart")

    // Without the note it goes in, with its reasons or without.
    let mended = back.replacing("\"ring igjen;i dag; snart\"", with: "")
      .replacing("presnt;60;VD308", with: "present;60;VD308")
    let file = try folder.write("mended.csv", Array(mended.utf8))
    #expect(try scene.ingest("attendance", file: file).new == 2)
  }

  @Test func `also of a workbook, and of a survey's table`() throws {
    let folder = try Folder()
    let cells = [
      ["session", "person_id", "status"], ["S1", "F1001", "present", "", "husk å ringe"],
    ]
    let sheet = cells.enumerated().map { WorkbookMaker.row($0 + 1, $1) }.joined()
    let file = "\(folder.path)/a.xlsx"
    try WorkbookMaker(sheets: [("Ark1", sheet)]).write(to: file)
    let report = try Scene().ingest("attendance", file: file, options: IngestOptions())
    let rejects = try rows(of: try #require(report.rejectsFile))
    #expect(rejects[1].first == "S1" && rejects[1].last == "husk å ringe")
    #expect(rejects[1].count == 6 && rejects[1][3] == "VD211")
  }

  // MARK: Reasons, and the bytes they are written in

  @Test func `reasons say what to do, and hide what they hide with asterisks`() throws {
    let folder = try Folder()
    let csv = "\(Self.header)\nS1;F1001;presnt;60\nS1;F1002;Per Ukjent;60\n"
    let back = try givenBack("a.csv", Array(csv.utf8), folder)
    #expect(back.contains("'presnt' is not one of the values this column takes (did you mean"))
    #expect(back.contains("'***' is not one of"))
    #expect(back.unicodeScalars.first == "\u{FEFF}", "words of both languages need one")
  }

  @Test(arguments: ["6ø", "6x"])
  func `a mark where a spreadsheet needs one, which is no part of the file`(minutes: String) throws
  {
    let folder = try Folder()
    let scene = Scene()
    // The letters come late, when the file was begun long since.
    let csv =
      "\(Self.header)\n" + String(repeating: "S1;F1001;present;6x\n", count: 3)
      + "S1;F1002;present;\(minutes)\n"
    let back = try givenBack("a.csv", Array(csv.utf8), folder, scene)
    #expect(back.unicodeScalars.first == (minutes == "6x" ? "s" : "\u{FEFF}"))
    #expect(try rows(of: "\(folder.path)/a.rejected.csv").count == 5)
    let mended = back.replacing("6ø", with: "60").replacing("6x", with: "60")
    let file = try folder.write("b.csv", Array(mended.utf8))
    let report = try scene.ingest("attendance", file: file)
    #expect((report.new, report.duplicate, report.rejected) == (2, 2, 0))
  }

  @Test func `lines of JSON have no mark`() throws {
    let folder = try Folder()
    let line = #"{"session":"S1","person_id":"F1001","status":"präsent"}"# + "\n"
    #expect(try givenBack("a.ndjson", Array(line.utf8), folder).hasPrefix("{\"session\""))
  }

  @Test func `a file saved as Windows-1252 with typographic signs is read, and that is told`()
    throws
  {
    let signs: [UInt8] = [0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97]
    for sign in signs {
      let folder = try Folder()
      let bytes = Array("\(Self.header);reason\nS1;F1001;present;60;".utf8) + [sign, 0x0A]
      let report = try Scene().ingest("attendance", file: try folder.write("a.csv", bytes))
      #expect(report.encoding?.encoding == .windows1252)
      #expect(report.encoding?.reason.contains("--encoding decides otherwise") == true)
    }
  }

  // MARK: Files that are something else

  private func refusal(_ kind: String, _ name: String, _ bytes: [UInt8]) throws -> Diagnostic {
    let folder = try Folder()
    let file = try folder.write(name, bytes)
    let error = #expect(throws: InputError.self) { try Scene().ingest(kind, file: file) }
    #expect(error?.diagnostics.count == 1, "\(error?.diagnostics.map(\.rendered) ?? [])")
    return try #require(error?.diagnostics.first)
  }

  @Test func `workbooks of other formats are named, with what to do about them`() throws {
    let xml =
      "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
      + "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"
    let old = try refusal("attendance", "a.xls", Array(xml.utf8))
    #expect(old.code == "VD250" && old.message.contains("old XML format"))
    #expect(old.hint?.contains("save it as .xlsx") == true)
    let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    let packed = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    let room = [UInt8](repeating: 0, count: 1_500)
    let locked = try refusal("attendance", "a.xlsx", mark + room + packed + room)
    #expect(locked.message.contains("a workbook with a password"))
    #expect(locked.hint?.contains("remove the password") == true)
    let unclear = try refusal("attendance", "a.xls", mark + room)
    #expect(unclear.message.contains("an old Excel workbook (.xls) or one with a password"))
  }

  @Test func `a file of another kind is told as such, and nothing else`() throws {
    let enrolments = "ansattnr;navn;epost;enhet;gruppe;rolle;fra\nF1;Åse;;HUM;TST-1;;2025-02-01\n"
    let found = try refusal("attendance", "a.csv", Array(enrolments.utf8))
    #expect(found.code == "VD236")
    #expect(found.message == "the header is that of enrolments, not of attendance")
    #expect(found.hint?.contains("varde ingest enrolments") == true)
    // A header with mistakes is still the one of its kind.
    let misspelt = "session;person_id;stauts\nS1;F1001;present\n"
    let error = #expect(throws: InputError.self) { try Scene().send("attendance", misspelt) }
    #expect(error?.diagnostics.map(\.code) == ["VD213", "VD214"])
  }

  @Test func `a tool's file without its binding is told as that tool's`() throws {
    for (kind, file, tool) in [
      ("responses", "survey-w0.csv", "nettskjema"),
      ("attendance", "teams-TST-3-2025-09-23.csv", "teams"),
    ] {
      let bytes = Array(try Data(contentsOf: URL(filePath: "\(DemoOffice.folder)/\(file)")))
      let found = try refusal(kind, file, bytes)
      #expect(found.code == "VD237" && found.message.contains("a file of '\(tool)'"))
      #expect(found.hint?.contains("--binding") == true)
    }
  }

  // MARK: What a message shows

  private func problems(_ kind: String, _ header: String, _ row: String) throws -> [Diagnostic] {
    try Scene().send(kind, "\(header)\n\(row)\n").diagnostics
  }

  @Test(arguments: [
    ("#########", "too narrow"), ("#VERDI!", "error of the spreadsheet"), ("#N/A", "error of"),
  ])
  func `what a spreadsheet shows instead of a value is no secret`(word: String, why: String) throws
  {
    let header = "session;group;planned_on;status"
    for row in ["S9;TST-1;\(word);planned", "S9;\(word);2025-03-01;planned"] {
      let found = try problems("sessions", header, row)
      #expect(found.map(\.code) == ["VD253"], "\(found.map(\.rendered))")
      #expect(found[0].message.contains("'\(word)'") && found[0].message.contains(why))
    }
    let person = try problems("attendance", Self.header, "S1;\(word);present;60")
    #expect(person.map(\.code) == ["VD253"])
    let new = try problems(
      "enrolments", "person_id;unit;group;joined", "\(word);HUM;TST-1;2025-02-01")
    #expect(new.map(\.code) == ["VD253"], "nobody is called so")
  }

  @Test func `a number too long to be shown is told by its length`() throws {
    let short = try problems("attendance", Self.header, "S1;F1001;present;-3")
    #expect(short[0].message == "'minutes': -3 is outside 0 to 1440")
    let long = try problems("attendance", Self.header, "S1;F1001;present;100123")
    #expect(long[0].message == "'minutes': a number of 6 digits is outside 0 to 1440")
  }

  @Test func `a code that is a slip of a known one is shown as the hint shows that`() throws {
    let header = "person_id;unit;group;joined"
    let slip = try problems("enrolments", header, "F9;HUN;TST-1;2025-02-01")
    #expect(slip[0].message == "unit 'HUN' is not known")
    #expect(slip[0].hint == "did you mean 'HUM'?")
    let name = try problems("enrolments", header, "F9;Eva;TST-1;2025-02-01")
    #expect(name[0].message == "unit '•••' is not known")
  }

  @Test func `what somebody types is shown to them, unless it is somebody`() throws {
    func message(_ programme: String) throws -> String {
      let arguments = ["person_id=F1001", "programme=\(programme)", "term=2025V", "allocated=20"]
        .enumerated().compactMap { RecordArgument($1, number: $0 + 1) }
      let kind = try #require(RecordKinds.named("hours"))
      let scene = Scene()
      scene.log.startRun()
      let report = try scene.runner(IngestOptions(rejects: .nowhere)).record(kind, arguments)
      return report.diagnostics.map(\.rendered).joined(separator: "\n")
    }
    #expect(try message("NOPE").contains("programme 'NOPE' is not known"))
    for hidden in ["F1002", "Prøvesen", "Demodal"] {
      #expect(try !message(hidden).contains(hidden))
    }
  }

  @Test func `of answers only the wrong one is shown, and of moments the day`() throws {
    let found = try problems(
      "responses", "response;instrument;wave;person_id;on;pit_1;pit_2",
      "R1;pit;W0;F1001;2025-01-22;9;3")
    let excerpt = try #require(found.first?.excerpt)
    #expect(found.map(\.code) == ["VD310"])
    #expect(excerpt.hasSuffix(";9;•••") && excerpt.contains("2025-01-22"))
    let late = try problems(
      "responses", "response;instrument;wave;person_id;on;pit_1;pit_2",
      "R1;pit;W0;F1001;2025-01-22T08:15:07;9;3")
    #expect(late.contains { $0.message.contains("2025-01-22 •••") })
    #expect(!late.contains { $0.rendered.contains("08:15") || $0.rendered.contains(";3") })
  }

  // MARK: Hints

  @Test(arguments: [
    ("person_id", "f1002", "same letters"), ("person_id", "p2@example.org", "column 'email'"),
    ("person_id", "Øyvind Demodal", "column 'name'"),
  ])
  func `somebody nobody knows, and why`(column: String, value: String, hint: String) throws {
    let found = try problems(
      "attendance", "session;\(column);email;name;status", "S1;\(value);;;present")
    #expect(found.map(\.code) == ["VD401"])
    #expect(found[0].hint?.contains(hint) == true, "\(found[0].hint ?? "")")
    #expect(!found[0].rendered.contains(value))
  }

  @Test func `a guest from outside is not to be enrolled`() throws {
    let found = try problems(
      "attendance", "session;name;status;guest", "S1;Gjest Utenfra;present;ja")
    #expect(found[0].hint?.contains("from outside are not recorded") == true)
  }

  @Test(arguments: ["01.mar", "2025-03-01", "2025-03-01 00:00:00"])
  func `a date where a number belongs`(value: String) throws {
    let found = try problems("attendance", Self.header, "S1;F1001;present;\(value)")
    #expect(found.map(\.code) == ["VD305"])
    #expect(found[0].hint?.hasPrefix("Excel makes dates of numbers") == true)
  }

  @Test func `the beginning of a column's name is that column`() throws {
    let error = #expect(throws: InputError.self) {
      try Scene().send("attendance", "session;person;status\nS1;F1001;present\n")
    }
    #expect(error?.diagnostics.first?.hint == "did you mean 'person_id'?")
  }
}
