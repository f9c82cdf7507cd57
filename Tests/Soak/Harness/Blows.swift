import Glibc
import Postgres

/// Kills at random what is at work: workers, recorders, PostgreSQL's backends, the server.
struct Blows {
  let ground: Ground
  let workers: [SoakedWorker]
  let appenders: [any SoakedAppender]
  private var dice: Dice

  init(_ ground: Ground, _ workers: [SoakedWorker], _ appenders: [any SoakedAppender]) {
    self.ground = ground
    self.workers = workers
    self.appenders = appenders
    dice = Dice(seed: ground.plan.seed)
  }

  /// Until the plan's time is over; leaves a server that runs.
  mutating func run() throws {
    let plan = ground.plan
    let end = ContinuousClock.now + .seconds(plan.seconds)
    var nextCrash = ContinuousClock.now + .seconds(plan.crashes)
    while .now < end {
      usleep(UInt32(Double.random(in: plan.pause, using: &dice) * 1_000_000))
      if .now > nextCrash {
        try crash()
        nextCrash = .now + .seconds(plan.crashes)
        continue
      }
      switch Int.random(in: 0..<100, using: &dice) {
      case ..<40: strike(SIGKILL, "workers killed")
      case ..<52: strike(SIGTERM, "workers asked to end")
      case ..<70: backend("backends terminated") { "SELECT pg_terminate_backend(\($0))" }
      case ..<80: backend("backends killed") { kill($0, SIGKILL) == 0 ? nil : "" }
      default: recorder()
      }
    }
  }

  private mutating func strike(_ signal: Int32, _ what: String) {
    let number = Int.random(in: 0..<workers.count, using: &dice)
    ground.note("worker \(number): signal \(signal)")
    ground.count(what)
    workers[number].strike(signal)
  }

  private mutating func recorder() {
    let index = Int.random(in: 0..<appenders.count, using: &dice)
    guard appenders[index].strike() else { return }
    ground.note("\(appenders[index].name): signal 9")
    ground.count("recorders killed")
  }

  /// One client's backend of this server, chosen at random. A blow that answers with a statement has
  /// it done by the server.
  private mutating func backend(_ what: String, _ blow: (pid_t) -> String?) {
    guard let session = try? Session(conninfo: ground.cluster.conninfo(database: "postgres")),
      let rows = try? session.query(
        """
        SELECT pid FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND datname = 'varde' ORDER BY pid
        """), let row = rows.randomElement(using: &dice), let pid = try? row.int(0)
    else { return ground.note("no backend to be had") }
    ground.note("backend \(pid): \(what)")
    guard let statement = blow(pid_t(pid)) else { return ground.count(what) }
    if (try? session.query(statement)) != nil { ground.count(what) }
  }

  private func crash() throws {
    ground.note("server: stop -m immediate")
    _ = try ground.cluster.stop(.immediate)
    usleep(300_000)
    try ground.cluster.start()
    ground.note("server: started")
    ground.count("crashes of the server")
  }
}
