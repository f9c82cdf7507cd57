import CPostgreSQL

/// Cancels the statement a session is running, from any thread. libpq documents PQcancel as safe
/// for that, even in signal handlers.
public final class Canceller: @unchecked Sendable {
  private let handle: OpaquePointer?

  init(_ connection: OpaquePointer) { handle = PQgetCancel(connection) }

  deinit { PQfreeCancel(handle) }

  /// Asks the server to stop; without effect if nothing is running.
  public func cancel() {
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(handle, &message, Int32(message.count))
  }
}
