import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing
import Vault

private let day = CivilDate(daysSinceEpoch: 20_100)

/// A draft whose body no projector can take.
private func poisoned(
  _ type: String, _ body: String, key: String = "poison", subject: UUID? = UUID()
) -> EventDraft {
  EventDraft(
    type: type, occurredAt: EventDraft.midnight(day), precision: .day, subject: subject,
    naturalKey: key, body: Array(body.utf8))
}

private func poisonedSession(_ name: String = "sX", minutes: String = #""Åse Prøvesen""#)
  -> EventDraft
{
  poisoned(
    "session_recorded",
    #"{"programme":"TST","group":"G1","session":"\#(name)","status":"held","minutes":\#(minutes)}"#,
    key: "session:\(name)", subject: nil)
}

private let tooLongForAnIndex: String = {
  let code = (0..<300).map { _ in UUID().uuidString }.joined()
  return #"{"programme":"TST","status":"held","group":"G1","session":"\#(code)"}"#
}()

extension TestLog {
  fileprivate var failures: Failures {
    get throws { Failures(session: try session("varde_steward")) }
  }

  /// As if the time until the next try had passed.
  fileprivate func skipBackoff() throws {
    try administrator.execute("UPDATE ops.checkpoint SET not_before = '-infinity'")
  }

  fileprivate func quarantine(_ position: Int64, reason: String = "no number") throws -> Int64 {
    try failures.quarantine(position, of: institution.id, reason: reason)
  }

  /// Another institution's writer in the same database.
  fileprivate func writer(of other: Institution) throws -> LogWriter {
    let session = try session("varde_recorder")
    let secret = try IdentityVault(session: session, institution: other.id).sourceKeySecret()
    return try LogWriter(
      session: session, institution: other.id, run: UUID(), keySecret: secret)
  }

  /// The facts that a rebuild makes otherwise than the workers did.
  fileprivate func differences() throws -> [String] {
    try Rebuild(session: administrator).run().facts.filter { !$0.isEqual }.map(\.fact)
  }
}

@Suite struct `An event that no projector can take` {
  @Test(arguments: [
    ("session_recorded", #"{"programme":"TST","session":"s","minutes":"Åse Prøvesen"}"#),
    ("attendance_recorded", #"{"programme":"TST","session":"s","on":"Åse Prøvesen"}"#),
    ("enrolment_recorded", #"{"programme":"TST","group":"G1","joined":"Åse Prøvesen"}"#),
    ("hours_recorded", #"{"programme":"TST","term":"2025V","spent":"Åse Prøvesen"}"#),
    ("response_submitted", #"{"programme":"TST","instrument":"pit","answers":"Åse Prøvesen"}"#),
    ("log_submitted", #"["Åse Prøvesen"]"#),
    ("subjects_merged", #"{"from":"Åse Prøvesen"}"#),
    ("programme_registered", #"{"title_nb":"Åse Prøvesen"}"#),
    ("session_recorded", tooLongForAnIndex),
  ])
  func `is found, named without its values, and left out for good`(
    type: String, body: String
  ) throws {
    let log = try TestLog(readSide: true)
    var drafts = (0..<40).map { sessionDraft("s\($0)", heldOn: day) }
    drafts.insert(poisoned(type, body), at: 23)
    _ = try log.writer().record(drafts)
    #expect(try log.project() == 0)
    let failure = try #require(try log.failures.all().first)
    #expect(failure.position == 24 && failure.type == type && failure.state == "active")
    #expect(!failure.message.contains("Prøvesen"), "\(failure.message)")
    #expect(
      try !log.administrator.query("SELECT reason FROM ops.checkpoint")[0].text(0).contains(
        "Prøvesen"))
    #expect(try log.number("SELECT count(*) FROM fact.session") == 0, "blocks are whole")

    #expect(try log.quarantine(24) == 42)
    #expect(try log.project() == 42)
    #expect(try log.number("SELECT count(*) FROM fact.session") == 40)
    #expect(try log.failures.all().isEmpty)
    #expect(try log.differences() == [])
    #expect(try log.number("SELECT count(*) FROM log.quarantined(1)") == 1)
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `is found amid a block of thousands in about as many tries as it can be halved`()
    throws
  {
    let log = try TestLog(readSide: true)
    // A sequence remembers what was rolled back.
    try log.administrator.execute(
      """
      CREATE SEQUENCE public.try;
      CREATE FUNCTION public.count_try() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM nextval('public.try'); RETURN NULL; END $$;
      CREATE TRIGGER tries BEFORE INSERT ON fact.session
        FOR EACH STATEMENT EXECUTE FUNCTION public.count_try()
      """)
    var drafts = (0..<4_900).map { sessionDraft("s\($0)", heldOn: day) }
    drafts[3_210] = poisonedSession()
    for part in 0..<8 { _ = try log.writer().record([sessionDraft("b\(part)", heldOn: day)]) }
    _ = try log.writer().record(drafts)
    #expect(try log.project() == 8, "the blocks before it are taken by the same claim")
    #expect(try log.failures.all().map(\.position) == [8 + 3_211])
    // All at once; 9 blocks: at most 4 and the one alone; its 4,900 events: 13 and the one alone.
    let tries = try log.number("SELECT last_value FROM public.try")
    #expect((15...20).contains(tries))
  }

  @Test func `halts its institution alone, after five tries`() throws {
    let log = try TestLog(readSide: true)
    let others = try ["nord", "sør"].map {
      try Institution.register(log.administrator, code: $0, name: $0)
    }
    _ = try log.writer().record([
      sessionDraft("s1", heldOn: day, programme: "OPM"), poisonedSession(),
      sessionDraft("s2", heldOn: day, programme: "PGM"),
    ])
    for attempt in 1...5 {
      for other in others {
        _ = try log.writer(of: other).record([sessionDraft("s\(attempt)", heldOn: day)])
      }
      #expect(try log.project() == 2)
      let failure = try #require(try log.failures.all().first)
      #expect(failure.institution == "prøve" && failure.position == 2)
      #expect(failure.attempts == attempt)
      #expect(failure.state == (attempt == 5 ? "halted" : "active"))
      // Before its time it is not tried.
      #expect(try log.project() == 0)
      #expect(try log.failures.all().first?.attempts == attempt)
      try log.skipBackoff()
    }
    #expect(try log.project() == 0)
    #expect(try log.failures.all().map(\.attempts) == [5], "halted is not tried")
    #expect(
      try log.number("SELECT count(*) FROM evaluation.session WHERE institution <> 'prøve'") == 10)
  }

  @Test func `is tried again when the projector was mended`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([poisonedSession(minutes: #""60 min""#)])
    for _ in 0..<5 {
      try log.project()
      try log.skipBackoff()
    }
    #expect(try log.failures.all().map(\.state) == ["halted"])
    #expect(try Failures(session: log.session("varde_projector")).retry(log.institution.id))
    #expect(try log.project() == 0)
    #expect(try log.failures.all().map(\.attempts) == [6], "what was tried is not forgotten")
    try log.administrator.execute(
      """
      SET ROLE varde_owner;
      CREATE OR REPLACE FUNCTION fact.upcast(p_type text, p_version smallint, p_body json)
        RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN replace(p_body::text, ' min"', '"')::json;
      RESET ROLE
      """)
    #expect(try Failures(session: log.session("varde_projector")).retry(log.institution.id))
    #expect(try log.project() == 1)
    #expect(try log.number("SELECT minutes FROM fact.session") == 60)
    #expect(try log.failures.all().isEmpty)
    #expect(try !Failures(session: log.session("varde_projector")).retry(log.institution.id))
  }

  @Test func `in quarantine still closes what it corrects, until it is sent again`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day), sessionDraft("s2", heldOn: day)])
    try log.project()
    _ = try log.writer().record([
      poisonedSession("s1"), sessionDraft("s2", heldOn: day, minutes: 50),
    ])
    try log.project()
    _ = try log.quarantine(3)
    try log.project()
    #expect(try log.number("SELECT superseded_by FROM fact.session WHERE position = 1") == 3)
    #expect(try log.number("SELECT count(*) FROM evaluation.session WHERE session = 's1'") == 0)
    // As it was: unchanged, and therefore still nothing.
    _ = try log.writer().record([poisonedSession("s1")])
    #expect(try log.project() == 0)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day, minutes: 61)])
    #expect(try log.project() == 1)
    #expect(try log.number("SELECT minutes FROM evaluation.session WHERE session = 's1'") == 61)
    #expect(try log.differences() == [])
  }

  /// Corrections, poison, decisions, rebuilds and workers in any order end with the same facts.
  @Test(arguments: 1...8)
  func `left out, live and rebuild agree whatever the order`(seed: UInt64) throws {
    var random = Seeded(seed)
    let log = try TestLog(readSide: true)
    for _ in 0..<12 {
      let drafts = (0..<6).filter { _ in Bool.random(using: &random) }.map { name in
        Int.random(in: 0..<6, using: &random) == 0
          ? poisonedSession("s\(name)", minutes: "\"\(Int.random(in: 0..<9, using: &random))x\"")
          : sessionDraft("s\(name)", heldOn: day, minutes: Int.random(in: 40...49, using: &random))
      }
      _ = try log.writer().record(drafts)
      guard Bool.random(using: &random) else { continue }
      try log.project()
      if Bool.random(using: &random), let stuck = try log.failures.all().first?.position {
        _ = try log.quarantine(Int64(stuck))
      }
    }
    try log.skipBackoff()
    try log.project()
    while let stuck = try log.failures.all().first?.position {
      _ = try log.quarantine(Int64(stuck))
      try log.project()
    }
    let end = try log.number("SELECT max(position) FROM log.event")
    #expect(try log.number("SELECT position FROM ops.checkpoint WHERE projection = 'fact'") == end)
    #expect(
      try log.number(
        "SELECT count(*) FROM log.event WHERE type = 'session_recorded' AND position NOT IN "
          + "(SELECT log.quarantined(1))")
        == log.number("SELECT count(*) FROM fact.session"))
    #expect(try log.differences() == [])
  }

  @Test func `is refused by its code where it cannot be left out`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    try log.project()
    try log.writer().retract(
      [Retraction(position: 1, type: "session_recorded", occurredAt: 0)])
    _ = try log.writer().record([poisonedSession(), poisonedSession("sY")])
    try log.project()
    func refusal(_ position: Int64, _ reason: String = "why") throws -> String? {
      #expect(throws: PostgresError.self) { try log.quarantine(position, reason: reason) }?.sqlstate
    }
    #expect(try refusal(99) == "VL425")
    #expect(try refusal(2) == "VL427")
    #expect(try refusal(1) == "VL428")
    #expect(try refusal(3, " ") == "VL429")
    #expect(try refusal(3, String(repeating: "x", count: 1_001)) == "VL429")
    let decision = try log.quarantine(3)
    #expect(try refusal(3) == "VL426")
    #expect(try refusal(decision) == "VL427")
    // The next one is another event, and not decided by this.
    #expect(try log.project() == 0)
    #expect(try log.failures.all().map(\.position) == [4])
    #expect(throws: PostgresError.self) {
      try Failures(session: log.session("varde_projector")).quarantine(
        4, of: log.institution.id, reason: "not the steward")
    }
  }

  @Test func `is told what is wrong with it where it takes back nothing anybody could name`() throws
  {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    try log.administrator.execute(
      """
      SELECT log.append(1, gen_random_uuid(), NULL, '{record_retracted}', '{1}', '{2025-01-01}',
        '{instant}', '{NULL}', '{NULL}', '{1}', ARRAY['{"programme":"TST"}'])
      """)
    try log.project()
    let failure = try #require(try log.failures.all().first)
    #expect(failure.position == 2 && failure.sqlstate == "22004")
    #expect(
      failure.message == "record_retracted: the body does not name the type of what it takes back")
  }

  @Test func `is left out alike where the decision came past the rules`() throws {
    let log = try TestLog(readSide: true)
    let person = UUID()
    _ = try log.writer().record([
      sessionDraft("s1", heldOn: day), PersonDrafts.response(person, "r1", answer: 3),
    ])
    #expect(try log.project() == 2)
    for position in [1, 2] {
      try log.administrator.execute(
        """
        SELECT log.append(1, gen_random_uuid(), NULL, '{event_quarantined}', '{1}', '{2025-01-01}',
          '{instant}', '{NULL}', '{NULL}', '{NULL}', ARRAY['{"position":\(position)}'])
        """)
    }
    #expect(try log.project() == 2)
    #expect(
      try log.number(
        "SELECT (SELECT count(*) FROM fact.session) + (SELECT count(*) FROM fact.answer)") == 0)
    #expect(try log.differences() == [])
  }

  @Test func `is the steward's to leave out, one decision an event`() throws {
    let log = try TestLog()
    let login = "recorder_\(UUID().uuidString.prefix(8).lowercased())"
    try log.administrator.execute(
      "CREATE ROLE \(login); GRANT varde_recorder TO \(login); SET SESSION AUTHORIZATION \(login)")
    defer { try? log.administrator.execute("RESET SESSION AUTHORIZATION; DROP ROLE \(login)") }
    let decision = """
      SELECT log.append(1, gen_random_uuid(), NULL, '{event_quarantined}', '{1}', '{2025-01-01}',
        '{instant}', '{NULL}', '{NULL}', '{NULL}', ARRAY['{"position":1}'])
      """
    let error = #expect(throws: PostgresError.self) { try log.administrator.execute(decision) }
    #expect(error?.sqlstate == "VL403")
    try log.administrator.execute("RESET SESSION AUTHORIZATION")
    try log.administrator.execute(decision)
    let twice = #expect(throws: PostgresError.self) { try log.administrator.execute(decision) }
    #expect(twice?.isDuplicateKey == true)
    let writer = try log.writer()
    let copied = #expect(throws: PostgresError.self) {
      try writer.record([poisoned("event_quarantined", #"{"position":7}"#)])
    }
    #expect(copied?.sqlstate == "VL403", "COPY and seal is no way round")
  }
}

@Suite struct `What no event is to blame for` {
  @Test func `waits and never halts, and the others go on`() throws {
    let log = try TestLog(readSide: true)
    let other = try Institution.register(log.administrator, code: "nord", name: "Nord")
    _ = try log.writer().record([sessionDraft("s1", heldOn: day)])
    _ = try log.writer(of: other).record([sessionDraft("s1", heldOn: day)])
    try log.administrator.execute(
      """
      CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON fact.session FOR EACH ROW
        WHEN (NEW.institution_id = 1) EXECUTE FUNCTION public.slow()
      """)
    let session = try log.session("varde_projector")
    try session.execute("SET statement_timeout = '1s'")
    for _ in 0..<3 {
      try log.skipBackoff()
      try FactWorker(session: session).runToEnd()
    }
    #expect(try log.number("SELECT count(*) FROM fact.session WHERE institution_id = 2") == 1)
    let stuck = try #require(try log.failures.all().first)
    #expect(stuck.state == "active" && stuck.position == nil && stuck.attempts == 0)
    #expect(stuck.message.contains("[57014]"))
    #expect(try WorkerNews.stuck(session).count == 1)
    try log.administrator.execute("DROP TRIGGER slow ON fact.session")
    try log.skipBackoff()
    #expect(try FactWorker(session: session).runToEnd() == 1)
    #expect(try log.failures.all().isEmpty)
  }

  @Test func `figures that cannot be computed hold up no other institution's`() throws {
    let log = try TestLog(readSide: true)
    let other = try Institution.register(log.administrator, code: "nord", name: "Nord")
    let programme = EventDraft(
      type: "programme_registered", occurredAt: EventDraft.midnight(day), precision: .day,
      naturalKey: "programme",
      body: Array(
        #"{"programme":"TST","title_nb":"L","title_en":"T","models":["tst"],"purpose":"p","formative_only":true,"starts_on":"2020-01-01","terms":[{"code":"V","from":"01-01","to":"07-31"},{"code":"H","from":"08-01","to":"12-31"}],"holiday_months":[7],"time_zone":"Europe/Oslo"}"#
          .utf8))
    for writer in [try log.writer(), try log.writer(of: other)] {
      _ = try writer.record([programme, sessionDraft("s1", heldOn: day)])
    }
    try log.project()
    try log.administrator.execute(
      "ALTER TABLE fact.cell ADD CONSTRAINT not_these CHECK (institution_id <> 1)")
    let worker = CellWorker(session: try log.session("varde_projector"))
    #expect(try worker.runToEnd() > 0)
    #expect(try log.number("SELECT count(DISTINCT institution_id) FROM fact.cell") == 1)
    for attempt in 1...5 {
      #expect(try log.failures.all().map(\.attempts) == [attempt])
      try log.skipBackoff()
      _ = try worker.runToEnd()
    }
    let stuck = try #require(try log.failures.all().first)
    #expect(stuck.projection == "cell" && stuck.state == "halted" && stuck.sqlstate == "23514")
    try log.administrator.execute("ALTER TABLE fact.cell DROP CONSTRAINT not_these")
    #expect(try Failures(session: log.session("varde_projector")).retry(log.institution.id))
    #expect(try worker.runToEnd() > 0)
    #expect(try log.failures.all().isEmpty)
    #expect(try log.number("SELECT count(DISTINCT institution_id) FROM fact.cell") == 2)
  }
}
