/// What the server (or libpq) said when a statement failed.
///
/// Parameters are never part of it, and `detail` stays out of `description`: it quotes row values.
public struct PostgresError: Error, CustomStringConvertible, Sendable {
  /// Five characters; `08001` when no connection could be made.
  public let sqlstate: String
  public let message: String
  public let detail: String?
  public let hint: String?
  /// The statement that failed, without its parameters.
  public let statement: String

  public init(
    sqlstate: String, message: String, detail: String? = nil, hint: String? = nil,
    statement: String = ""
  ) {
    self.sqlstate = sqlstate
    self.message = message
    self.detail = detail
    self.hint = hint
    self.statement = statement
  }

  public var description: String {
    "\(message) [\(sqlstate)]" + (hint.map { "\n  hint: \($0)" } ?? "")
  }

  /// The server cannot be reached or went away.
  public var isConnectionFailure: Bool {
    sqlstate.hasPrefix("08") || sqlstate.hasPrefix("57P")
  }

  /// A unique index has the key already.
  public var isDuplicateKey: Bool { sqlstate == "23505" }

  /// The data themselves are at fault (SQLSTATE classes 22, 23 and P0), not the server, its disk or
  /// somebody's rights: trying again as it was cannot help.
  public var isAboutData: Bool {
    ["22", "23", "P0"].contains { sqlstate.hasPrefix($0) }
  }

  /// The statement was cancelled, see `Session.canceller`.
  public var isCancelled: Bool { sqlstate == "57014" }

  /// The transaction lost a race and may be tried again as it was.
  public var isRetryable: Bool {
    ["40001", "40P01", "55P03"].contains(sqlstate)
  }
}
