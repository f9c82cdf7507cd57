internal import CPostgreSQL
internal import Glibc

extension Session {
  /// Hears what is announced on a channel from now on. A pooled session hears nothing: the server
  /// would tell whoever has been lent the connection by then.
  public func listen(to channel: String) throws {
    try execute("LISTEN \(quoted(identifier: channel))")
  }

  /// Announces on a channel; everybody who listens hears it once this is committed.
  public func announce(on channel: String, _ payload: String = "") throws {
    try query("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])
  }

  /// Waits until something is announced on a channel one listens to, or the time is over.
  /// - Returns: whether there was anything; all that has come by then is taken together.
  /// - Throws: `PostgresError` when the connection is gone.
  public func waitForAnnouncement(milliseconds: Int32) throws -> Bool {
    if try takeAnnouncements() { return true }
    var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
    return try takeAnnouncements()
  }

  private func takeAnnouncements() throws -> Bool {
    guard PQconsumeInput(connection) == 1 else { throw connectionError("LISTEN") }
    var any = false
    while let announcement = PQnotifies(connection) {
      PQfreemem(announcement)
      any = true
    }
    return any
  }
}
