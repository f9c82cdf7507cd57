import EventLog
import FoundationEssentials
import Glibc
import Postgres
import Projection
import Synchronization

/// Which database this command works on: `VARDE_DATABASE_URL`, or the private cluster.
struct Workplace {
  /// The parts one plays in a database; see Schema/roles.sql.
  enum Part: String {
    case recorder = "varde_recorder"
    case projector = "varde_projector"
    case analyst = "varde_analyst"
    case steward = "varde_steward"
    /// The login itself: makes databases, roles and schemas.
    case administrator = ""
  }

  let url: String?
  let home: String
  private let start = FirstStart()

  /// Whether this command has found its private cluster running, or started it. What somebody stops
  /// after that stays stopped until another command wants it.
  private final class FirstStart: Sendable {
    private let isDone = Mutex(false)

    func once(_ start: () throws -> Void) throws {
      try isDone.withLock { isDone in
        guard !isDone else { return }
        try start()
        isDone = true
      }
    }
  }

  private init(url: String?, home: String) {
    self.url = url
    self.home = home
  }

  static func current() -> Workplace {
    let environment = ProcessInfo.processInfo.environment
    let url = environment["VARDE_DATABASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
    let home = environment["VARDE_HOME"] ?? ".varde"
    let absolute =
      home.hasPrefix("/") ? home : FileManager.default.currentDirectoryPath + "/" + home
    return Workplace(url: url, home: absolute)
  }

  /// `nil` where a server was named.
  func cluster() throws -> PrivateCluster? {
    url == nil ? try PrivateCluster(home: home) : nil
  }

  /// Where libpq connects; the first time, starts the private cluster if need be.
  func conninfo(database: String = "varde", user: String = "varde") throws -> String {
    if let url { return url }
    let cluster = try PrivateCluster(home: home)
    guard access("\(cluster.folder)/data", F_OK) == 0 else { throw Migrator.Mismatch.uninitialised }
    try start.once { try cluster.start() }
    return cluster.conninfo(database: database, user: user)
  }

  /// A session in a part, after checking that database and binary fit together.
  /// - Parameter others: parts the command will need besides, so that what is missing is told at once.
  func session(as part: Part, and others: Part...) throws -> Session {
    let session = try Session(conninfo: try conninfo())
    try Migrator(session: session).check()
    guard part != .administrator else { return session }
    do {
      for other in others {
        try session.transaction { try session.execute("SET LOCAL ROLE \(other.rawValue)") }
      }
      try session.take(role: part.rawValue)
    } catch let error as PostgresError where error.sqlstate == "42501" {
      let needed = ([part] + others).map(\.rawValue)
      throw Failure(
        code: "VD674",
        text: "this login may not act as \(needed.joined(separator: " and "))"
          + "\n  hint: VARDE_DATABASE_URL names the login; who made the database may let it: GRANT "
          + "\(needed.joined(separator: ", ")) TO …",
        status: .system)
    }
    return session
  }

  /// The institution meant: the one named, or the only one there is.
  func institution(named code: String?, _ session: Session) throws -> Institution {
    let all = try Institution.all(session)
    if let code {
      guard let found = all.first(where: { $0.code == code }) else {
        throw Failure(
          code: "VD611",
          text: "there is no institution '\(code)' here"
            + "\n  hint: known are \(all.map(\.code).joined(separator: ", "))",
          status: .nothingWritten)
      }
      return found
    }
    guard all.count == 1, let only = all.first else {
      let hint =
        all.isEmpty
        ? "apply a programme first: varde programme apply FILE.yaml"
        : "say which: --institution " + all.map(\.code).joined(separator: " | ")
      throw Failure(
        code: "VD612", text: "it is not clear which institution is meant\n  hint: \(hint)",
        status: .nothingWritten)
    }
    return only
  }
}
