import ArgumentParser
import Dispatch
import Glibc
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
      """)

  @Flag(help: "Catch up and end.")
  var once = false

  @Flag(name: .customLong("facts-only"), help: "Leave the indicators to another worker.")
  var factsOnly = false

  func run() throws {
    let workplace = Workplace.current()
    try WorkerCommand.writeCatalogue(workplace)
    let session = try workplace.session(as: .projector)
    try ReadSide(session: session).check()
    guard let generation = try ReadSide(session: session).liveGeneration() else {
      throw Migrator.Mismatch.uninitialised
    }
    let worker = FactWorker(session: session, generation: generation)
    if once {
      let events = try worker.runToEnd { Console.progress("\($0) events projected") }
      let cells = factsOnly ? 0 : try WorkerCommand.computeCells(session)
      Console.endProgress()
      Console.line("\(events) events projected, \(cells) cells computed")
      try reportHalted(session)
      return
    }
    try loop(worker, session)
  }

  /// Polling is the guarantee; half a second is soon enough for people.
  private func loop(_ worker: FactWorker, _ session: Session) throws {
    let stop = StopSignal()
    while !stop.isRaised {
      let events = try worker.runToEnd()
      let cells = factsOnly ? 0 : try WorkerCommand.computeCells(session)
      if events > 0 || cells > 0 {
        Console.line("\(events) events projected, \(cells) cells computed")
      } else {
        stop.wait(milliseconds: 500)
      }
    }
    Console.line("stopped")
  }

  static func computeCells(_ session: Session) throws -> Int {
    try CellWorker(session: session).runToEnd()
  }

  /// The catalogue in the database is the one of the binary that computes.
  static func writeCatalogue(_ workplace: Workplace) throws {
    try CatalogueWriter(session: try workplace.session(as: .projector)).write()
  }

  private func reportHalted(_ session: Session) throws {
    let halted = try session.query(
      """
      SELECT i.code, c.reason FROM ops.checkpoint AS c
        JOIN ops.institution AS i ON i.institution_id = c.institution_id
       WHERE c.state = 'halted' OR c.attempts > 0
      """)
    for row in halted {
      Console.problem(
        "varde: error[VD620]: \(try row.text(0)): \(row.optionalText(1) ?? "halted")")
    }
    guard halted.isEmpty else { throw ExitStatus.system }
  }
}

/// SIGINT and SIGTERM as a flag that can be waited for.
private final class StopSignal {
  private let raised = DispatchSemaphore(value: 0)
  private let sources: [any DispatchSourceSignal]

  init() {
    let raised = raised
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { raised.signal() }
      source.resume()
      return source
    }
  }

  /// True once a signal came; stays true.
  var isRaised: Bool { wait(milliseconds: 0) }

  @discardableResult
  func wait(milliseconds: Int) -> Bool {
    guard raised.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
      return false
    }
    raised.signal()
    return true
  }
}
