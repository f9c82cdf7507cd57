import ArgumentParser
import EventLog
import Events
import FoundationEssentials
import Ingest
import Vault

struct RetractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract",
    abstract: "Take back one record that was sent by mistake.",
    discussion: """
      For a record that should never have been: attendance of the wrong person, \
      a session twice. A value that is wrong is corrected instead, by recording it \
      again. The record stays in the log, and so does that it was taken back; facts \
      and figures are without it once a worker has run, and as they were at every \
      time before. Sent again, it is recorded anew. Whole lists are taken back with \
      'varde ingest --snapshot'.

      A record is named by its position in the log. 'varde record' and 'varde run \
      show' print it, and views have it as a column:
        SELECT position, subject_id, status FROM evaluation.attendance
         WHERE session = 'TST-1-2025-02-11'

      Exit codes: 0 taken back, or with --dry-run shown; 1 wrong usage; 3 refused, \
      nothing was recorded; 4 the system is at fault.

      Example:
        $ varde retract 35
        retracted position 35 (TST-1-2025-02-11): programme TST, status present
      """)

  @Argument(help: "Position of the record.") var position: Int64
  @Option(help: "The institution, where the database holds several.") var institution: String?
  @Flag(name: .customLong("dry-run"), help: "Show the record; write nothing.") var dryRun = false
  @Flag(help: "The record as JSON.") var json = false

  func validate() throws {
    guard position > 0 else { throw ValidationError("positions count from 1") }
  }

  func run() throws {
    let session = try Workplace.current().session(as: .recorder)
    let institution = try Workplace.current().institution(named: institution, session)
    let secret = try IdentityVault(session: session, institution: institution.id)
      .sourceKeySecret()
    let writer = try LogWriter(
      session: session, institution: institution.id, run: UUID(), keySecret: secret,
      dryRun: dryRun)
    let (type, body) = try standing(try writer.place(at: position))
    var register = Register()
    try register.load(from: session, institution: institution.id)
    try register.loadPeople(from: session, institution: institution.id)
    let record = try RetractedRecord(
      position: position, body: body, register,
      LogSessions(session: session, institution: institution.id, keySecret: secret))
    let now = Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
    let retraction = Retraction(position: position, type: type, occurredAt: now)
    guard try writer.retract([retraction]) == 1 else {
      // Somebody was faster.
      _ = try standing(try writer.place(at: position))
      return
    }
    try tellFallout(
      of: retraction, writer, register,
      RecordLookup(session: session, institution: institution.id, keySecret: secret))
    guard !json else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return Console.line(String(decoding: try encoder.encode(record), as: UTF8.self))
    }
    Console.line("\(dryRun ? "would retract" : "retracted") \(record)")
  }

  /// Warns of what hung on the record and counts no longer.
  private func tellFallout(
    of retraction: Retraction, _ writer: LogWriter, _ register: Register, _ lookup: RecordLookup
  ) throws {
    let fallout = Fallout()
    for record in try writer.bodies(of: [retraction]) {
      fallout.note(retracted: retraction.type, record.body, of: record.subject)
    }
    let found = try fallout.diagnostics(
      file: "position \(position)", register, lookup, isDryRun: dryRun)
    for diagnostic in found { Console.problem(diagnostic.rendered) }
  }

  /// The record that holds there; an error that leads on where there is none.
  private func standing(_ place: PlaceInLog) throws -> (type: String, body: [UInt8]) {
    switch place {
    case .standing(let type, let body):
      guard RecordKinds.all.contains(where: { $0.eventType == type }) else {
        throw refusal("VD661", noRecord(type))
      }
      return (type, body)
    case .noRecord(let type): throw refusal("VD661", noRecord(type))
    case .nothing:
      throw refusal(
        "VD661",
        "there is no event at position \(position)"
          + "\n  hint: the log is not that long; 'varde runs' tells what each run has recorded")
    case .erased(let type):
      throw refusal("VD661", "position \(position), \(type), is of an erased person")
    case .superseded(_, let by, true):
      throw refusal(
        "VD662",
        "position \(position) was taken back already, at position \(by)"
          + "\n  hint: nothing is to be done")
    case .superseded(_, let by, false):
      throw refusal(
        "VD662",
        "position \(position) was corrected at position \(by)"
          + "\n  hint: varde retract \(by) takes back the record as it is now")
    }
  }

  private func noRecord(_ type: String) -> String {
    "position \(position) is no record but \(type)"
      + "\n  hint: what a definition says is changed with 'varde programme apply', a merge with"
      + " 'varde subject split'"
  }

  private func refusal(_ code: String, _ text: String) -> Failure {
    Failure(code: code, text: text, status: .nothingWritten)
  }
}
