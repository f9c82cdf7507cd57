import CPostgreSQL

/// One blocking connection to PostgreSQL.
///
/// A session belongs to one thread at a time and is not `Sendable`, so no other task can slip a
/// statement into an open transaction.
///
/// Through a pooler that lends a server connection for one transaction at a time (PgBouncer in
/// transaction mode) nothing may be left behind in the connection, and nothing is found there again:
/// role and settings are then said at the beginning of every transaction, and a statement outside of
/// one gets one of its own.
public final class Session {
  let connection: OpaquePointer
  /// The connection string, without a password.
  public let address: String
  /// Whether something between us and the server lends connections.
  public let isPooled: Bool
  /// Whether a statement has failed by a right, a limit, or whatever else may be mended meanwhile.
  /// Settings of a login (`ALTER ROLE … SET`) count for new sessions only: who goes on for long takes
  /// another one then.
  public private(set) var isWorn = false
  /// What a pooled session says at the beginning of every transaction.
  private var preamble = ""

  /// Connects, fixes the session's time zone to UTC, and takes on `role` if given.
  /// - Throws: `PostgresError` with SQLSTATE `08001` when the server cannot be reached, with the
  ///   server's own when it turns the login away (see `PostgresError.isRefusal`), does not know the
  ///   database, or is full.
  public init(conninfo: String, role: String? = nil) throws {
    let connection = try Session.connect(conninfo)
    self.connection = connection
    self.address =
      "\(String(cString: PQhost(connection))):\(String(cString: PQport(connection)))/"
      + String(cString: PQdb(connection))
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    // A pooler cannot know which server process it will lend, and makes up a number.
    let process = PQexec(connection, "SELECT pg_backend_pid()")
    isPooled =
      PQgetvalue(process, 0, 0).map { String(cString: $0) } != "\(PQbackendPID(connection))"
    PQclear(process)
    try set([
      ("timezone", "'UTC'"), ("client_encoding", "'UTF8'"), ("datestyle", "'ISO, YMD'"),
      ("extra_float_digits", "1"), ("bytea_output", "'hex'"),
      ("client_connection_check_interval", "'5s'"),
    ])
    if let role { try take(role: role) }
  }

  /// Plays a part the login is a member of, from now on.
  public func take(role: String) throws {
    try set([("ROLE", quoted(identifier: role))])
    if role == "varde_recorder" {
      // A recorder that was stopped with the log's lock in hand must not hold up the others; see
      // Schema/roles.sql.
      try set([
        ("lock_timeout", "'10s'"), ("idle_in_transaction_session_timeout", "'10s'"),
      ])
    }
    // A worker whose host is gone holds its claim until the server notices.
    if role == "varde_recorder" || role == "varde_projector" {
      try set([
        ("tcp_keepalives_idle", "30"), ("tcp_keepalives_interval", "10"),
        ("tcp_keepalives_count", "3"),
      ])
    }
  }

  /// Refuses to write from now on.
  public func becomeReadOnly() throws {
    if isPooled {
      preamble += "SET TRANSACTION READ ONLY;"
    } else {
      try execute("SET default_transaction_read_only = on")
    }
  }

  /// Settings for all that follows; `SET ROLE x` and `SET ROLE = x` are the same.
  private func set(_ settings: [(name: String, value: String)]) throws {
    if isPooled {
      preamble += settings.map { "SET LOCAL \($0.name) = \($0.value);" }.joined()
      // What the server refuses it refuses here, and not at some later statement.
      try execute("SELECT")
    } else {
      try execute(settings.map { "SET \($0.name) = \($0.value);" }.joined())
    }
  }

  /// A handle with which another thread can cancel what this session is doing; the statement then
  /// fails with SQLSTATE 57014.
  public func canceller() -> Canceller { Canceller(connection) }

  deinit { PQfinish(connection) }

  /// The server's major version, for example 15.
  public var serverMajorVersion: Int { Int(PQserverVersion(connection)) / 10_000 }

  /// Runs one statement with parameters.
  @discardableResult
  public func query(_ sql: String, _ parameters: [Value?] = []) throws -> Rows {
    let values = parameters.map { $0?.wireFormat }
    let lengths = values.map { Int32($0?.bytes.count ?? 0) }
    let formats = values.map { Int32($0?.isBinary == true ? 1 : 0) }
    return try framed {
      let result = withPointers(to: values.map { $0?.bytes }) { pointers in
        PQexecParams(
          connection, sql, Int32(parameters.count), nil, pointers, lengths, formats, 0)
      }
      return try checked(result, sql)
    }
  }

  /// Runs a script of several statements without parameters.
  public func execute(_ script: String) throws {
    try framed { try send(script) }
  }

  /// Runs `body` in one transaction; commits when it returns, rolls back when it throws.
  public func transaction<R>(repeatableRead: Bool = false, _ body: () throws -> R) throws -> R {
    let begin = repeatableRead ? "BEGIN ISOLATION LEVEL REPEATABLE READ;" : "BEGIN;"
    do {
      try send(begin + preamble)
      let result = try body()
      try send("COMMIT")
      return result
    } catch {
      // The first error is the one to tell; a rollback on a dead connection says nothing new.
      try? send("ROLLBACK")
      throw error
    }
  }

  /// A statement outside of a transaction needs one where settings last no longer.
  private func framed<R>(_ statement: () throws -> R) throws -> R {
    guard isPooled, PQtransactionStatus(connection) == PQTRANS_IDLE else { return try statement() }
    return try transaction(statement)
  }

  private func send(_ script: String) throws {
    _ = try checked(PQexec(connection, script), script)
  }

  /// Sends rows with `COPY … FROM STDIN`; returns how many the server took.
  @discardableResult
  public func copyIn(_ sql: String, _ body: (CopyWriter) throws -> Void) throws -> Int {
    try framed { try copy(sql, body) }
  }

  private func copy(_ sql: String, _ body: (CopyWriter) throws -> Void) throws -> Int {
    guard let start = PQexec(connection, sql) else { throw connectionError(sql) }
    guard PQresultStatus(start) == PGRES_COPY_IN else {
      _ = try checked(start, sql)
      throw PostgresError(sqlstate: "08P01", message: "not a COPY FROM STDIN", statement: sql)
    }
    PQclear(start)
    do {
      try body(CopyWriter(connection: connection, statement: sql))
    } catch {
      _ = PQputCopyEnd(connection, "given up by the client")
      while let rest = PQgetResult(connection) { PQclear(rest) }
      throw error
    }
    guard PQputCopyEnd(connection, nil) == 1 else { throw connectionError(sql) }
    let rows = try checked(PQgetResult(connection), sql)
    while let rest = PQgetResult(connection) { PQclear(rest) }
    return rows.affected
  }

  /// Quotes a name for use in SQL text.
  public func quoted(identifier: String) -> String {
    "\""
      + identifier.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private func checked(_ result: OpaquePointer?, _ statement: String) throws -> Rows {
    guard let result else { throw connectionError(statement) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      return Rows(result)
    default:
      defer { PQclear(result) }
      let error = error(of: result, statement)
      if !error.isAboutData && !error.isRetryable { isWorn = true }
      throw error
    }
  }

  private func error(of result: OpaquePointer, _ statement: String) -> PostgresError {
    func field(_ code: Character) -> String? {
      guard let value = PQresultErrorField(result, Int32(code.asciiValue ?? 0)) else { return nil }
      return String(cString: value)
    }
    guard let sqlstate = field("C") else { return connectionError(statement) }
    return PostgresError(
      sqlstate: sqlstate, message: field("M") ?? "unknown error", detail: field("D"),
      hint: field("H"), statement: statement)
  }

  func connectionError(_ statement: String) -> PostgresError {
    let text = String(cString: PQerrorMessage(connection))
    return PostgresError(
      sqlstate: "08006", message: Session.oneLine(text), statement: statement)
  }

  private func withPointers<R>(
    to values: [[UInt8]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
  ) -> R {
    // One arena for all parameters, so that their addresses hold together.
    var arena: [UInt8] = []
    arena.reserveCapacity(values.reduce(1) { $0 + ($1?.count ?? 0) })
    var offsets: [Int?] = []
    for value in values {
      offsets.append(value == nil ? nil : arena.count)
      arena.append(contentsOf: value ?? [])
    }
    arena.append(0)
    return arena.withUnsafeBytes { arena in
      let base = arena.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
      return (pointers + [nil]).withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("never empty") }
        return body(start)
      }
    }
  }
}
