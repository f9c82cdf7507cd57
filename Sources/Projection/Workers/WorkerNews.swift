public import Postgres

/// What workers have to tell while they are at work.
public enum WorkerNews: Sendable, Equatable {
  /// Events became facts.
  case projected(events: Int)
  /// Indicator cells were computed anew.
  case computed(cells: Int)
  /// A projection stands still (`isHalted`) or will be tried again at an event it cannot take; told
  /// once each time that changes.
  case stuck(institution: String, reason: String, isHalted: Bool)
  /// The server is away; told once, until it is back.
  case lost(reason: String, retryInSeconds: Int)
  case found
  /// The server is there and did not do what a thread asked for; told once each time the reason
  /// changes.
  case hindered(reason: String, retryInSeconds: Int)
}

/// How many threads a worker process has and what they do.
public struct WorkerPlan: Sendable {
  /// Threads that turn events into facts, each with a session of its own.
  public var threads = 1
  /// Whether one more thread computes indicator cells.
  public var computesCells = true
  /// How often to look for work that nobody has announced, in milliseconds.
  public var sweep = 500
  /// As `ops.worker` shows it.
  public var version = ""

  public init() {}
}

extension WorkerNews {
  /// What stands still or is being tried again. `session` acts as projector.
  public static func stuck(_ session: Session) throws -> [WorkerNews] {
    try session.query(
      """
      SELECT institution, reason, state = 'halted' FROM ops.projection
       WHERE reason IS NOT NULL
       ORDER BY institution, projection
      """
    ).map {
      .stuck(
        institution: try $0.text(0), reason: try $0.text(1), isHalted: try $0.bool(2))
    }
  }
}
