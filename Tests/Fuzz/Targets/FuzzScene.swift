#if DEBUG
  import EventLog
  import Events
  import FoundationEssentials
  import Glibc
  @testable import Ingest

  /// A small programme that every file is checked against, and a file in memory to put bytes in.
  final class FuzzScene: @unchecked Sendable {
    /// Used by one thread.
    static let shared = FuzzScene()

    private var register = Register()
    private let people = Crowd()
    private let descriptor = FuzzScene.fileInMemory()
    private var path: String { "/proc/self/fd/\(descriptor)" }

    /// Rows that were good in what was sent last.
    private(set) var recorded = 0

    /// The description of a form beside its answers.
    private let companion = FuzzScene.fileInMemory()
    /// What is answered while descriptions change.
    private lazy var answers = FuzzScene.seed("nettskjema-answers", "good")
    private lazy var elements = FuzzScene.seed("elements", "elements")
    private lazy var responses = FuzzScene.seed("redcap", "good")
    private lazy var described = FuzzBindings.answers(elements: "/proc/self/fd/\(companion)")
    private lazy var listed = FuzzBindings.responses(dictionary: "/proc/self/fd/\(companion)")

    /// A file that nobody else can see, and that is gone with the program.
    private static func fileInMemory() -> Int32 {
      let name = "/dev/shm/varde-fuzz-\(getpid())-\(UUID())"
      defer { unlink(name) }
      return open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }

    private static func seed(_ target: String, _ name: String) -> [UInt8] {
      let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus/\(target)/\(name)")
      do {
        return Array(try Data(contentsOf: corpus))
      } catch {
        preconditionFailure("\(error)")
      }
    }

    private init() {
      precondition(descriptor >= 0, "no file in memory")
      let learned: [(String, String)] = [
        (
          "programme_registered",
          #"{"programme":"TST","starts_on":"2025-01-01","terms":[{"code":"V","from":"01-01"}]}"#
        ),
        ("unit_registered", #"{"unit":"HUM","kind":"faculty"}"#),
        ("group_formed", #"{"programme":"TST","group":"TST-1","formed_on":"2025-01-15"}"#),
        ("group_formed", #"{"programme":"TST","group":"1-2","formed_on":"2025-01-15"}"#),
        (
          "instrument_published",
          #"{"programme":"TST","instrument":"pit","version":1,"items":[{"item":"pit_1","min":1,"max":7,"not_relevant":8},{"item":"pit_2","min":1,"max":7}]}"#
        ),
        (
          "wave_defined",
          #"{"programme":"TST","wave":"W0","from_day":-30,"to_day":21}"#
        ),
        (
          "wave_defined",
          #"{"programme":"TST","wave":"W1","from_day":50,"to_day":300}"#
        ),
        (
          "instrument_published",
          #"{"programme":"TST","instrument":"peer","version":1,"items":[{"item":"iso_1","min":1,"max":7,"not_relevant":8},{"item":"iso_2","min":1,"max":7},{"item":"role","min":1,"max":3},{"item":"th_teaching","min":0,"max":1},{"item":"th_assessment","min":0,"max":1}]}"#
        ),
        (
          "session_recorded",
          #"{"programme":"TST","group":"TST-1","session":"S1","planned_on":"2025-02-11","status":"held","held_on":"2025-02-12"}"#
        ),
      ]
      for (type, body) in learned {
        register.learn(type: type, body: Array(body.utf8), subject: nil)
      }
      let joined = Array(#"{"programme":"TST","group":"TST-1","joined":"2025-01-20"}"#.utf8)
      for subject in Crowd.known.values {
        register.learn(type: "enrolment_recorded", body: joined, subject: subject)
      }
    }

    func send(_ bytes: [UInt8], _ kind: any RecordKind) {
      send(bytes) { run, path in try run.ingest(kind, file: path) }
    }

    func send(_ bytes: [UInt8], _ binding: Binding?) {
      guard let binding else { preconditionFailure("a target without a binding") }
      send(bytes) { run, path in try run.ingest(binding, file: path) }
    }

    /// Sends answers to a form whose description is fixed.
    func answer(_ bytes: [UInt8]) {
      FuzzScene.fill(companion, elements)
      send(bytes, described)
    }

    /// Sends fixed answers with the bytes as the description of their form.
    func describe(_ bytes: [UInt8], _ target: FuzzTarget) {
      FuzzScene.fill(companion, bytes)
      if target == .elements { send(answers, described) } else { send(responses, listed) }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) {
      ftruncate(descriptor, 0)
      bytes.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    func bind(_ yaml: String) {
      do {
        try Binding(yaml: yaml, file: "b.yaml").check(
          against: register, sessions: KnownSessions(entries: register.sessions))
      } catch is InputError {
        return
      } catch {
        preconditionFailure("\(error)")
      }
    }

    private func send(_ bytes: [UInt8], _ ingest: (IngestRun, String) throws -> IngestReport) {
      FuzzScene.fill(descriptor, bytes)
      recorded = 0
      let log = CheckingLog()
      let run = IngestRun(
        id: UUID(), register: register, people: people, sink: log, zones: OneZone(),
        options: IngestOptions(rejects: .nowhere))
      do {
        let report = try ingest(run, path)
        precondition(report.isBalanced, "rows are missing")
        recorded = report.new
        check(report.diagnostics, bytes, isText: report.form == nil)
        _ = report.text()
      } catch let error as InputError {
        precondition(!error.diagnostics.isEmpty, "turned down without a word")
        check(error.diagnostics, bytes, isText: false)
      } catch {
        preconditionFailure("\(error)")
      }
    }

    /// Every place told is inside the file, and nothing told is long.
    private func check(_ found: [Diagnostic], _ bytes: [UInt8], isText: Bool) {
      let last = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
      for diagnostic in found {
        precondition((diagnostic.line ?? 1) >= 1 && (diagnostic.column ?? 1) >= 1, "no place")
        if isText { precondition((diagnostic.line ?? 1) <= last, "a line outside the file") }
        precondition(diagnostic.message.unicodeScalars.count < 1_000, "a long message")
        precondition((diagnostic.excerpt ?? "").unicodeScalars.count < 1_000, "a long excerpt")
        _ = diagnostic.rendered
      }
    }
  }

  /// Everything is new to it, once a run; bodies are JSON objects of whole letters.
  private final class CheckingLog: EventSink {
    private var seen: [String: EventDraft] = [:]
    private var answers: [RecordedOutcome] = []

    func submit(_ drafts: [EventDraft]) -> [RecordedOutcome] {
      let before = collect()
      answers = drafts.map { draft in
        precondition(UTF8Check.isText(draft.body), "a body that is no text, or lost letters")
        precondition((try? JSONReader.read(draft.body)) != nil, "a body that is no JSON")
        precondition(!draft.body.contains { $0 < 0x20 }, "a body with control characters")
        guard let key = draft.naturalKey else { return .new }
        guard let earlier = seen.updateValue(draft, forKey: key) else { return .new }
        return earlier == draft ? .duplicate : .conflicting
      }
      return before
    }

    func collect() -> [RecordedOutcome] {
      defer { answers = [] }
      return answers
    }
  }

  /// Three people whom rows may be about.
  private final class Crowd: IdentityResolver {
    static let known: [String: UUID] = ["F1001": UUID(), "F1002": UUID(), "00427": UUID()]
    private static let emails = ["p1@example.org": known["F1001"]]

    func lookUp(personIDs: [String]) -> [String: UUID] {
      var found: [String: UUID] = [:]
      for id in personIDs { found[id] = Crowd.known[id] }
      return found
    }
    func lookUp(emails: [String]) -> [String: UUID] {
      var found: [String: UUID] = [:]
      for email in emails { found[email] = Crowd.emails[email] ?? nil }
      return found
    }
    func names(of subjects: [UUID]) -> [UUID: String] {
      var names: [UUID: String] = [:]
      for subject in subjects {
        names[subject] = subject == Crowd.known["F1001"] ? "Åse Prøvesen" : "Øyvind Demodal"
      }
      return names
    }
    func allNames() -> [UUID: String] { names(of: Array(Crowd.known.values)) }
    func register(_ people: [PersonIdentity], dryRun: Bool) -> [UUID] {
      people.map { person in person.personID.flatMap { Crowd.known[$0] } ?? UUID() }
    }
  }

  /// An hour ahead of UTC, and for a summer two.
  private struct OneZone: ZoneSource {
    func rules(of zone: String) -> ZoneRules? {
      ZoneRules(
        name: zone,
        changes: [
          .init(from: .min, offset: 3_600), .init(from: 1_743_296_400, offset: 7_200),
          .init(from: 1_761_440_400, offset: 3_600),
        ])
    }
  }
#endif
