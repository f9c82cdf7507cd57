import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `A single append` {
  @Test func `sent twice is answered twice and done once`() throws {
    let log = try TestLog()
    let appender = try log.appender()
    let drafts = (0..<3).map { sessionDraft("s\($0)", heldOn: day) }
    let key = UUID()
    let first = try appender.append(drafts, key: key)
    let second = try log.appender().append(drafts, key: key)
    #expect(first.positions == 1...3)
    #expect(!first.isReplay)
    #expect(second.isReplay)
    #expect(second.hash == first.hash && second.positions == first.positions)
    #expect(try log.number("SELECT count(*) FROM log.event") == 3)
    #expect(try log.verify().problems.isEmpty)
  }

  @Test(arguments: [
    [sessionDraft("s0", heldOn: day, minutes: 60)],
    [sessionDraft("s0", heldOn: day), sessionDraft("s1", heldOn: day)],
    [sessionDraft("other", heldOn: day)],
  ])
  func `its key is refused for other content, with both digests`(other: [EventDraft]) throws {
    let log = try TestLog()
    let key = UUID()
    let appender = try log.appender()
    _ = try appender.append([sessionDraft("s0", heldOn: day)], key: key)
    let error = #expect(throws: AppendRefusal.self) { try appender.append(other, key: key) }
    guard case .keyReused(let digests) = error else {
      Issue.record("not the refusal expected: \(String(describing: error))")
      return
    }
    let root = try log.administrator.query("SELECT encode(entries_root, 'hex') FROM log.append")
    #expect(digests.hasPrefix("then: \(try root[0].text(0)), now: "))
    #expect(digests.count == 2 * 64 + "then: , now: ".count)
    #expect(try log.number("SELECT count(*) FROM log.event") == 1)
  }

  @Test func `may say where the log must end`() throws {
    let log = try TestLog()
    let appender = try log.appender()
    _ = try appender.append([sessionDraft("s0", heldOn: day)], key: UUID(), expecting: 0)
    _ = try appender.append([sessionDraft("s1", heldOn: day)], key: UUID(), expecting: 1)
    let error = #expect(throws: AppendRefusal.self) {
      try appender.append([sessionDraft("s2", heldOn: day)], key: UUID(), expecting: 1)
    }
    #expect(error == .unexpectedEnd("append refused: the log ends at position 2, not at 1"))
  }

  @Test func `does not record a known row anew`() throws {
    let log = try TestLog()
    _ = try log.writer().record([sessionDraft("s0", heldOn: day)])
    let error = #expect(throws: AppendRefusal.self) {
      try log.appender().append([sessionDraft("s0", heldOn: day)], key: UUID())
    }
    #expect(error == .rowKeyKnown)
  }

  @Test func `keeps what it is given to the microsecond`() throws {
    let log = try TestLog()
    var draft = sessionDraft("s0", heldOn: day)
    draft.occurredAt = 1_700_000_000_123_457
    draft.precision = .instant
    draft.subject = UUID()
    _ = try log.appender().append([draft], key: UUID())
    let row = try log.administrator.query(
      """
      SELECT (extract(epoch FROM occurred_at) * 1000000)::bigint, occurred_precision, subject_id,
             body::text FROM log.event
      """)[0]
    #expect(try row.int(0) == 1_700_000_000_123_457)
    #expect(try row.text(1) == "instant")
    #expect(try row.uuid(2) == draft.subject)
    #expect(try row.text(3) == String(decoding: draft.body, as: UTF8.self))
    // The writer finds it under the same key.
    #expect(try log.writer().record([draft]) == [.unchanged])
  }

  @Test func `wants read committed and arrays of one length`() throws {
    let log = try TestLog()
    let session = try log.session("varde_recorder")
    let call = """
      SELECT log.append(1, gen_random_uuid(), NULL, '{session_recorded}', '{1}', '{2025-01-01}',
        '{day}', '{NULL}', '{NULL}', '{NULL}', '{"{}"}')
      """
    let isolation = #expect(throws: PostgresError.self) {
      try session.transaction(repeatableRead: true) { try session.execute(call) }
    }
    #expect(isolation?.sqlstate == "VL405")
    for wrong in ["'{1}'", "'{day}'", "'{NULL}'"] {
      let error = #expect(throws: PostgresError.self) {
        try session.execute(call.replacing(wrong, with: "'{}'"))
      }
      #expect(error?.sqlstate == "VL400")
    }
    try session.execute(call)
  }

  @Test(arguments: senseless.indices)
  func `refuses what no reader could use, one at a time and among many`(index: Int) throws {
    let (what, code, spoil) = senseless[index]
    let log = try TestLog()
    let first = try log.appender().append([sessionDraft("s0", heldOn: day)], key: UUID())
    var draft = sessionDraft("s1", heldOn: day)
    spoil(&draft)
    let good = sessionDraft("s2", heldOn: day)
    for drafts in [[draft], [good, draft, sessionDraft("s3", heldOn: day)]] {
      let alone = #expect(throws: PostgresError.self, "\(what)") {
        try log.appender().append(drafts, key: UUID())
      }
      #expect(alone?.sqlstate == code, "\(what)")
      let copied = #expect(throws: PostgresError.self, "\(what)") {
        try log.writer().record(drafts)
      }
      #expect(copied?.sqlstate == code, "\(what)")
    }
    let rest = try log.administrator.query("SELECT count(*), max(position) FROM log.event")[0]
    #expect(try rest.int(0) == 1 && Int64(rest.int(1)) == first.positions.upperBound)
  }

  @Test func `waits for its turn, but not for ever`() throws {
    let log = try TestLog()
    let holder = try log.session("varde_recorder")
    try holder.execute("BEGIN; SELECT log.lock_head(1, gen_random_uuid())")
    let session = try log.session("varde_recorder")
    try session.execute("SET lock_timeout = '50ms'")
    let appender = LogAppender(
      session: session, institution: log.institution.id, keySecret: [UInt8](repeating: 7, count: 32)
    )
    let error = #expect(throws: PostgresError.self) {
      try appender.append([sessionDraft("s0", heldOn: day)], key: UUID())
    }
    #expect(error?.sqlstate == "55P03")
  }
}

@Suite struct `Group commit` {
  @Test func `gives every caller positions of its own, without gaps`() async throws {
    let log = try TestLog()
    let group = GroupAppender(try log.appender())
    let positions = try await withThrowingTaskGroup(of: [Int64].self) { tasks in
      for writer in 0..<8 {
        tasks.addTask {
          var own: [Int64] = []
          for number in 0..<25 {
            own += try await group.append(
              (0...(number % 3)).map { sessionDraft("w\(writer)-\(number)-\($0)", heldOn: day) })
          }
          return own
        }
      }
      var all: [Int64] = []
      for try await own in tasks {
        #expect(own == own.sorted(), "a writer's events keep their order")
        all += own
      }
      return all
    }
    #expect(positions.sorted() == Array(1...Int64(positions.count)))
    #expect(try log.number("SELECT count(*) FROM log.event") == positions.count)
    #expect(try log.number("SELECT count(*) FROM log.append") < 200, "callers shared blocks")
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `one caller's mistake is that caller's alone`() async throws {
    let log = try TestLog()
    _ = try log.writer().record([sessionDraft("known", heldOn: day)])
    let group = GroupAppender(try log.appender())
    let outcomes = await withTaskGroup(of: Bool.self) { tasks in
      for writer in 0..<12 {
        let draft = sessionDraft(writer == 5 ? "known" : "w\(writer)", heldOn: day)
        tasks.addTask { (try? await group.append([draft])) != nil }
      }
      return await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 }.count == 11)
    #expect(try log.number("SELECT count(*) FROM log.event") == 12)
  }
}

/// What no reader could use, and what it is refused with.
private let senseless: [(what: String, code: String, spoil: @Sendable (inout EventDraft) -> Void)] =
  [
    ("an unknown type", "VL410", { $0.type = "session_dreamt_of" }),
    ("an unknown version", "VL410", { $0.schemaVersion = 99 }),
    ("a mistyped year", "VL413", { $0.occurredAt = 32_503_680_000_000_000 }),
    ("malformed JSON", "22P02", { $0.body = Array("{".utf8) }),
    (
      "a body without end", "VL411",
      { draft in
        // Varied, so that compression does not make it small.
        var random = SystemRandomNumberGenerator()
        let noise = (0..<200_000).map { _ in String(random.next(), radix: 16) }.joined()
        draft.body = Array(#"{"session":"\#(noise)"}"#.utf8)
      }
    ),
  ]
