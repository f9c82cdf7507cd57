import Dispatch
import Glibc
import Postgres

/// Workers and recorders under load while everything that can be killed is killed; at the end what
/// was promised is compared with what is there.
public enum Soak {
  /// - Returns: what was done, and every difference.
  /// - Throws: what kept it from being held at all.
  public static func run(_ plan: SoakPlan) throws -> SoakOutcome {
    let ground = try Ground(plan)
    defer { _ = try? ground.cluster.stop(.immediate) }
    ground.note("seed \(plan.seed)")
    try ground.must("init")
    let appenders: [any SoakedAppender] = [
      FileAppender(ground, institution: "ask", seed: plan.seed ^ 1),
      FileAppender(ground, institution: "birk", seed: plan.seed ^ 2),
      RecordAppender(ground, institution: "selje"),
      SingleAppender(ground, institution: "ask"),
    ]
    for appender in appenders { try appender.prepare() }
    let workers = (0..<plan.workers).map { SoakedWorker(ground, $0) }
    let atWork = DispatchGroup()
    let recording = DispatchGroup()
    for (number, worker) in workers.enumerated() {
      DispatchQueue(label: "worker-\(number)").async(group: atWork) { worker.run() }
    }
    for appender in appenders {
      DispatchQueue(label: appender.name).async(group: recording) { appender.run() }
    }

    var blows = Blows(ground, workers, appenders)
    let struck = Result { try blows.run() }
    ground.note("no more blows")
    ground.end()
    recording.wait()
    let verdict = Verdict(ground: ground)
    let caughtUp = Result { try verdict.waitUntilCaughtUp() }
    ground.note("caught up")
    for worker in workers { worker.dismiss() }
    atWork.wait()
    try struck.get()
    try caughtUp.get()

    let session = try ground.session()
    for appender in appenders { try appender.account(session) }
    try verdict.judge(["ask", "birk", "selje"])
    ground.note(ground.result.summary)
    return ground.result
  }
}
