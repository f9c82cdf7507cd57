internal import FoundationEssentials
internal import Glibc
internal import Postgres

/// A process' own row in `ops.worker`, the same whatever becomes of its sessions. They act as
/// projector.
struct WorkerRegister: Sendable {
  private let plan: WorkerPlan
  private let id = UUID()

  init(_ plan: WorkerPlan) { self.plan = plan }

  func enter(_ session: Session) throws {
    try session.execute(
      "DELETE FROM ops.worker WHERE seen_at < clock_timestamp() - interval '1 day'")
    try session.query(
      """
      INSERT INTO ops.worker (worker_id, host, process, version, threads)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (worker_id) DO NOTHING
      """,
      [
        .uuid(id), .text(ProcessInfo.processInfo.hostName), .int(Int64(getpid())),
        .text(plan.version), .int(Int64(plan.threads)),
      ])
  }

  func seen(_ session: Session) throws {
    try session.query(
      "UPDATE ops.worker SET seen_at = clock_timestamp() WHERE worker_id = $1", [.uuid(id)])
  }

  func leave(_ session: Session) throws {
    try session.query("DELETE FROM ops.worker WHERE worker_id = $1", [.uuid(id)])
  }
}
