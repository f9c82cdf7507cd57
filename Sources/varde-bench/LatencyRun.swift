internal import Dispatch
internal import EventLog
internal import FoundationEssentials
internal import Glibc
internal import Postgres
internal import Synchronization

/// How long it takes from the moment a client is told that its event is recorded until somebody else
/// sees the fact: events come one at a time at an even rate, and a second session looks every two
/// milliseconds. What it finds is thus up to two milliseconds and a round trip too long.
struct LatencyRun {
  let conninfo: String
  /// Appends a second.
  let rate: Int
  let seconds: Int

  private struct Times {
    /// By position: when the append was answered, when the fact was seen.
    var told: [Int64: ContinuousClock.Instant] = [:]
    var seen: [Int64: ContinuousClock.Instant] = [:]
    var hasEnded = false
  }

  private static let every: UInt32 = 2_000
  /// Facts that are not there so long after the last append never come.
  private static let patience = Duration.seconds(30)

  /// Milliseconds: median, 95th and 99th percentile and maximum, then how many events these are of.
  /// - Throws: `Missing` when a fact did not come.
  func measure() throws -> String {
    let times = Mutex(Times())
    let threads = DispatchGroup()
    let failure = Mutex<(any Error)?>(nil)
    for work in [append, watch] {
      DispatchQueue(label: "latency").async(group: threads) {
        do { try work(times) } catch { failure.withLock { $0 = error } }
        times.withLock { $0.hasEnded = true }
      }
    }
    threads.wait()
    if let failure = failure.withLock({ $0 }) { throw failure }
    let (told, seen) = times.withLock { ($0.told, $0.seen) }
    let late = try told.map { position, told in
      guard let seen = seen[position] else { throw Missing(position: position) }
      return max(0, (seen - told) / .milliseconds(1))
    }.sorted()
    let figures = [0.5, 0.95, 0.99, 1].map { share in
      late[max(0, Int((share * Double(late.count)).rounded(.up)) - 1)]
    }
    return figures.map { "\(($0 * 10).rounded() / 10)" }.joined(separator: " ") + " \(late.count)"
  }

  struct Missing: Error { let position: Int64 }

  private func append(_ times: borrowing Mutex<Times>) throws {
    let appender = try Main.appender(conninfo)
    let start = ContinuousClock.now
    for number in 0..<rate * seconds {
      // Whoever is late catches up, so that the rate holds.
      let due = start + .seconds(1) * number / rate
      let early = (due - .now) / .microseconds(1)
      if early > 0 { usleep(UInt32(early)) }
      let block = try appender.append([Main.draft(0, number)], key: UUID())
      times.withLock { $0.told[block.positions.lowerBound] = .now }
    }
  }

  private func watch(_ times: borrowing Mutex<Times>) throws {
    let session = try Session(conninfo: conninfo, role: "varde_projector")
    let institution = try Institution.all(session)[0].id
    var last = Int64(
      try session.query(
        "SELECT last_position FROM log.head($1)", [.int(Int64(institution))])[0].int(0))
    var end: ContinuousClock.Instant?
    while true {
      let rows = try session.query(
        """
        SELECT position FROM fact.session WHERE institution_id = $1 AND position > $2
         ORDER BY position
        """, [.int(Int64(institution)), .int(last)])
      let now = ContinuousClock.now
      let positions = try rows.map { Int64(try $0.int(0)) }
      last = positions.last ?? last
      let (isOver, isComplete) = times.withLock { times in
        for position in positions { times.seen[position] = now }
        return (times.hasEnded, times.told.keys.allSatisfy { times.seen[$0] != nil })
      }
      if isOver {
        end = end ?? now + LatencyRun.patience
        if isComplete || now > end ?? now { return }
      }
      usleep(LatencyRun.every)
    }
  }
}
