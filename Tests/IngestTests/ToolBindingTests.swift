import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Bindings of meetings, tables and trackers")
struct ToolBindingTests {
  private func bytes(_ golden: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(GoldenTests.folder)/\(golden)")))
  }

  private func ingest(
    _ binding: String, _ file: String, _ scene: Scene, _ options: IngestOptions = IngestOptions()
  ) throws -> IngestReport {
    scene.log.startRun()
    return try scene.runner(options).ingest(try Binding(file: binding), file: file)
  }

  // MARK: The documentation

  private static let page = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Docs/bindings-meetings.md")

  @Test func `every example of the documentation is a binding`() throws {
    let text = String(decoding: try Data(contentsOf: ToolBindingTests.page), as: UTF8.self)
    let examples = text.split(separator: "```yaml\n").dropFirst().compactMap {
      $0.split(separator: "```", maxSplits: 1).first.map(String.init)
    }
    #expect(examples.count >= 7)
    for example in examples { _ = try Binding(yaml: example, file: "example.yaml") }
  }

  // MARK: Drafts

  private func sample(_ golden: String) throws -> FileSample {
    let input = try OpenedInput(
      "\(GoldenTests.folder)/\(golden)",
      IngestOptions(delimiter: golden.hasPrefix("teams/") ? .tab : nil))
    let text = String(decoding: try bytes(golden), as: UTF8.self)
    guard !golden.hasSuffix("json"), !golden.hasSuffix("jsonl") else {
      return FileSample(file: golden, text: text, rows: [], register: Register())
    }
    _ = try input.reader.next()
    let batch = input.reader.batch
    let separator = input.reader.delimiter.rawValue
    let rows = batch.rows.map { row in batch.cells(of: row).map { batch.text($0) } }
    return FileSample(
      file: golden, text: rows.map { $0.joined(separator: separator) }.joined(separator: "\n"),
      rows: rows, register: Register())
  }

  @Test(arguments: [
    ("teams/report-norwegian.csv", "teams"), ("teams/joins-and-leaves.csv", "teams"),
    ("zoom/summary.csv", "zoom"), ("zoom/detail.csv", "zoom"),
    ("zoom/newer-headings.csv", "zoom"), ("xapi/attendance.jsonl", "xapi"),
    ("xapi/whole-answer.json", "xapi"), ("dhis2/nested.json", "dhis2"),
    ("dhis2/events.csv", "dhis2"), ("table/attendance.csv", "table"),
    ("attendance-list/marks.csv", "attendance-list"),
  ])
  func `a tool knows its own files and drafts a binding for them`(
    golden: String, tool: String
  ) throws {
    let sample = try sample(golden)
    let drafts = Tools.all.compactMap { type in type.draft(for: sample).map { (type.tool, $0) } }
    let first = try #require(drafts.first)
    #expect(first.0 == tool)
    _ = try Binding(yaml: first.1, file: "draft.yaml")
  }

  @Test(arguments: ["events.csv", "nested.json"])
  func `a draft for events names what the file holds`(name: String) throws {
    let draft = try Binding.draft(for: "\(GoldenTests.folder)/dhis2/\(name)")
    #expect(draft.contains("{\"oRgUnItHUM1\": GROUP"))
    #expect(draft.contains("drop: [\"dEmInUtEs01\", \"dEmOdE00001\""))
    _ = try Binding(yaml: draft, file: "draft.yaml")
  }

  @Test func `a list is known by the dates among its headings`() throws {
    let rows = [["Navn", "Rom", "12.02.2025", "25.02.2025"], ["Åse Prøvesen", "A", "x", ""]]
    let sample = FileSample(file: "list.csv", text: "", rows: rows, register: Register())
    let draft = try #require(AttendanceList.draft(for: sample))
    _ = try Binding(yaml: draft, file: "draft.yaml")
    #expect(draft.contains("  name: \"Navn\"\n"))
    #expect(draft.contains("  \"25.02.2025\": SESSION\n"))
    #expect(draft.contains("drop: [\"Rom\"]\n"))
  }

  // MARK: What is given back

  @Test func `a rejected mark comes back alone in its line, and its mended line is taken`() throws {
    let folder = try Folder()
    let binding = try folder.write("list.yaml", try bytes("attendance-list/binding.yaml"))
    let file = try folder.write("list.csv", try bytes("attendance-list/marks.csv"))
    let scene = Scene()
    _ = try ingest(binding, file, scene)
    let lines = String(decoding: try folder.read("list.rejected.csv"), as: UTF8.self)
      .split(separator: "\r\n").map(String.init)
    #expect(lines[0] == "\u{FEFF}Navn;2025-02-12;25.02;Merknad;error_code;error")
    #expect(lines[1].hasPrefix("Åse Prøvesen;;x;;VD419;"))
    #expect(lines[2].hasPrefix("Øyvind Demodal;sykk;;;VD345;"))
    let mended = [lines[0], lines[2].replacing("sykk", with: "syk")].joined(separator: "\n")
    let again = try ingest(
      binding, try folder.write("mended.csv", Array(mended.utf8)), scene)
    #expect(again.summary == "read 1: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected")
  }

  @Test func `rejected statements come back as lines, and mended ones are taken`() throws {
    let folder = try Folder()
    let binding = try folder.write("x.yaml", try bytes("xapi/binding.yaml"))
    let file = try folder.write("x.json", try bytes("xapi/whole-answer.json"))
    let scene = Scene()
    _ = try ingest(binding, file, scene)
    let rejected = String(decoding: try folder.read("x.rejected.ndjson"), as: UTF8.self)
    let lines = rejected.split(separator: "\n")
    #expect(lines.map { $0.contains("\"error_code\":\"VD401\"") } == [false, true])
    let mended = try folder.write(
      "y.jsonl", Array(rejected.replacing("F7777", with: "F1002").utf8))
    let again = try ingest(binding, mended, scene)
    #expect(again.summary == "read 2: 1 new, 0 corrected, 1 unchanged, 0 duplicate, 0 rejected")
  }

  @Test func `all rows of a rejected event come back, and are one event again`() throws {
    let folder = try Folder()
    let binding = try folder.write("d.yaml", try bytes("dhis2/binding.yaml"))
    let text = String(decoding: try bytes("dhis2/events.csv"), as: UTF8.self)
    let file = try folder.write("d.csv", Array(text.replacing(",60,", with: ",sixty,").utf8))
    let scene = Scene()
    #expect(try ingest(binding, file, scene).rejected == 1)
    let rejected = String(decoding: try folder.read("d.rejected.csv"), as: UTF8.self)
    #expect(rejected.split(separator: "\r\n").count == 4)
    let mended = try folder.write(
      "e.csv", Array(rejected.replacing(",sixty,", with: ",60,").utf8))
    let again = try ingest(binding, mended, scene)
    #expect(again.summary == "read 1: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected")
    #expect(scene.log.bodies[0].contains(#""minutes":60,"mode":"online""#))
  }

  @Test func `with the mended row everybody is settled who was not there`() throws {
    let folder = try Folder()
    let binding = try folder.write("t.yaml", try bytes("teams/whole-group.yaml"))
    let file = try folder.write("t.csv", try bytes("teams/whole-group-unsettled.csv"))
    let scene = Scene()
    #expect(try ingest(binding, file, scene).new == 1)
    // As if the address had become known.
    let rejected = try folder.read("t.rejected.csv")
    let text = String(
      decoding: stride(from: 2, to: rejected.count, by: 2).map {
        UInt16(rejected[$0]) | UInt16(rejected[$0 + 1]) << 8
      }, as: UTF16.self)
    let mended = text.replacing("oyvind.privat@example.org", with: "p2@example.org")
    let again = try ingest(
      binding, try folder.write("mended.csv", Array(mended.utf8)), scene)
    #expect(again.summary == "read 4: 3 new, 0 corrected, 1 unchanged, 0 duplicate, 0 rejected")
    #expect(scene.log.bodies.count { $0.contains("\"absent\"") } == 2)
    // The report calls the person otherwise than the enrolment does.
    #expect(again.diagnostics.map(\.code) == ["VD433"])
  }

  @Test func `what comes back of a report that was cut off still says nothing of the others`()
    throws
  {
    for name in ["whole-group-cut-by-count", "whole-group-cut-by-section"] {
      let folder = try Folder()
      let binding = try folder.write("t.yaml", try bytes("teams/whole-group.yaml"))
      let text = try utf16(try bytes("teams/\(name).csv"))
      let file = try folder.write(
        "t.csv", Array(text.replacing("p1@", with: "p9@").replacing("Åse", with: "Åge").utf8))
      let scene = Scene()
      #expect(try ingest(binding, file, scene).rejected == 1)
      let rejected = String(decoding: try folder.read("t.rejected.csv"), as: UTF8.self)
      let mended = rejected.replacing("p9@", with: "p1@").replacing("Åge", with: "Åse")
      let again = try ingest(binding, try folder.write("mended.csv", Array(mended.utf8)), scene)
      #expect(again.diagnostics.map(\.code) == ["VD286"], "\(name)")
      #expect(again.new == 1)
    }
  }

  private func utf16(_ bytes: [UInt8]) throws -> String {
    String(
      decoding: stride(from: 2, to: bytes.count, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }, as: UTF16.self)
  }

  @Test func `a list of marks that empties minutes says what to do about it`() throws {
    let folder = try Folder()
    let scene = Scene()
    _ = try scene.send("attendance", "session;person_id;status;minutes\nS1;F1001;present;60\n")
    let binding = try folder.write(
      "l.yaml",
      Array(
        "tool: attendance-list\nkind: attendance\ncolumns: {person_id: Nr}\nsessions: {A: S1}\nstatus: {x: present}\n"
          .utf8))
    let report = try ingest(
      binding, try folder.write("l.csv", Array("Nr;A\nF1001;x\n".utf8)), scene)
    let hint = try #require(report.diagnostics.first { $0.code == "VD242" }?.hint)
    #expect(hint.contains("cannot say it") && !hint.contains("in the binding"))
  }

  @Test func `nobody is recorded as absent without the consent the programme needs`() throws {
    var scene = Scene()
    scene.register.programmes["TST"]?.consent = ["attendance": "evaluation"]
    let folder = "\(GoldenTests.folder)/teams"
    let report = try ingest(
      "\(folder)/whole-group.yaml", "\(folder)/whole-group.csv", scene,
      IngestOptions(rejects: .nowhere))
    #expect(report.excluded == ["absent members without consent": 3])
    #expect(report.summary == "read 1: 0 new, 0 corrected, 0 unchanged, 0 duplicate, 1 rejected")
  }

  /// Sessions of a scene at one of which a person was recorded already.
  private struct Recorded: SessionSource {
    let scene: Scene
    let people: Set<UUID>

    func sessions(_ codes: [String]) throws -> [String: Register.SessionEntry] {
      KnownSessions(entries: scene.register.sessions).sessions(codes)
    }
    func codes() throws -> [String] { [] }
    func attendanceRecorded(at session: String, of people: [UUID]) throws -> Set<UUID> {
      session == "S1" ? self.people.intersection(people) : []
    }
  }

  @Test(arguments: [2, 5])
  func `what a person has recorded of a member stays, under any of their ids`(number: Int) throws {
    var scene = Scene()
    // The person had a number of their own before.
    scene.merge(5, into: 2)
    let folder = "\(GoldenTests.folder)/teams"
    let run = IngestRun(
      id: Scene.run, register: scene.register,
      sessions: Recorded(scene: scene, people: [MemoryVault.subject(number)]), people: scene.vault,
      sink: scene.log, zones: OsloTime(), options: IngestOptions(rejects: .nowhere))
    let report = try run.ingest(
      try Binding(file: "\(folder)/whole-group.yaml"), file: "\(folder)/whole-group.csv")
    #expect(report.excluded == ["members not in the report whose attendance is recorded": 1])
    #expect(scene.log.drafts.compactMap(\.subject) == [1, 3, 4].map(MemoryVault.subject))
  }

  @Test func `a rejected event comes back once, with its person and without other events`() throws {
    let folder = try Folder()
    let binding = try folder.write("n.yaml", try bytes("dhis2/binding.yaml"))
    let file = try folder.write("n.json", try bytes("dhis2/nested.json"))
    let scene = Scene()
    let report = try ingest(binding, file, scene)
    let rejected = String(decoding: try folder.read("n.rejected.ndjson"), as: UTF8.self)
    let lines = rejected.split(separator: "\n")
    #expect(lines.count == report.rejected)
    for line in lines {
      #expect(String(line).components(separatedBy: "\"event\"").count == 2)
      #expect(line.contains("\"trackedEntity\""))
      _ = try JSONReader.read(Array(line.utf8))
    }
    let mended = try folder.write(
      "m.ndjson", Array(rejected.replacing("\"3\"", with: "\"2\"").utf8))
    let again = try ingest(binding, mended, scene)
    #expect(again.new == 1)
    #expect(again.rejected == report.rejected - 1)
  }

  // MARK: Several reports of one meeting

  @Test func `whichever report of a meeting is sent, all of them count`() throws {
    let scene = Scene()
    let folder = "\(GoldenTests.folder)/teams"
    let options = IngestOptions(rejects: .nowhere)
    let first = try ingest(
      "\(folder)/started-again.yaml", "\(folder)/started-again.csv", scene, options)
    let second = try ingest(
      "\(folder)/started-again.yaml", "\(folder)/part-second.csv", scene, options)
    #expect(first.new == 2)
    #expect(second.unchanged == 2)
    #expect(second.corrected == 0)
    #expect(first.form?.contains("part-second.csv, sha256 ") == true)
  }

  @Test func `known people from elsewhere are guests where the binding says so`() throws {
    var scene = Scene()
    scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-2","session":"S9","status":"held","held_on":"2025-02-12"}"#)
    let folder = try Folder()
    let text = "tool: zoom\nkind: attendance\nsession: S9\n"
    let file = try folder.write(
      "z.csv",
      Array("Name (Original Name),User Email,Duration,Guest\n,p1@example.org,55,No\n".utf8))
    let strict = try folder.write("strict.yaml", Array(text.utf8))
    let open = try folder.write("open.yaml", Array((text + "visitors: guest\n").utf8))
    let refused = try ingest(strict, file, scene)
    #expect(refused.diagnostics.map(\.code) == ["VD415"])
    let taken = try ingest(open, file, scene)
    #expect(taken.new == 1)
    #expect(scene.log.bodies[0].contains(#""minutes":55,"guest":true"#))
  }

  @Test func `the session's own length counts before that of the meeting`() throws {
    var scene = Scene()
    scene.learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-1","session":"S1","planned_on":"2025-02-11","status":"held","held_on":"2025-02-12","minutes":20}"#
    )
    let folder = try Folder()
    let binding = try folder.write(
      "b.yaml", Array("tool: zoom\nkind: attendance\nsession: S1".utf8))
    let file = try folder.write(
      "z.csv", Array("Name (Original Name),Duration,Guest\nÅse Prøvesen,5,No\n".utf8))
    _ = try ingest(binding, file, scene)
    #expect(scene.log.bodies[0].contains(#""status":"present","minutes":5"#))
  }

  // MARK: Parts

  @Test(arguments: [
    ("PT1H27M51S", 5271), ("PT57M", 3420), ("PT0.5H", 1800), ("P1DT1S", 86_401), ("P1W", 604_800),
    ("PT40M30,5S", 2430),
  ])
  func `durations of statements are read`(text: String, seconds: Int) {
    #expect(ISODuration.seconds(text) == seconds)
  }

  @Test(arguments: ["", "P", "PT", "1H", "PT1", "P1Y", "P1H", "PT1D", "PT1H2", "PTH", "P1M"])
  func `what is no duration of its own length is nil`(text: String) {
    #expect(ISODuration.seconds(text) == nil)
  }

  @Test func `a time is a day where the programme is`() throws {
    let day = LocalDay(OsloTime().rules(of: "Europe/Oslo"))
    #expect(day.day(of: "2023-02-12T23:00:00Z") == "2023-02-13")
    #expect(day.day(of: "2025-07-01T22:00:00.000+0000") == "2025-07-02")
    #expect(day.day(of: "2025-02-12T00:00:00.000") == "2025-02-12")
    #expect(day.day(of: "2025-02-12") == "2025-02-12")
    #expect(day.day(of: "not a time at all") == "not a time at all")
  }

  @Test func `presence is by minutes or by share, and unknown stays unknown`() {
    let both = { (seconds: Int?) in
      (try? TeamsRule.rule("{minutes: 10, share: 25}"))?.status(seconds: seconds, of: 1200)
    }
    #expect(both(300) == "present")
    #expect(both(299) == "absent")
    #expect(both(nil) == "unknown")
    let minutes = { (seconds: Int) in
      (try? TeamsRule.rule("{minutes: 10}"))?.status(seconds: seconds, of: 1200)
    }
    #expect(minutes(599) == "absent")
    #expect(minutes(600) == "present")
  }

  private enum TeamsRule {
    static func rule(_ text: String) throws -> PresenceRule {
      var reader = try BindingReader(yaml: "presence: \(text)", file: "b.yaml")
      return PresenceRule(&reader)
    }
  }

  // MARK: Anything at all

  /// Files of every tool with some bytes changed, left out or doubled: each is read or refused, and
  /// every row that is read is counted once.
  @Test(arguments: ToolGoldenTests.cases)
  func `no damage to a file is too much`(golden: String) throws {
    let path = "\(GoldenTests.folder)/\(golden)"
    let stem = path.prefix(upTo: try #require(path.lastIndex(of: ".")))
    let folder = path.prefix(upTo: try #require(path.lastIndex(of: "/")))
    let own = "\(stem).yaml"
    guard
      let binding = try? Binding(
        file: FileManager.default.fileExists(atPath: own) ? own : "\(folder)/binding.yaml")
    else { return }
    let whole = try bytes(golden)
    let place = try Folder()
    var random = Seeded(UInt64(golden.utf8.count))
    for _ in 0..<40 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) where !damaged.isEmpty {
        let index = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: damaged[index] = UInt8.random(in: 0...255, using: &random)
        case 1: damaged.remove(at: index)
        case 2: damaged.removeSubrange(index...)
        default: damaged.insert(contentsOf: damaged[index...].prefix(40), at: index)
        }
      }
      let scene = Scene()
      let file = try place.write("in.csv", damaged)
      do {
        let report = try scene.runner(IngestOptions()).ingest(binding, file: file)
        #expect(report.isBalanced)
      } catch let error as InputError {
        #expect(!error.diagnostics.isEmpty)
      }
    }
  }
}
