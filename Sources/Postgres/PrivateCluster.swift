import FoundationEssentials
import Glibc

/// Varde's own PostgreSQL cluster, for those who have no server: unix socket only, started when
/// needed, the same engine and the same SQL as in production.
///
/// PostgreSQL refuses to run as root. For root the cluster belongs to the user `postgres` and
/// lies where that user can reach it: in the home folder if every folder above it is open to
/// others, else below /var/lib/varde.
public struct PrivateCluster: Sendable {
  /// Something kept the cluster from starting.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// The folder people see, normally `./.varde`.
  public let home: String
  /// The folder with `data`, `log` and perhaps the socket.
  public let folder: String
  let programs: PostgresPrograms
  private let durable: Bool

  /// - Parameter durable: false turns fsync off; for tests, whose data nobody will miss.
  public init(home: String, durable: Bool = true) throws {
    self.home = home
    self.durable = durable
    self.programs = try PostgresPrograms.find()
    let wanted = "\(home)/postgres"
    if geteuid() == 0, !PrivateCluster.isReachableByOthers(home) {
      folder = "/var/lib/varde/" + PrivateCluster.fingerprint(wanted)
    } else {
      folder = wanted
    }
  }

  /// How libpq reaches the cluster.
  public func conninfo(database: String = "varde", user: String = "varde") -> String {
    "host='\(socketFolder)' port=5432 dbname='\(database)' user='\(user)'"
      + " application_name=varde connect_timeout=10"
  }

  /// Makes the cluster if there is none, and starts it if it is not running.
  public func start() throws {
    if access("\(folder)/data/PG_VERSION", F_OK) != 0 { try create() }
    guard try !isRunning() else { return }
    try makeFolder(socketFolder, mode: "0700")
    // The defaults are for the machines of 2005; memory is taken only when it is used.
    var options =
      "-c listen_addresses= -c unix_socket_directories='\(socketFolder)'"
      + " -c shared_buffers=512MB -c max_wal_size=4GB"
    if !durable { options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off" }
    let outcome = try asOwner([
      programs.path("pg_ctl"), "start", "--wait", "--silent", "--pgdata", "\(folder)/data",
      "--log", "\(folder)/server.log", "--options", options,
    ])
    // Two commands may start it at once; the loser finds it running.
    guard try outcome.exitCode == 0 || isRunning() else {
      throw Failure(
        description: "the private PostgreSQL cluster in \(folder) does not start"
          + "\n  hint: read \(folder)/server.log")
    }
  }

  /// How a server ends; see `pg_ctl stop --mode`.
  public enum Stop: String, Sendable {
    /// Sessions are cut, what is committed is written out.
    case fast
    /// As if the machine had lost its power.
    case immediate
  }

  /// Stops the cluster; true if it was running.
  public func stop(_ mode: Stop = .fast) throws -> Bool {
    guard try isRunning() else { return false }
    let outcome = try asOwner([
      programs.path("pg_ctl"), "stop", "--wait", "--silent", "--mode", mode.rawValue, "--pgdata",
      "\(folder)/data",
    ])
    guard outcome.exitCode == 0 else { throw Failure(description: outcome.output) }
    return true
  }

  /// Whether the server runs now.
  public func isRunning() throws -> Bool {
    guard access("\(folder)/data/PG_VERSION", F_OK) == 0 else { return false }
    return try asOwner([programs.path("pg_ctl"), "status", "--pgdata", "\(folder)/data"])
      .exitCode == 0
  }

  private func create() throws {
    try makeFolder(folder, mode: "0700")
    let outcome = try asOwner([
      programs.path("initdb"), "--pgdata", "\(folder)/data", "--username", "varde",
      "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "trust",
      durable ? "--data-checksums" : "--no-sync",
    ])
    guard outcome.exitCode == 0 else {
      throw Failure(description: "initdb failed in \(folder):\n\(outcome.output)")
    }
  }

  /// A unix socket's path holds 107 characters, so a deep folder gets a short one in /tmp.
  public var socketFolder: String {
    let beside = "\(folder)/socket"
    return beside.utf8.count <= 85
      ? beside : "/tmp/varde-" + PrivateCluster.fingerprint(folder)
  }

  private func makeFolder(_ path: String, mode: String) throws {
    let owner = geteuid() == 0 ? ["--owner=postgres", "--group=postgres"] : []
    let outcome = try ChildProcess.run(["install", "-d", "--mode=\(mode)"] + owner + [path])
    guard outcome.exitCode == 0 else { throw Failure(description: outcome.output) }
  }

  private func asOwner(_ arguments: [String]) throws -> ChildProcess.Outcome {
    // The new user may not be allowed to stand in the folder we were called from.
    let command = ["env", "--chdir=/"] + arguments
    guard geteuid() == 0 else { return try ChildProcess.run(command) }
    return try ChildProcess.run(["runuser", "--user", "postgres", "--"] + command)
  }

  private static func isReachableByOthers(_ path: String) -> Bool {
    var place = path
    while true {
      var information = stat()
      if stat(place, &information) == 0, information.st_mode & S_IXOTH == 0 { return false }
      guard let slash = place.lastIndex(of: "/"), place != "/" else { return true }
      place = slash == place.startIndex ? "/" : String(place[..<slash])
      if place == "/" { return true }
    }
  }

  /// Sixteen hexadecimal digits that stand for a path (FNV-1a).
  private static func fingerprint(_ path: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
