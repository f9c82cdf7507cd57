import EventLog
import Events
import FoundationEssentials

@testable import Ingest

/// The log as the contract has it, in memory.
final class MemoryLog: EventSink {
  private(set) var stored: [String: EventDraft] = [:]
  private(set) var drafts: [EventDraft] = []
  private var seen: [String: EventDraft] = [:]
  private(set) var blocks: [Int] = []

  private var answers: [RecordedOutcome] = []

  func submit(_ drafts: [EventDraft]) -> [RecordedOutcome] {
    let before = collect()
    answers = record(drafts)
    return before
  }

  func collect() -> [RecordedOutcome] {
    defer { answers = [] }
    return answers
  }

  func record(_ drafts: [EventDraft]) -> [RecordedOutcome] {
    blocks.append(drafts.count)
    return drafts.map { draft in
      self.drafts.append(draft)
      guard let key = draft.naturalKey else { return .new }
      if let earlier = seen[key] {
        return MemoryLog.isSame(earlier, draft) ? .duplicate : .conflicting
      }
      if draft.onlyIfKnown {
        return stored[key].map { MemoryLog.isSame($0, draft) } == true ? .unchanged : .conflicting
      }
      seen[key] = draft
      let before = stored.updateValue(draft, forKey: key)
      guard let before else { return .new }
      return MemoryLog.isSame(before, draft)
        ? .unchanged
        : .corrected(
          position: 7, before: before.body, subject: before.subject,
          occurredAt: before.occurredAt)
    }
  }

  /// As the log compares: how people were recognised is no content.
  private static func isSame(_ first: EventDraft, _ second: EventDraft) -> Bool {
    var (first, second) = (first, second)
    first.body = Array(EventDraft.content(of: first.body))
    second.body = Array(EventDraft.content(of: second.body))
    (first.onlyIfKnown, second.onlyIfKnown) = (false, false)
    return first == second
  }

  /// A new run begins.
  func startRun() {
    seen = [:]
    drafts = []
  }

  var bodies: [String] { drafts.map { String(decoding: $0.body, as: UTF8.self) } }
}

/// A vault in memory; ids are numbered, so that tests can name them.
final class MemoryVault: IdentityResolver {
  private(set) var people: [PersonIdentity] = []
  private(set) var lookUps = 0

  static func subject(_ number: Int) -> UUID {
    UUID(
      uuid: (
        0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, UInt8(number >> 8), UInt8(number & 255)
      ))
  }

  func lookUp(personIDs: [String]) -> [String: UUID] {
    lookUps += 1
    var found: [String: UUID] = [:]
    for id in personIDs {
      found[id] = people.firstIndex { $0.personID == id }.map { MemoryVault.subject($0 + 1) }
    }
    return found
  }

  func lookUp(emails: [String]) -> [String: UUID] {
    lookUps += 1
    var found: [String: UUID] = [:]
    for email in emails {
      found[email] = people.firstIndex { $0.email?.lowercased() == email.lowercased() }
        .map { MemoryVault.subject($0 + 1) }
    }
    return found
  }

  func names(of subjects: [UUID]) -> [UUID: String] {
    var names: [UUID: String] = [:]
    for (index, person) in people.enumerated() {
      let subject = MemoryVault.subject(index + 1)
      if subjects.contains(subject), let name = person.name { names[subject] = name }
    }
    return names
  }

  func allNames() -> [UUID: String] {
    names(of: people.indices.map { MemoryVault.subject($0 + 1) })
  }

  func register(_ people: [PersonIdentity], dryRun: Bool) -> [UUID] {
    people.map { person in
      if let index = self.people.firstIndex(where: { $0.personID == person.personID }) {
        if let name = person.name, !dryRun { self.people[index].name = name }
        return MemoryVault.subject(index + 1)
      }
      self.people.append(person)
      return MemoryVault.subject(self.people.count)
    }
  }
}

/// A small programme with two groups and four people, and files to send to it.
struct Scene {
  var register = Register()
  let vault = MemoryVault()
  let log = MemoryLog()
  static let run = MemoryVault.subject(999)

  init() {
    register.learn(
      type: "programme_registered",
      body: Array(
        #"{"programme":"TST","title_nb":"Lag","starts_on":"2025-01-01","ends_on":"2026-12-31","terms":[{"code":"V","from":"01-01","to":"07-31"},{"code":"H","from":"08-01","to":"12-31"}]}"#
          .utf8), subject: nil)
    for unit in ["HUM", "REA"] {
      learn("unit_registered", #"{"unit":"\#(unit)","kind":"faculty"}"#)
    }
    for group in ["TST-1", "TST-2"] {
      learn(
        "group_formed",
        #"{"programme":"TST","group":"\#(group)","formed_on":"2025-01-15","dissolved_on":"2026-06-30"}"#
      )
    }
    learn(
      "instrument_published",
      #"{"programme":"TST","instrument":"pit","version":1,"items":[{"item":"pit_1","min":1,"max":7,"not_relevant":8},{"item":"pit_2","min":1,"max":7,"not_relevant":8}]}"#
    )
    learn(
      "wave_defined",
      #"{"programme":"TST","wave":"W0","from_day":-30,"to_day":21,"instrument":"pit"}"#)
    for (number, name) in ["Åse Prøvesen", "Øyvind Demodal", "Kari Testnes", "Kari Testnes"]
      .enumerated()
    {
      _ = vault.register(
        [
          PersonIdentity(
            personID: "F100\(number + 1)", email: "p\(number + 1)@example.org", name: name)
        ], dryRun: false)
      register.learn(
        type: "enrolment_recorded",
        body: Array(#"{"programme":"TST","group":"TST-1","joined":"2025-01-20"}"#.utf8),
        subject: MemoryVault.subject(number + 1))
    }
    learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-1","session":"S1","planned_on":"2025-02-11","status":"held","held_on":"2025-02-12","minutes":60}"#
    )
    learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-1","session":"S2","planned_on":"2025-02-25","status":"cancelled"}"#
    )
    learn(
      "session_recorded",
      #"{"programme":"TST","group":"TST-1","session":"S3","planned_on":"2025-03-25","status":"planned"}"#
    )
  }

  /// What was sent last counts from now on.
  mutating func learnSent() {
    for draft in log.drafts {
      register.learn(type: draft.type, body: draft.body, subject: draft.subject)
    }
  }

  /// Two of the scene's people, by number, are one.
  mutating func merge(_ from: Int, into: Int) {
    let into = MemoryVault.subject(into).uuidString.lowercased()
    register.learn(
      type: "subjects_merged", body: Array(#"{"into":"\#(into)"}"#.utf8),
      subject: MemoryVault.subject(from))
  }

  mutating func learn(_ type: String, _ body: String) {
    register.learn(type: type, body: Array(body.utf8), subject: nil)
  }

  func ingest(
    _ kind: String, file: String, options: IngestOptions = IngestOptions(rejects: .nowhere)
  ) throws -> IngestReport {
    let kind = RecordKinds.named(kind) ?? AttendanceKind()
    log.startRun()
    return try runner(options).ingest(kind, file: file)
  }

  func runner(_ options: IngestOptions) -> IngestRun {
    IngestRun(
      id: Scene.run, register: register, people: vault, sink: log, zones: OsloTime(),
      options: options)
  }

  /// Sends a text as a file of that kind.
  func send(
    _ kind: String, _ text: String, options: IngestOptions = IngestOptions(rejects: .nowhere)
  ) throws -> IngestReport {
    let folder = try Folder()
    return try ingest(kind, file: try folder.write("in.csv", Array(text.utf8)), options: options)
  }
}

/// A folder that is gone when the test is.
final class Folder {
  let path: String

  init() throws {
    path = "/tmp/varde-ingest-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }
}

/// The zone of most of our files, for the years they are from, and UTC.
struct OsloTime: ZoneSource {
  func rules(of zone: String) -> ZoneRules? {
    if zone == "UTC" { return ZoneRules(name: "UTC", changes: [.init(from: .min, offset: 0)]) }
    guard zone == "Europe/Oslo" else { return nil }
    let turns: [Int64] = [
      1_711_846_800, 1_729_990_800, 1_743_296_400, 1_761_440_400, 1_774_746_000, 1_792_890_000,
    ]
    let changes = turns.enumerated().map { index, turn in
      ZoneRules.Change(from: turn, offset: index.isMultiple(of: 2) ? 7_200 : 3_600)
    }
    return ZoneRules(
      name: zone, changes: [.init(from: .min, offset: 3_600)] + changes)
  }
}

/// A generator whose sequence is its seed's, so that a failure can be run again.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
