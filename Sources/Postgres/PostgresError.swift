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

  /// There is no session: the server cannot be reached, went away, has no such database or no room
  /// for more, or has ended the session, for example because its transaction was idle for too long
  /// (25P03).
  public var isConnectionFailure: Bool {
    sqlstate.hasPrefix("08") || sqlstate.hasPrefix("57P") || sqlstate == "25P03"
      || isUnknownDatabase || isFull
  }

  /// The server is there and has no database of that name.
  public var isUnknownDatabase: Bool { sqlstate == "3D000" }

  /// The server is there and takes no more sessions, of this login or at all.
  public var isFull: Bool { sqlstate == "53300" }

  /// The server is there and turns the login away, or does not let it do what it asks for. That does
  /// not pass by itself.
  public var isRefusal: Bool { sqlstate.hasPrefix("28") || sqlstate == "42501" }

  /// A unique index has the key already.
  public var isDuplicateKey: Bool { sqlstate == "23505" }

  /// The data themselves are at fault, not the server, its disk or somebody's rights: trying again
  /// as it was cannot help. SQLSTATE classes 20 and 21 (a case nobody thought of, two rows where one
  /// was meant), 22 and 23 (a value, a constraint), 44, 54 (too long for an index) and P0 (raised).
  public var isAboutData: Bool {
    ["20", "21", "22", "23", "44", "54", "P0"].contains { sqlstate.hasPrefix($0) }
  }

  /// The transaction lost a race and may be tried again as it was.
  public var isRetryable: Bool {
    ["40001", "40P01", "55P03"].contains(sqlstate)
  }

  /// The server as a whole cannot work as it should: it is away, has no room or memory left, cannot
  /// read its files, or is a standby.
  public var isAboutServer: Bool {
    isConnectionFailure || sqlstate == "25006"
      || ["53", "58", "57P"].contains { sqlstate.hasPrefix($0) }
  }

  /// The statement was ended before it was done, by somebody (see `Session.canceller`) or because it
  /// took longer than the login's statement_timeout.
  public var isCancelled: Bool { sqlstate == "57014" }
}
