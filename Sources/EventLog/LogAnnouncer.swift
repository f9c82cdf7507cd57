public import Postgres

/// Tells workers that a log has grown, so that they need not wait for their next sweep.
///
/// Never inside an append: what announces takes a lock that all of a server's announcing
/// transactions share, at their commit. A worker that hears nothing looks by itself, so an
/// announcement that is left out, or fails, costs time only.
public struct LogAnnouncer {
  /// The channel workers listen to.
  public static let channel = "varde_log"
  /// Workers who have just found something go on looking, so more often would bring nothing.
  private static let interval = Duration.milliseconds(10)

  private let session: Session
  private var last: ContinuousClock.Instant?

  public init(session: Session) { self.session = session }

  /// Announces that something was appended and committed, unless that was said just now.
  public mutating func appended() {
    let now = ContinuousClock.now
    if let last, now - last < LogAnnouncer.interval { return }
    last = now
    try? session.announce(on: LogAnnouncer.channel)
  }
}
