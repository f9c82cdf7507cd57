import Dispatch
import Postgres
import Projection
import Synchronization

/// Looks into the database for those who scrape: in one session, at most once a second, and never
/// so that they wait long.
final class Lookout: Sendable {
  /// What was seen last.
  struct Sight {
    /// `nil` when the database did not answer.
    var watching: Watching?
    /// Why it did not, or why its read models are not for this binary.
    var problem: String?
    /// Whether somebody answered who only had no room for one more session.
    var isFull = false
    var at: ContinuousClock.Instant
  }

  /// So long one waits for an answer; the next who asks may find it.
  private static let patience = 2_000
  private static let freshness = Duration.seconds(1)
  private static let purpose = "it was looked up how far facts and figures are"

  private let queue = DispatchQueue(label: "varde.lookout")
  private let connect: @Sendable () throws -> Session
  private let sight = Mutex<Sight?>(nil)
  private let desk = Desk()

  /// Only touched on the queue.
  private final class Desk: @unchecked Sendable {
    var session: Session?
  }

  /// - Parameter connect: makes a session that acts as projector.
  init(connect: @escaping @Sendable () throws -> Session) { self.connect = connect }

  func look() -> Sight {
    if let fresh { return fresh }
    let looked = DispatchSemaphore(value: 0)
    queue.async { [self] in
      if fresh == nil {
        let seen = see()
        sight.withLock { $0 = seen }
      }
      looked.signal()
    }
    _ = looked.wait(timeout: .now() + .milliseconds(Lookout.patience))
    return fresh ?? Sight(problem: "the database does not answer", at: .now)
  }

  private var fresh: Sight? {
    sight.withLock { sight in
      guard let sight, .now - sight.at < Lookout.freshness else { return nil }
      return sight
    }
  }

  private func see() -> Sight {
    do {
      let session = try desk.session ?? connect()
      desk.session = session
      let watching = try Watching(session)
      let isOutdated = watching.readModels == .outdated
      return Sight(
        watching: watching, problem: isOutdated ? ReadSide.Outdated.notice : nil, at: .now)
    } catch let error as PostgresError where error.isFull {
      return Sight(problem: "\(error)", isFull: true, at: .now)
    } catch let error as PostgresError where !error.isConnectionFailure {
      defer { desk.session = nil }
      return Sight(problem: Hindrance.text(error, while: Lookout.purpose, desk.session), at: .now)
    } catch {
      desk.session = nil
      return Sight(problem: "the database does not answer: \(error)", at: .now)
    }
  }
}
