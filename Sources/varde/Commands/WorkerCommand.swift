import ArgumentParser
import Dispatch
import Postgres
import Projection
import Synchronization

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
        $ varde worker --concurrency 4 --log-format json

      It hears when something was appended and looks by itself twice a second, so facts follow within
      a moment. Through PgBouncer (transaction mode works) nothing is heard, and it looks only. On
      SIGTERM it finishes the events under way.

      A worker waits for a server that is away. An event it cannot take stops that institution
      alone, after five tries: see `varde help failures`.
      """)

  @Flag(help: "Catch up and end.")
  var once = false

  @Flag(name: .customLong("facts-only"), help: "Leave the indicators to another worker.")
  var factsOnly = false

  @Option(help: "Threads that turn events into facts; one more computes the indicators.")
  var concurrency = 1

  @Option(name: .customLong("log-format"), help: "text or json, for what is told while it works.")
  var logFormat = LogFormat.text

  func validate() throws {
    guard (1...64).contains(concurrency) else {
      throw ValidationError("--concurrency is 1 to 64")
    }
  }

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    try ReadSide(session: session).check()
    guard once else { return try loop(workplace) }
    let (events, cells) = try catchUp(session) { Console.progress("\($0) events projected") }
    Console.endProgress()
    Console.line("\(events) events projected, \(cells) cells computed")
    let stuck = try WorkerNews.stuck(session)
    for news in stuck { WorkerVoice(logFormat).tell(news) }
    guard stuck.isEmpty else { throw ExitStatus.system }
  }

  private func catchUp(
    _ session: Session, progress: (Int) -> Void = { _ in }
  ) throws -> (events: Int, cells: Int) {
    try CatalogueWriter(session: session).write()
    let events = try FactWorker(session: session).runToEnd(progress: progress)
    return (events, factsOnly ? 0 : try CellWorker(session: session).runToEnd())
  }

  /// Works until a signal comes or something happens that no waiting will mend.
  private func loop(_ workplace: Workplace) throws {
    let stop = StopSignal()
    let voice = WorkerVoice(logFormat)
    var plan = WorkerPlan()
    plan.threads = concurrency
    plan.computesCells = !factsOnly
    plan.version = Version.text
    let pool = WorkerPool(
      plan, connect: { try workplace.session(as: .projector) }, tell: voice.tell)
    let ended = Ended()
    DispatchQueue(label: "varde.pool").async { ended.set(Result { try pool.run() }) }
    while !ended.isSet, !stop.wait(milliseconds: 1_000) { voice.flush() }
    pool.stop()
    let result = ended.wait()
    voice.flush()
    try result.get()
    voice.line("info", "stopped", [:])
  }

  /// How the work of another thread has ended, once it has.
  private final class Ended: Sendable {
    private let result = Mutex<Result<Void, any Error>?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    var isSet: Bool { result.withLock { $0 != nil } }

    func set(_ end: Result<Void, any Error>) {
      result.withLock { $0 = end }
      semaphore.signal()
    }

    func wait() -> Result<Void, any Error> {
      semaphore.wait()
      return result.withLock { $0 } ?? .success(())
    }
  }
}
