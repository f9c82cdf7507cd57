import EventLog
import Events
import FoundationEssentials
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

/// The recorder may INSERT into log.event: what somebody can do with its login, and cannot.
@Suite struct `A hostile recorder` {
  private func filledLog(events: Int = 15) throws -> TestLog {
    let log = try TestLog()
    _ = try log.writer().record((0..<events).map { sessionDraft("s\($0)", heldOn: day) })
    return log
  }

  /// Copies of the first event at the positions given, for an institution.
  private func insert(_ positions: ClosedRange<Int>, institution: Int = 1) -> String {
    """
    INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at, type,
                           occurred_precision, salt, body, leaf)
    SELECT \(institution), p, 2, 1, occurred_at, type, 'day', salt, body, leaf
      FROM log.event, generate_series(\(positions.lowerBound), \(positions.upperBound)) AS p
     WHERE institution_id = 1 AND position = 1;
    """
  }

  @Test(arguments: [1, 2, 999])
  func `leaves nothing unsealed behind, in no institution`(institution: Int) throws {
    let log = try filledLog()
    _ = try Institution.register(log.administrator, code: "other", name: "Other")
    let session = try log.session("varde_recorder")
    let rows = insert(16...20, institution: institution)
    for script in [
      rows, "SELECT log.lock_head(1, gen_random_uuid()); " + rows,
      "SAVEPOINT a; " + rows + " RELEASE a;",
      "SET CONSTRAINTS ALL IMMEDIATE; " + rows,
      "INSERT INTO log.event SELECT * FROM log.event WHERE false; " + rows,
    ] {
      let error = #expect(throws: PostgresError.self) {
        try session.transaction { try session.execute(script) }
      }
      #expect(error?.sqlstate == "VL423", "\(script)")
    }
    #expect(try log.number("SELECT count(*) FROM log.event") == 15)
    #expect(try log.writer().record([sessionDraft("next", heldOn: day)]) == [.new])
  }

  @Test func `cannot seal leaves that are not the hashes of their events`() throws {
    let log = try filledLog()
    let session = try log.session("varde_recorder")
    // More than a probe looks at: all of them false, as a wrong client's would be.
    let error = #expect(throws: PostgresError.self) {
      try session.transaction {
        try session.execute(
          "SELECT log.lock_head(1, gen_random_uuid()); " + insert(16...2_015)
            + "SELECT log.seal(1, gen_random_uuid())")
      }
    }
    #expect(error?.sqlstate == "VL422")
  }

  @Test func `cannot declare anybody erased`() throws {
    let log = try filledLog()
    let session = try log.session("varde_recorder")
    for columns in ["'subject_erased', salt, body", "type, NULL, NULL", "type, salt, NULL"] {
      let error = #expect(throws: PostgresError.self) {
        try session.transaction {
          try session.execute(
            """
            SELECT log.lock_head(1, gen_random_uuid());
            INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at,
                                   occurred_precision, leaf, type, salt, body)
            SELECT 1, 16, 2, 1, occurred_at, 'day', leaf, \(columns)
              FROM log.event WHERE position = 1;
            SELECT log.seal(1, gen_random_uuid())
            """)
        }
      }
      #expect(error?.sqlstate == "VL403", "\(columns)")
    }
    // A login that is the recorder alone; the tests' own may be the steward, too.
    let login = "recorder_\(UUID().uuidString.prefix(8).lowercased())"
    try log.administrator.execute(
      "CREATE ROLE \(login); GRANT varde_recorder TO \(login); SET SESSION AUTHORIZATION \(login)")
    defer { try? log.administrator.execute("RESET SESSION AUTHORIZATION; DROP ROLE \(login)") }
    let error = #expect(throws: PostgresError.self) {
      try log.administrator.execute(
        """
        SELECT log.append(1, gen_random_uuid(), NULL, '{subject_erased}', '{1}', '{2025-01-01}',
          '{instant}', ARRAY[gen_random_uuid()], '{NULL}', '{NULL}', '{"{}"}')
        """)
    }
    #expect(error?.sqlstate == "VL403")
  }

  @Test func `is named where one false leaf among thousands got past the probe`() throws {
    let log = try filledLog(events: 3_000)
    // As if it had got past: the block's root covers the false leaf.
    try log.administrator.execute(
      """
      SET session_replication_role = replica;
      UPDATE log.event SET body = '{}' WHERE position = 1777;
      RESET session_replication_role
      """)
    let problems = try log.verify().problems
    #expect(problems.map(\.position) == [1777])
    #expect(
      try log.number("SELECT count(*) FROM log.append WHERE recorded_by = session_user") == 1)
  }

  @Test func `every event of a small block and a spread of a large one are probed`() throws {
    let log = try TestLog()
    func probed(_ count: Int) throws -> [Int] {
      try log.administrator.query(
        "SELECT position FROM log.probe(11, $1) ORDER BY 1", [.int(Int64(count))]
      ).map { try $0.int(0) }
    }
    #expect(try probed(1) == [11])
    #expect(try probed(256) == Array(11...266))
    var seen: Set<Int> = []
    for _ in 0..<200 {
      let positions = try probed(5_000)
      #expect((240...256).contains(positions.count))
      #expect(positions.allSatisfy { (11...5_010).contains($0) })
      seen.formUnion(positions)
    }
    #expect(seen.count == 5_000, "any event may be looked at")
  }

  @Test func `cannot use a planted temporary table`() throws {
    let log = try filledLog()
    let session = try log.session("varde_recorder")
    // Names that log's functions use, planted where an unsafe search_path would find them first.
    try session.execute(
      """
      CREATE TEMPORARY TABLE event (LIKE log.event);
      CREATE TEMPORARY TABLE append (LIKE log.append);
      CREATE TEMPORARY TABLE institution (institution_id int, genesis bytea, state text);
      CREATE TEMPORARY TABLE pending (transaction_id xid8, damaged int[]);
      CREATE FUNCTION pg_temp.planted() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN UPDATE log.event SET body = NULL; RETURN NEW; END';
      CREATE TRIGGER planted BEFORE INSERT ON pending FOR EACH ROW
        EXECUTE FUNCTION pg_temp.planted();
      CREATE TRIGGER planted BEFORE INSERT ON append FOR EACH ROW
        EXECUTE FUNCTION pg_temp.planted();
      CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1';
      SET search_path = pg_temp, log
      """)
    let writer = try LogWriter(
      session: session, institution: log.institution.id, run: UUID(),
      keySecret: [UInt8](repeating: 7, count: 32))
    #expect(try writer.record([sessionDraft("mine", heldOn: day)]) == [.new])
    #expect(try log.verify().problems.isEmpty)
    #expect(try log.number("SELECT count(*) FROM log.event WHERE body IS NULL") == 0)
  }

  @Test(arguments: ["varde_recorder", "varde_projector", "varde_analyst", "varde_steward"])
  func `cannot switch the triggers off`(role: String) throws {
    let log = try filledLog()
    // A login of that role alone; a superuser that has taken the role on keeps its own powers.
    let login = "login_\(role)_\(log.conninfo.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 1_000_000 })"
    try log.administrator.execute(
      "CREATE ROLE \(login); GRANT \(role) TO \(login); SET SESSION AUTHORIZATION \(login)")
    defer { try? log.administrator.execute("RESET SESSION AUTHORIZATION; DROP ROLE \(login)") }
    for statement in [
      "SET session_replication_role = replica", "ALTER TABLE log.event DISABLE TRIGGER ALL",
      "DROP TRIGGER only_erase ON log.event", "UPDATE log.event SET body = '{}'",
      "DELETE FROM log.event", "TRUNCATE log.event", "COPY log.append FROM '/dev/null'",
      "INSERT INTO log.append SELECT * FROM log.append", "SET ROLE varde_owner",
      "CREATE OR REPLACE FUNCTION log.seal(int, uuid) RETURNS void LANGUAGE sql AS ''",
      "DELETE FROM log.pending",
    ] {
      let error = #expect(throws: PostgresError.self, "\(statement)") {
        try log.administrator.execute(statement)
      }
      #expect(error?.sqlstate == "42501", "\(statement)")
    }
  }

  @Test(arguments: ["varde_projector", "varde_analyst", "varde_steward"])
  func `no other role appends, not even through COPY`(role: String) throws {
    let log = try filledLog()
    let session = try log.session(role)
    for table in ["log.event", "log.append", "log.institution", "log.pending"] {
      if role == "varde_steward", table == "log.institution" { continue }
      let error = #expect(throws: PostgresError.self) {
        try session.copyIn("COPY \(table) FROM STDIN") { try $0.write(Array("1\t2\n".utf8)) }
      }
      #expect(error?.sqlstate == "42501", "\(table)")
    }
  }

  @Test func `damage to one institution does not stop the others`() throws {
    let log = try filledLog()
    let other = try Institution.register(log.administrator, code: "other", name: "Other")
    try log.administrator.execute(
      "SET session_replication_role = replica; \(insert(16...16)) RESET session_replication_role")
    let writer = try LogWriter(
      session: log.session("varde_recorder"), institution: other.id, run: UUID(),
      keySecret: [UInt8](repeating: 7, count: 32))
    #expect(try writer.record([sessionDraft("a", heldOn: day)]) == [.new])
    #expect(throws: PostgresError.self) {
      try log.writer().record([sessionDraft("b", heldOn: day)])
    }
  }
}
