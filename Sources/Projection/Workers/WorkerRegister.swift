internal import FoundationEssentials
internal import Glibc
internal import Postgres

/// A worker's own row in `ops.worker`.
struct WorkerRegister {
  private let session: Session
  private let plan: WorkerPlan
  private let id = UUID()

  init(session: Session, plan: WorkerPlan) {
    self.session = session
    self.plan = plan
  }

  func enter() throws {
    try session.execute(
      "DELETE FROM ops.worker WHERE seen_at < clock_timestamp() - interval '1 day'")
    try session.query(
      "INSERT INTO ops.worker (worker_id, host, process, version, threads) VALUES ($1, $2, $3, $4, $5)",
      [
        .uuid(id), .text(ProcessInfo.processInfo.hostName), .int(Int64(getpid())),
        .text(plan.version), .int(Int64(plan.threads)),
      ])
  }

  func seen() throws {
    try session.query(
      "UPDATE ops.worker SET seen_at = clock_timestamp() WHERE worker_id = $1", [.uuid(id)])
  }

  func leave() throws {
    try session.query("DELETE FROM ops.worker WHERE worker_id = $1", [.uuid(id)])
  }
}
