import FoundationEssentials
import Glibc
import Postgres

/// A real PostgreSQL that this test run starts itself and that goes when the run ends, however it
/// ends. Durability is off: nobody will miss these data.
public enum TestCluster {
  private static let template = "varde_template"

  private static let cluster: Result<PrivateCluster, any Error> = Result {
    let home = "/tmp/varde-tests-\(getpid())"
    let cluster = try PrivateCluster(home: home, durable: false)
    try cluster.start()
    // A shell that waits for this process is the only thing a SIGKILL cannot skip.
    let watch = """
      (while kill -0 \(getpid()) 2>/dev/null; do sleep 1; done
      kill -INT $(head -n 1 '\(cluster.folder)/data/postmaster.pid'); sleep 2
      rm -rf '\(home)' '\(cluster.socketFolder)') >/dev/null 2>&1 &
      """
    _ = try ChildProcess.run(["setsid", "sh", "-c", watch])
    let administrator = try Session(conninfo: cluster.conninfo(database: "postgres"))
    try administrator.execute("CREATE DATABASE \(template)")
    let session = try Session(conninfo: cluster.conninfo(database: template))
    _ = try Migrator(session: session).migrate()
    return cluster
  }

  /// How to reach a database of this cluster.
  public static func conninfo(database: String = "postgres") throws -> String {
    try cluster.get().conninfo(database: database)
  }

  /// A folder that goes with the cluster.
  public static func folder() throws -> String { try cluster.get().home }

  /// A database of its own for one test, migrated, without read side; its connection string.
  public static func freshDatabase() throws -> String {
    let name = "t_" + UUID().uuidString.filter { $0 != "-" }.lowercased()
    let administrator = try Session(conninfo: try conninfo())
    // The template may be in use by another test's copying for a moment.
    try administrator.query("SELECT pg_advisory_lock(1)")
    try administrator.execute("CREATE DATABASE \(name) TEMPLATE \(template)")
    return try conninfo(database: name)
  }

  /// An empty database that knows nothing of Varde.
  public static func emptyDatabase() throws -> String {
    let name = "e_" + UUID().uuidString.filter { $0 != "-" }.lowercased()
    try Session(conninfo: try conninfo()).execute("CREATE DATABASE \(name)")
    return try conninfo(database: name)
  }
}
