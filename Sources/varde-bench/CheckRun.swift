import EventLog
import Events
import FoundationEssentials
import Glibc
import Ingest

/// How long reading and checking attendance rows takes, with everything they are checked against in
/// memory and no database.
///
///     varde-bench check SESSIONS.csv ATTENDANCE.csv
///
/// Prints rows, seconds of the processor, and how many rows were rejected. The group and its 100
/// members are those of `Scripts/bench-parts/common.sh`; the sessions come from their file.
struct CheckRun {
  private let people = Members()
  private let kept = Counter()
  private let attendance: String
  private var register = Register()

  init(sessions: String, attendance: String) throws {
    self.attendance = attendance
    let start = Array(#"{"programme":"B","starts_on":"2020-01-01"}"#.utf8)
    register.learn(type: "programme_registered", body: start, subject: nil)
    let group = Array(#"{"programme":"B","group":"B-1","formed_on":"2020-01-01"}"#.utf8)
    register.learn(type: "group_formed", body: group, subject: nil)
    let enrolment = Array(#"{"programme":"B","group":"B-1","joined":"2020-01-01"}"#.utf8)
    for subject in people.subjects.values {
      register.learn(type: "enrolment_recorded", body: enrolment, subject: subject)
    }
    let learner = Learner(register)
    _ = try run(into: learner).ingest(Self.kind("sessions"), file: sessions)
    register = learner.register
  }

  /// The line to print.
  func measure() throws -> String {
    let begin = Self.processorSeconds()
    let report = try run(into: kept).ingest(Self.kind("attendance"), file: attendance)
    return "\(report.read) \(Self.processorSeconds() - begin) \(report.rejected)"
  }

  private func run(into sink: any EventSink) -> IngestRun {
    IngestRun(
      id: UUID(), register: register, people: people, sink: sink, zones: NoZones(),
      options: IngestOptions(dryRun: true, rejects: .nowhere))
  }

  private static func kind(_ name: String) throws -> any RecordKind {
    guard let kind = RecordKinds.named(name) else { throw Missing(kind: name) }
    return kind
  }

  private struct Missing: Error {
    let kind: String
  }

  /// Of this process, in user and system mode; other work on the machine does not count.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The members `P1` to `P100`.
private final class Members: IdentityResolver {
  let subjects: [String: UUID] = Dictionary(
    uniqueKeysWithValues: (1...100).map { ("P\($0)", UUID()) })

  func lookUp(personIDs: [String]) -> [String: UUID] {
    subjects.filter { personIDs.contains($0.key) }
  }
  func lookUp(emails: [String]) -> [String: UUID] { [:] }
  func names(of subjects: [UUID]) -> [UUID: String] { [:] }
  func allNames() -> [UUID: String] { [:] }
  func register(_ people: [PersonIdentity], dryRun: Bool) -> [UUID] { people.map { _ in UUID() } }
}

/// A log to which everything is new.
private class Counter: EventSink {
  private var waiting = 0

  func submit(_ drafts: [EventDraft]) throws -> [RecordedOutcome] {
    defer { waiting = drafts.count }
    return try collect()
  }

  func collect() throws -> [RecordedOutcome] {
    defer { waiting = 0 }
    return Array(repeating: .new, count: waiting)
  }
}

/// One that takes what it is sent into the register.
private final class Learner: Counter {
  private(set) var register: Register

  init(_ register: Register) { self.register = register }

  override func submit(_ drafts: [EventDraft]) throws -> [RecordedOutcome] {
    for draft in drafts {
      register.learn(type: draft.type, body: draft.body, subject: draft.subject)
    }
    return try super.submit(drafts)
  }
}

private struct NoZones: ZoneSource {
  func rules(of zone: String) -> ZoneRules? { nil }
}
