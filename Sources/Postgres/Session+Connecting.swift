import CPostgreSQL

extension Session {
  /// Connects; the caller owns the connection.
  /// - Throws: `PostgresError` with SQLSTATE `08001`, or the one with which the server has turned the
  ///   login away.
  static func connect(_ conninfo: String) throws -> OpaquePointer {
    let began = ContinuousClock.now
    guard let connection = PQconnectdb(conninfo) else {
      throw PostgresError(sqlstate: "08001", message: "out of memory while connecting")
    }
    guard PQstatus(connection) != CONNECTION_OK else { return connection }
    let reason = String(cString: PQerrorMessage(connection))
    var sqlstate: String?
    // libpq tells the SQLSTATE of such a failure in place of its text only, so it is asked once more;
    // not where nobody answers, which would take as long again.
    if .now - began < .seconds(2) {
      PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE)
      PQreset(connection)
      PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
      if PQstatus(connection) == CONNECTION_OK { return connection }
      sqlstate = Session.sqlstate(in: String(cString: PQerrorMessage(connection)))
    }
    PQfinish(connection)
    let error = PostgresError(
      sqlstate: sqlstate ?? "08001",
      message: "cannot connect to PostgreSQL: "
        + reason.split(separator: "\n").joined(separator: " "))
    // Whatever else keeps the server from taking us may pass: it starts, is full, is being restored.
    guard error.isRefusal else { throw PostgresError(sqlstate: "08001", message: error.message) }
    throw error
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
