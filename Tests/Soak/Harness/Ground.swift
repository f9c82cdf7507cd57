import Glibc
import Postgres
import Synchronization

/// Where a soak happens: a server of its own, and a diary of what was done.
final class Ground: Sendable {
  let plan: SoakPlan
  let cluster: PrivateCluster
  /// How everybody connects.
  let conninfo: String
  private let started = ContinuousClock.now
  private let outcome = Mutex(SoakOutcome())
  private let isOver = Mutex(false)

  init(_ plan: SoakPlan) throws {
    self.plan = plan
    // Durable: what a client was told is recorded must outlive a crash.
    cluster = try PrivateCluster(home: plan.folder)
    try cluster.start()
    let administrator = try Session(conninfo: cluster.conninfo(database: "postgres"))
    try administrator.execute("CREATE DATABASE varde")
    conninfo = cluster.conninfo()
  }

  /// Whether no more is to be appended and nobody killed.
  var ends: Bool { isOver.withLock { $0 } }
  func end() { isOver.withLock { $0 = true } }

  func session(_ role: String? = nil) throws -> Session {
    try Session(conninfo: conninfo, role: role)
  }

  /// A line of the diary, with the seconds since the beginning.
  func note(_ text: String) {
    let tenths = Int((ContinuousClock.now - started) / .milliseconds(100))
    plan.tell("\(tenths / 10).\(tenths % 10) s  \(text)")
  }

  func count(_ what: String, by number: Int = 1) {
    outcome.withLock { $0.counts[what, default: 0] += number }
  }

  func fault(_ text: String) {
    note("FAULT: \(text)")
    outcome.withLock { $0.faults.append(text) }
  }

  var result: SoakOutcome { outcome.withLock { $0 } }

  /// `varde` with arguments, on this ground's database.
  func start(_ arguments: [String], output: String) throws -> Child {
    try Child(
      ["env", "--chdir=\(plan.folder)", "VARDE_DATABASE_URL=\(conninfo)", plan.varde] + arguments,
      output: "\(plan.folder)/\(output).log")
  }

  /// Runs `varde` to its end where nothing is being killed; any failure is the end.
  func must(_ arguments: String...) throws {
    let ending = try start(arguments, output: "must").wait()
    guard ending == .exit(0) else {
      throw SoakFailure("varde \(arguments.joined(separator: " ")): \(ending); see must.log")
    }
  }
}

/// A soak could not be held at all.
struct SoakFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
