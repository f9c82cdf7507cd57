import Foundation
import Postgres
import TestSupport

/// PgBouncer in transaction mode before the tests' server, with fewer connections than it has clients.
/// It ends with this object, or with the process.
final class Pooler {
  private let folder: String

  /// - Parameters:
  ///   - database: the only one it knows, all of them unless given.
  ///   - password: what `varde` has to say at the door; without one everybody comes in.
  init(database: String = "*", password: String? = nil) throws {
    folder = try TestCluster.folder() + "/pooler-" + UUID().uuidString.prefix(8)
    let server = try Pooler.settings(TestCluster.conninfo())
    let asRoot = geteuid() == 0
    _ = try ChildProcess.run(
      ["install", "-d", "--mode=0700"]
        + (asRoot ? ["--owner=postgres", "--group=postgres"] : []) + [folder])
    let configuration = """
      [databases]
      \(database) = host=\(server["host"] ?? "") port=5432 user=varde

      [pgbouncer]
      listen_addr =
      listen_port = 6432
      unix_socket_dir = \(folder)
      auth_type = \(password != nil ? "scram-sha-256" : database == "*" ? "any" : "trust")
      auth_file = \(folder)/users
      pool_mode = transaction
      default_pool_size = 3
      logfile = \(folder)/log
      """
    try configuration.write(toFile: "\(folder)/ini", atomically: true, encoding: .utf8)
    try "\"varde\" \"\(password ?? "")\"\n".write(
      toFile: "\(folder)/users", atomically: true, encoding: .utf8)
    let user = asRoot ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : ""
    // No other signal would reach it: it inherits those the tests' process has blocked.
    let watch = """
      (cd /; \(user) pgbouncer '\(folder)/ini' & pooler=$!
      while kill -0 \(getpid()) && ! [ -e '\(folder)/stop' ]; do sleep 0.5; done
      kill -KILL $pooler) >/dev/null 2>&1 &
      """
    _ = try ChildProcess.run(["setsid", "env", "PATH=/usr/sbin:/usr/bin:/bin", "sh", "-c", watch])
    for _ in 0..<200 where access("\(folder)/.s.PGSQL.6432", F_OK) != 0 { usleep(50_000) }
  }

  deinit { _ = FileManager.default.createFile(atPath: "\(folder)/stop", contents: nil) }

  /// The same database, through the pooler.
  func url(_ conninfo: String) -> String {
    "host='\(folder)' port=6432 dbname='\(Pooler.settings(conninfo)["dbname"] ?? "")' user=varde"
      + " connect_timeout=10"
  }

  static func settings(_ conninfo: String) -> [String: String] {
    var settings: [String: String] = [:]
    for pair in conninfo.split(separator: " ") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2 {
        settings[String(parts[0])] = parts[1].trimmingCharacters(in: ["'"])
      }
    }
    return settings
  }
}
