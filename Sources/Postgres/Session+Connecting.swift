import CPostgreSQL

extension Session {
  /// Connects; the caller owns the connection.
  /// - Throws: `PostgresError` with SQLSTATE `08001`, or the one with which the server has turned the
  ///   login away, does not know the database, or is full.
  static func connect(_ conninfo: String) throws -> OpaquePointer {
    let began = ContinuousClock.now
    guard let connection = PQconnectdb(conninfo) else {
      throw PostgresError(sqlstate: "08001", message: "out of memory while connecting")
    }
    guard PQstatus(connection) != CONNECTION_OK else { return connection }
    let reason = String(cString: PQerrorMessage(connection))
    // libpq asks nobody who gave no password.
    var sqlstate = PQconnectionNeedsPassword(connection) == 1 ? "28P01" : nil
    // libpq tells the SQLSTATE of such a failure in place of its text only, so it is asked once more;
    // not where nobody answers, which would take as long again.
    if sqlstate == nil, .now - began < .seconds(2) {
      PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE)
      PQreset(connection)
      PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
      if PQstatus(connection) == CONNECTION_OK { return connection }
      sqlstate = Session.sqlstate(in: String(cString: PQerrorMessage(connection)))
    }
    PQfinish(connection)
    let error = PostgresError(
      sqlstate: meaning(of: sqlstate ?? "08001", reason),
      message: "cannot connect to PostgreSQL: " + oneLine(reason))
    // Whatever else keeps the server from taking us may pass: it starts, stops, is being restored.
    guard error.isRefusal || error.isUnknownDatabase || error.isFull else {
      throw PostgresError(sqlstate: "08001", message: error.message)
    }
    throw error
  }

  /// PgBouncer says everything under 08P01 (protocol violation), so that only its words tell. What it
  /// reports of its own way to the server is not about us.
  static func meaning(of sqlstate: String, _ reason: String) -> String {
    guard sqlstate == "08P01", !reason.contains("server login") else { return sqlstate }
    if ["authentication failed", "no such user", "login rejected"].contains(where: reason.contains)
    {
      return "28000"
    }
    if reason.contains("no such database") { return "3D000" }
    return reason.contains("no more connections allowed") ? "53300" : sqlstate
  }

  /// What libpq says, whose lines are indented by tabs.
  static func oneLine(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }

  /// The SQLSTATE at the end of `… FATAL:  28P01`; the last one where several hosts were tried.
  static func sqlstate(in message: String) -> String? {
    message.split(separator: "\n").last.flatMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count > 1, words[words.count - 2].hasSuffix(":"), let last = words.last,
        last.utf8.count == 5, last.contains(where: \.isNumber),
        last.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
      else { return nil }
      return String(last)
    }
  }
}
