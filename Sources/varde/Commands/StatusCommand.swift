import ArgumentParser
import FoundationEssentials
import Glibc
import Postgres
import Projection

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is in the log and how far facts and figures have come.",
    discussion: """
      Everything is read from the log and the checkpoints themselves, never from what a worker
      believes of itself:
        position    end of the log; how far facts and figures have come
        behind      events of the log that were not taken yet, and the same in blocks
        late        time since the first block that was not taken was appended
        served      time since a worker advanced it; a try that failed does not count
        stale       groups of figures that no longer fit the facts
        failures    places in the log that could not be taken, and what else hinders facts or figures
                    (a right, a limit); the age of the oldest place
        snapshots   how long the oldest snapshot of the database has been held; while an old one
                    lasts, no vacuum cleans up behind it
        reader      a process that has kept facts open in one transaction for ten seconds, or waits
                    for its own program in one: no rebuild can swap
        checkpoint  when a checkpoint was signed last ('varde checkpoint'), and blocks since
        claim       a worker that has held a projection for more than five seconds, and since when
                    it is silent
        rebuild     one that is under way, or was left; ready to swap, figures stand still for a moment

      --json prints one object: read_models (current or outdated), projections (institution,
      projection fact or cell, events, blocks, position, events_behind, blocks_behind,
      seconds_behind, seconds_since_served, state, reason, attempts), claims (institution,
      projection, process, host, seconds, idle_seconds), rebuild (seconds, is_at_work), is_swap_near
      (figures stand still), stale by institution, failures, oldest_failure, workers,
      oldest_snapshot, sees_sessions (if false, snapshots, readers and claims are not shown), readers
      (pid, login, application, state, seconds), checkpoints (institution, seconds_since,
      blocks_since). Ages are in seconds; what there is not is left out.

      --watch says when the server is away and goes on when it is back (--json: server_away, the
      reason, in an object of its own). A private server that was stopped it does not start again.
      Ctrl-C and SIGTERM end it (exit code 130).

      Examples:
        $ varde status
        $ varde status --watch          # until Ctrl-C
        $ varde status --json | jq '.projections[] | select(.state == "halted")'
      """)

  @Flag(help: "One JSON object.")
  var json = false

  @Flag(help: "Show it again every second.")
  var watch = false

  func run() throws {
    let workplace = Workplace.current()
    guard watch else { return Console.line(try text(workplace.session(as: .projector), workplace)) }
    try StopSignal().leaving(saying: { "varde: stopped" }) { try showRepeatedly(workplace) }
  }

  /// Shows it again and again; a server that goes away meanwhile is waited for.
  private func showRepeatedly(_ workplace: Workplace) throws {
    var session: Session? = try workplace.session(as: .projector)
    while true {
      do {
        let current = try session ?? workplace.session(as: .projector)
        session = current
        show(try text(current, workplace))
      } catch let error as PostgresError where error.isConnectionFailure {
        session = nil
        show(try json ? away(error) : "the server is away: \(error.message)")
      }
      sleep(1)
    }
  }

  /// A person sees one page; a pipe gets one after the other.
  private func show(_ text: String) {
    Console.line((!json && isatty(1) == 1 ? "\u{1B}[H\u{1B}[2J" : "") + text)
  }

  private func text(_ session: Session, _ workplace: Workplace) throws -> String {
    let watching = try Watching(session)
    guard !json else { return try encoded(watching) }
    return StatusText(watching, of: workplace.url == nil ? workplace.home : session.address)
      .rendered
  }

  private func away(_ error: PostgresError) throws -> String {
    try encoded(["server_away": error.message])
  }

  private func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
