import ArgumentParser
import EventLog
import FoundationEssentials
import Glibc
import Postgres
import Projection
import Vault

struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Leave an event that cannot become a fact out of all facts.",
    discussion: """
      The event stays in the log, and so does this decision, as an event of its own: a rebuild, on
      any machine, leaves out the same. What the event corrected stays closed, so the record has no
      fact until it is sent again, corrected (or as it was, after 'varde retract' of it). Facts that
      had halted at it go on. Every release tells how many events are left out. It cannot be taken
      back.

      Only what the facts have not passed can be left out; what people have read is corrected or
      retracted instead. Except where an older varde took what this one cannot: after a rebuild has
      halted at it (VD670), it can be left out, and the facts of it go, also from the past; run the
      rebuild again, it goes on from there. The reason stays in the log: one that names somebody is
      refused. Needs the steward.

      Exit codes: 0 done; 1 wrong usage; 3 refused, nothing was recorded; 4 the system is at fault.

      Example:
        $ varde quarantine 7 --reason "minutes are no number; the group sends the session again"
        position 7 is left out of all facts, by the decision at position 12
      """)

  @Argument(help: "Position of the event; `varde failures` names it.") var position: Int64
  @Option(help: "Why; no names.") var reason: String
  @Option(help: "The institution, where the database holds several.") var institution: String?
  @Flag(help: "Also where nothing fails at that position, without asking.") var yes = false

  func validate() throws {
    guard position > 0 else { throw ValidationError("positions count from 1") }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--reason is empty: say why")
    }
  }

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .steward)
    let institution = try workplace.institution(named: institution, session)
    try ReasonCheck.check(
      reason, try IdentityVault(session: session, institution: institution.id),
      concerned: try subject(session, institution))
    let failures = Failures(session: session)
    // A decision that was made before is told as such, below.
    guard
      try failures.isFailing(position, of: institution.id)
        || failures.isQuarantined(position, of: institution.id) || yes || isWanted()
    else {
      throw Failure(
        code: "VD660",
        text: "nothing fails at position \(position) of \(institution.code)"
          + "\n  hint: varde failures lists what does; with --yes what the facts have not come to yet "
          + "is left out all the same",
        status: .nothingWritten)
    }
    do {
      let decision = try failures.quarantine(position, of: institution.id, reason: reason)
      Console.line(
        "position \(position) is left out of all facts, by the decision at position \(decision)")
    } catch let error as PostgresError where error.sqlstate.hasPrefix("VL4") {
      let hint = error.hint.map { "\n  hint: \($0)" } ?? ""
      throw Failure(
        code: error.sqlstate, text: error.message + hint, status: .nothingWritten)
    }
  }

  /// Whom the event is about, if it is about somebody.
  private func subject(_ session: Session, _ institution: Institution) throws -> [UUID] {
    try session.query(
      """
      SELECT subject_id FROM log.event
       WHERE institution_id = $1 AND position = $2 AND subject_id IS NOT NULL
      """, [.int(Int64(institution.id)), .int(position)]
    ).map { try $0.uuid(0) }
  }

  /// Asks, where there is a person to answer.
  private func isWanted() -> Bool {
    guard isatty(0) == 1 else { return false }
    Console.problem("nothing fails at position \(position); leave it out all the same? [y/N]")
    return readLine().map { ["y", "yes", "j", "ja"].contains($0.lowercased()) } ?? false
  }
}
