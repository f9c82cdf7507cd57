internal import Dispatch
internal import EventLog
internal import Events
internal import FoundationEssentials
internal import Postgres
internal import Vault

/// Measures what only a client can: how many single events a second several waiting writers get
/// into one institution's log (prints one number), how soon a fact follows its append (`LatencyRun`),
/// how fast a statistic is (`StatisticRun`), and how fast rows are read and checked (`CheckRun`).
///
///     varde-bench alone|group CONNINFO WRITERS SECONDS
///     varde-bench latency CONNINFO RATE SECONDS
///     varde-bench statistic NAME FILE
///     varde-bench check SESSIONS.csv ATTENDANCE.csv
///
/// `alone`: every writer has a session and appends one event a call. `group`: the writers share
/// one session and their blocks. Each waits for its answer before it sends the next.
@main
struct Main {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst().map { $0 }
    if arguments.count == 3, arguments[0] == "statistic" {
      let run = try StatisticRun(arguments[1], path: arguments[2])
      print(run?.run() ?? "statistics: \(StatisticRun.statistics.keys.sorted())")
      return
    }
    if arguments.count == 3, arguments[0] == "check" {
      print(try CheckRun(sessions: arguments[1], attendance: arguments[2]).measure())
      return
    }
    if arguments.count == 4, arguments[0] == "latency", let rate = Int(arguments[2]),
      let seconds = Int(arguments[3])
    {
      print(try LatencyRun(conninfo: arguments[1], rate: rate, seconds: seconds).measure())
      return
    }
    guard arguments.count == 4, let writers = Int(arguments[2]), let seconds = Int(arguments[3]),
      ["alone", "group"].contains(arguments[0])
    else {
      print("usage: varde-bench alone|group CONNINFO WRITERS SECONDS")
      print("       varde-bench latency CONNINFO RATE SECONDS")
      print("       varde-bench statistic NAME FILE")
      print("       varde-bench check SESSIONS.csv ATTENDANCE.csv")
      return
    }
    let end = ContinuousClock.now + .seconds(seconds)
    let appends = try await withThrowingTaskGroup(of: Int.self) { tasks in
      if arguments[0] == "group" {
        let group = GroupAppender(try appender(arguments[1]))
        for writer in 0..<writers {
          tasks.addTask {
            var count = 0
            while ContinuousClock.now < end {
              _ = try await group.append([draft(writer, count)])
              count += 1
            }
            return count
          }
        }
      } else {
        for writer in 0..<writers {
          tasks.addTask { try await alone(writer, arguments[1], until: end) }
        }
      }
      var total = 0
      for try await count in tasks { total += count }
      return total
    }
    print(appends / seconds)
  }

  /// One writer on a thread of its own: its session blocks while it waits.
  private static func alone(
    _ writer: Int, _ conninfo: String, until end: ContinuousClock.Instant
  ) async throws -> Int {
    try await withCheckedThrowingContinuation { answer in
      DispatchQueue(label: "writer \(writer)").async {
        answer.resume(
          with: Result {
            let appender = try appender(conninfo)
            var count = 0
            while ContinuousClock.now < end {
              _ = try appender.append([draft(writer, count)], key: UUID())
              count += 1
            }
            return count
          })
      }
    }
  }

  static func appender(_ conninfo: String) throws -> LogAppender {
    let session = try Session(conninfo: conninfo, role: "varde_recorder")
    let institution = try Institution.all(session)[0].id
    return LogAppender(
      session: session, institution: institution,
      keySecret: try IdentityVault(session: session, institution: institution).sourceKeySecret())
  }

  private static let run = UUID().uuidString

  static func draft(_ writer: Int, _ number: Int) -> EventDraft {
    var body = JSONWriter()
    body.string("programme", "B")
    body.string("group", "B-1")
    body.string("session", "\(run)-\(writer)-\(number)")
    body.string("status", "held")
    body.integer("minutes", 45)
    return EventDraft(
      type: "session_recorded", occurredAt: 1_700_000_000_000_000, precision: .day,
      naturalKey: "session:\(run)-\(writer)-\(number)", body: body.finish())
  }
}
