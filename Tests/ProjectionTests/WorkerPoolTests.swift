import Dispatch
import EventLog
import Events
import FoundationEssentials
import Glibc
import Postgres
import Projection
import Synchronization
import TestSupport
import Testing

@Suite struct `Workers of one process` {
  private let day = CivilDate(daysSinceEpoch: 20_000)

  /// What was told, in order.
  private final class Ear: Sendable {
    private let heard = Mutex<[WorkerNews]>([])
    func hear(_ news: WorkerNews) { heard.withLock { $0.append(news) } }
    var news: [WorkerNews] { heard.withLock { $0 } }
    var events: Int {
      news.reduce(0) { sum, news in
        if case .projected(let events) = news { sum + events } else { sum }
      }
    }
  }

  /// A pool at work on a thread of its own.
  private final class Running: Sendable {
    let pool: WorkerPool
    private let ended = DispatchSemaphore(value: 0)
    private let failure = Mutex<(any Error)?>(nil)

    init(_ pool: WorkerPool) {
      self.pool = pool
      DispatchQueue(label: "pool").async { [self] in
        do { try pool.run() } catch { failure.withLock { $0 = error } }
        ended.signal()
      }
    }

    /// Waits until it has ended; throws what ended it.
    func end() throws {
      pool.stop()
      try wait()
    }

    func wait() throws {
      ended.wait()
      if let failure = failure.withLock({ $0 }) { throw failure }
    }
  }

  private func pool(_ log: TestLog, _ plan: WorkerPlan, _ ear: Ear) -> WorkerPool {
    let conninfo = log.conninfo
    return WorkerPool(
      plan, connect: { try Session(conninfo: conninfo, role: "varde_projector") },
      tell: ear.hear)
  }

  /// Runs a pool beside `body` and waits until it has ended.
  private func withPool(
    _ log: TestLog, _ plan: WorkerPlan, _ ear: Ear, _ body: () throws -> Void
  ) throws {
    let running = Running(pool(log, plan, ear))
    do {
      try body()
    } catch {
      try? running.end()
      throw error
    }
    try running.end()
  }

  private func wait(_ what: () throws -> Bool) throws {
    for _ in 0..<1_500 {
      if try what() { return }
      usleep(10_000)
    }
    Issue.record("it did not happen within fifteen seconds")
  }

  @Test(arguments: [1, 3])
  func `facts follow the log while people append, whatever the number of threads`(
    threads: Int
  ) throws {
    let log = try TestLog(readSide: true)
    var plan = WorkerPlan()
    plan.threads = threads
    let ear = Ear()
    try withPool(log, plan, ear) {
      for number in 0..<20 {
        _ = try log.appender().append([sessionDraft("s\(number)", heldOn: day)], key: UUID())
      }
      try wait { try log.number("SELECT count(*) FROM fact.session") == 20 }
    }
    #expect(ear.events == 20)
    #expect(try log.number("SELECT count(*) FROM ops.worker") == 0)
  }

  @Test func `an announcement wakes workers whose sweep is far away`() throws {
    let log = try TestLog(readSide: true)
    var plan = WorkerPlan()
    plan.sweep = 600_000
    plan.computesCells = false
    try withPool(log, plan, Ear()) {
      // Until it listens, and until its pauses have grown long.
      try wait {
        try log.number(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        ) == 1
      }
      usleep(1_500_000)
      _ = try log.appender().append([sessionDraft("s1", heldOn: day)], key: UUID())
      try wait { try log.number("SELECT count(*) FROM fact.session") == 1 }
    }
  }

  @Test func `a connection that is cut is made anew without a word`() throws {
    let log = try TestLog(readSide: true)
    let ear = Ear()
    try withPool(log, WorkerPlan(), ear) {
      _ = try log.appender().append([sessionDraft("s1", heldOn: day)], key: UUID())
      try wait { ear.events == 1 }
      try log.administrator.query(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      _ = try log.appender().append([sessionDraft("s2", heldOn: day)], key: UUID())
      try wait { try log.number("SELECT count(*) FROM fact.session") == 2 }
    }
    #expect(!ear.news.contains { if case .lost = $0 { true } else { false } })
  }

  @Test func `a server that is away is told once, and that it is back`() throws {
    let log = try TestLog(readSide: true)
    let ear = Ear()
    let isAway = Mutex(true)
    let conninfo = log.conninfo
    let pool = WorkerPool(
      WorkerPlan(),
      connect: {
        if isAway.withLock({ $0 }) {
          throw PostgresError(sqlstate: "08001", message: "nobody there")
        }
        return try Session(conninfo: conninfo, role: "varde_projector")
      }, tell: ear.hear)
    let running = Running(pool)
    try wait { !ear.news.isEmpty }
    isAway.withLock { $0 = false }
    try wait { ear.news.contains(.found) }
    try running.end()
    #expect(ear.news.count == 2)
  }

  /// When it is back, all threads' pauses have grown to some seconds, give or take a fifth.
  @Test func `the first thread that finds the server again wakes the others`() throws {
    let log = try TestLog(readSide: true)
    let tries = Mutex(0)
    let found = Mutex<[ContinuousClock.Instant]>([])
    let isAway = Mutex(true)
    let conninfo = log.conninfo
    var plan = WorkerPlan()
    plan.threads = 13
    let threads = plan.threads + 3
    let pool = WorkerPool(
      plan,
      connect: {
        if isAway.withLock({ $0 }) {
          tries.withLock { $0 += 1 }
          throw PostgresError(sqlstate: "08001", message: "nobody there")
        }
        found.withLock { $0.append(.now) }
        return try Session(conninfo: conninfo, role: "varde_projector")
      }, tell: { _ in })
    let running = Running(pool)
    try wait { tries.withLock { $0 } >= 3 * threads }
    isAway.withLock { $0 = false }
    try wait { found.withLock { $0.count } >= threads }
    try running.end()
    let times = found.withLock { $0 }
    let spread = times[threads - 1] - times[0]
    #expect(spread < .seconds(1), "\(spread)")
  }

  @Test func `a server that refuses the login ends the work`() throws {
    let pool = WorkerPool(
      WorkerPlan(),
      connect: { throw PostgresError(sqlstate: "28P01", message: "wrong password") },
      tell: { _ in })
    let error = #expect(throws: PostgresError.self) { try Running(pool).wait() }
    #expect(error?.isRefusal == true)
  }

  @Test func `what is stuck is told once`() throws {
    let log = try TestLog(readSide: true)
    var poison = sessionDraft("s1", heldOn: day)
    poison.body = Array(#"{"programme":"TST","session":"s1","minutes":"many"}"#.utf8)
    _ = try log.writer().record([poison])
    try log.project()
    let ear = Ear()
    try withPool(log, WorkerPlan(), ear) {
      try wait {
        ear.news.contains { if case .stuck(_, _, false) = $0 { true } else { false } }
      }
    }
  }

  @Test func `read models of another version end the work`() throws {
    let log = try TestLog(readSide: true)
    try log.administrator.execute("UPDATE ops.read_side SET digest = 'another'")
    #expect(throws: ReadSide.Outdated.self) {
      try Running(pool(log, WorkerPlan(), Ear())).wait()
    }
  }

  /// A computation is held up after it has read its marks, by a lock on the cells it compares with.
  @Test func `facts do not wait for figures, and what is marked meanwhile stays marked`() throws {
    let log = try TestLog(readSide: true)
    let programme = EventDraft(
      type: "programme_registered", occurredAt: EventDraft.midnight(day), precision: .day,
      naturalKey: "programme",
      body: Array(
        #"{"programme":"TST","title_nb":"L","title_en":"T","models":["tst"],"purpose":"p","formative_only":true,"starts_on":"2020-01-01","terms":[{"code":"V","from":"01-01","to":"07-31"},{"code":"H","from":"08-01","to":"12-31"}],"holiday_months":[7],"time_zone":"Europe/Oslo"}"#
          .utf8))
    _ = try log.writer().record([programme, sessionDraft("s1", heldOn: day)])
    #expect(try log.project() == 2)
    let held = try log.session("varde_owner")
    try held.execute("BEGIN; LOCK TABLE fact.cell IN ACCESS EXCLUSIVE MODE")
    let conninfo = log.conninfo
    let computed = DispatchSemaphore(value: 0)
    DispatchQueue(label: "cells").async {
      let session = try? Session(conninfo: conninfo, role: "varde_projector")
      _ = try? session.map { try CellWorker(session: $0).runToEnd() }
      computed.signal()
    }
    try wait {
      try log.number(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'fact.cell'::regclass") == 1
    }
    _ = try log.writer().record([sessionDraft("s2", heldOn: day)])
    let projector = try log.session("varde_projector")
    try projector.execute("SET lock_timeout = '2s'")
    #expect(try FactWorker(session: projector).runToEnd() == 1)
    try held.execute("COMMIT")
    computed.wait()
    #expect(try log.number("SELECT count(*) FROM fact.stale WHERE position = 3") > 0)
    #expect(try log.number("SELECT position FROM ops.checkpoint WHERE projection = 'cell'") == 2)
    #expect(try CellWorker(session: projector).runToEnd() > 0)
    #expect(try log.number("SELECT count(*) FROM fact.stale") == 0)
  }
}
