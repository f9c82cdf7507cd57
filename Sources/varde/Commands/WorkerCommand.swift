import ArgumentParser
import Dispatch
import Glibc
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
        $ varde worker --once      # until what is in the log now is caught up, then end
        $ varde worker             # until Ctrl-C or SIGTERM
        $ varde worker --concurrency 4 --log-format json

        $ varde worker --metrics-port 9400

      It hears when something was appended and looks by itself twice a second, so facts follow within
      a moment; through PgBouncer (transaction mode works) nothing is heard, and it looks only. On
      SIGTERM and Ctrl-C it finishes the events under way, gives up what it computes (nothing is lost
      by it), and ends with 0; a second signal ends it at once.

      With --metrics-port it serves over HTTP, on 127.0.0.1 unless --metrics-host says otherwise:
        /metrics   what 'varde metrics' prints, and what this process has done
        /healthz   200; 503 with the reasons when a thread has not come round for 10 minutes or the
                   server has been away for 5
        /readyz    200; 503 with the reasons while it is not connected, the read models are of
                   another version, or facts are more than 30 s behind where nothing is in their way

      A worker waits for a server that is away; one that turns its login away (VD691, VD674) ends it with 4.
      A private server that was stopped by `varde down` it does not start again. An event it cannot
      take stops that institution alone, after five tries: see `varde help failures`. A worker that is
      suspended loses what it holds to the others after a minute (facts) or ten (figures); `varde
      status` names who holds what.

      --once waits for what other workers have claimed. It ends with 0 when all that was in the log
      when it began is in facts and figures, with 4 when something of it stands still or waits for its
      next try, and with 130 on a signal; run again, it goes on.
      """)

  @Flag(help: "Catch up, waiting for other workers, and end.")
  var once = false

  @Flag(name: .customLong("facts-only"), help: "Leave the indicators to another worker.")
  var factsOnly = false

  @Option(help: "Threads that turn events into facts; one more computes the indicators.")
  var concurrency = 1

  @Option(
    name: .customLong("metrics-port"),
    help: "Serve /metrics, /healthz and /readyz on this port; 0 takes one that is free.")
  var metricsPort: Int?

  @Option(name: .customLong("metrics-host"), help: "The address to serve them on.")
  var metricsHost = "127.0.0.1"

  @Option(name: .customLong("log-format"), help: "text or json, for what is told while it works.")
  var logFormat = LogFormat.text

  func validate() throws {
    guard (1...64).contains(concurrency) else {
      throw ValidationError("--concurrency is 1 to 64")
    }
    guard (0...65_535).contains(metricsPort ?? 0) else {
      throw ValidationError("--metrics-port is 0 to 65535")
    }
    guard metricsPort == nil || !once else {
      throw ValidationError("--metrics-port is for a worker that stays, not for --once")
    }
  }

  func run() throws {
    let voice = WorkerVoice(logFormat)
    do {
      // Before any work begins: a port that is taken is a mistake of whoever starts this.
      let socket = try metricsPort.map { try ListeningSocket(host: metricsHost, port: $0) }
      let workplace = Workplace.current()
      if once {
        try catchUp(workplace, voice)
      } else {
        try loop(workplace, socket, voice)
      }
    } catch {
      if let status = voice.tellEnd(error) { throw status }
      throw error
    }
  }

  private func catchUp(_ workplace: Workplace, _ voice: WorkerVoice) throws {
    let stuck = try StopSignal().leaving(
      saying: { voice.rendered("info", "stopped; run it again, it goes on") }
    ) {
      let waiting = WaitingLine(voice)
      let work = try CatchUp(computesCells: !factsOnly) {
        try workplace.session(as: .projector)
      }.run { news in
        switch news {
        case .projected(let events): Console.progress("\(events) events projected")
        case .waiting(let institutions): waiting.show(institutions)
        }
      }
      Console.endProgress()
      voice.report(events: work.events, cells: work.cells)
      return try WorkerNews.stuck(workplace.session(as: .projector))
    }
    for news in stuck { voice.tell(news) }
    guard stuck.isEmpty else { throw ExitStatus.system }
  }

  /// Works until a signal comes or something happens that no waiting will mend.
  private func loop(
    _ workplace: Workplace, _ socket: ListeningSocket?, _ voice: WorkerVoice
  ) throws {
    let stop = StopSignal()
    // A host that swallows packets would hold up the end for minutes; who knows better says so.
    setenv("PGCONNECT_TIMEOUT", "10", 0)
    var plan = WorkerPlan()
    plan.threads = concurrency
    plan.computesCells = !factsOnly
    plan.version = Version.text
    let pool = WorkerPool(
      plan, connect: { try workplace.session(as: .projector) }, tell: voice.tell)
    let server = try socket.map { try serve(pool, on: $0, workplace, voice) }
    defer { withExtendedLifetime(server) {} }
    let ended = Ended()
    DispatchQueue(label: "varde.pool").async { ended.set(Result { try pool.run() }) }
    while !ended.isSet, !stop.wait(milliseconds: 1_000) { voice.flush() }
    pool.stop()
    let result = ended.wait()
    voice.flush()
    try result.get()
    voice.line("info", "stopped")
  }

  private func serve(
    _ pool: WorkerPool, on socket: ListeningSocket, _ workplace: Workplace, _ voice: WorkerVoice
  ) throws -> PageServer {
    let pages = WorkerPages(
      pulse: pool.pulse, lookout: Lookout { try workplace.session(as: .projector) })
    let server = try PageServer(socket, pages: pages.page)
    let host = metricsHost.contains(":") ? "[\(metricsHost)]" : metricsHost
    let url = "http://\(host):\(socket.port)/metrics"
    voice.line("info", "metrics at \(url)", ["url": .text(url)])
    return server
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
