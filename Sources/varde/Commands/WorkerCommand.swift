import ArgumentParser
import Postgres
import Projection

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Turn the log into facts and indicators, until stopped.",
    discussion: """
      Any number of workers may run, on any number of hosts, and may be killed at any time: facts
      and checkpoint change in one transaction.

      Examples:
        $ varde worker --once      # until everything is caught up, then end
        $ varde worker             # until Ctrl-C or SIGTERM

      A worker waits for a server that is away. An event it cannot take stops that institution
      alone, after five tries; what has halted goes on with --retry-halted.
      """)

  @Flag(help: "Catch up and end.")
  var once = false

  @Flag(name: .customLong("facts-only"), help: "Leave the indicators to another worker.")
  var factsOnly = false

  @Flag(
    name: .customLong("retry-halted"),
    help: "First set going again what had halted at an event it could not take.")
  var retryHalted = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    try ReadSide(session: session).check()
    if retryHalted { try resume(session) }
    guard once else { return try loop(workplace) }
    let (events, cells) = try catchUp(session) { Console.progress("\($0) events projected") }
    Console.endProgress()
    Console.line("\(events) events projected, \(cells) cells computed")
    let halted = try haltedProjections(session)
    for line in halted { Console.problem(line) }
    guard halted.isEmpty else { throw ExitStatus.system }
  }

  private func catchUp(
    _ session: Session, progress: (Int) -> Void = { _ in }
  ) throws -> (events: Int, cells: Int) {
    try CatalogueWriter(session: session).write()
    let events = try FactWorker(session: session).runToEnd(progress: progress)
    return (events, factsOnly ? 0 : try CellWorker(session: session).runToEnd())
  }

  /// Polling is the guarantee; half a second is soon enough for people. What the server does
  /// meanwhile (a restart, a full disk, a right that is missing) is waited for, ever longer.
  private func loop(_ workplace: Workplace) throws {
    let stop = StopSignal()
    var session: Session?
    var told: [String] = []
    var pause = 500
    while !stop.isRaised {
      do {
        let current = try session ?? workplace.session(as: .projector)
        session = current
        stop.onRaise(current.canceller())
        let (events, cells) = try catchUp(current)
        if events > 0 || cells > 0 {
          Console.line("\(events) events projected, \(cells) cells computed")
        }
        let halted = try haltedProjections(current)
        for line in halted where !told.contains(line) { Console.problem(line) }
        told = halted
        pause = 500
      } catch let error as PostgresError where error.sqlstate == "57014" && stop.isRaised {
        break
      } catch let error as PostgresError {
        session = nil
        pause = min(pause * 2, 60_000)
        Console.problem("varde: warning[VD621]: \(error); trying again in \(pause / 1000) s")
      }
      stop.wait(milliseconds: pause)
    }
    Console.line("stopped")
  }

  private func resume(_ session: Session) throws {
    try session.execute(
      """
      UPDATE ops.checkpoint
         SET state = 'active', reason = NULL, attempts = 0, not_before = '-infinity'
       WHERE state = 'halted' OR attempts > 0
      """)
  }

  /// What stands still or is being tried again, one line each.
  private func haltedProjections(_ session: Session) throws -> [String] {
    try session.query(
      """
      SELECT i.code, coalesce(c.reason, 'halted'), c.state = 'halted' FROM ops.checkpoint AS c
        JOIN ops.read_side AS r ON r.generation = c.generation AND r.live
        JOIN ops.institution AS i ON i.institution_id = c.institution_id
       WHERE c.state = 'halted' OR c.attempts > 0
       ORDER BY i.code
      """
    ).map { row in
      let hint =
        try row.bool(2)
        ? "\n  hint: mend the cause, then run `varde worker --retry-halted`"
        : "\n  hint: it will be tried again"
      return "varde: error[VD620]: \(try row.text(0)): \(try row.text(1))" + hint
    }
  }
}
