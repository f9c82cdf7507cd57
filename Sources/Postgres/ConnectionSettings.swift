import CPostgreSQL

/// A libpq URL or connection string, taken apart.
public struct ConnectionSettings: Sendable {
  /// libpq's environment variables (`PGHOST`, `PGPASSWORD`, …) that say the same. A password given
  /// so is not seen by everybody who lists processes.
  public private(set) var environment: [String: String] = [:]
  /// Server settings of the `options` keyword.
  public private(set) var options = ""

  /// - Throws: `PostgresError` where the text is malformed.
  public init(_ conninfo: String) throws {
    var message: UnsafeMutablePointer<CChar>?
    guard let parsed = PQconninfoParse(conninfo, &message) else {
      defer { PQfreemem(message) }
      throw PostgresError(
        sqlstate: "08001",
        message: "the connection string is malformed: "
          + (message.map { String(cString: $0) } ?? "out of memory"))
    }
    defer { PQconninfoFree(parsed) }
    var option = parsed
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val, let variable = option.pointee.envvar {
        environment[String(cString: variable)] = String(cString: value)
        if String(cString: keyword) == "options" { options = String(cString: value) }
      }
      option = option.advanced(by: 1)
    }
  }
}
