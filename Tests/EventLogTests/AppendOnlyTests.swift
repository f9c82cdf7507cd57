import EventLog
import Events
import Postgres
import TestSupport
import Testing

private let day = CivilDate(daysSinceEpoch: 20_100)

private func filledLog() throws -> TestLog {
  let log = try TestLog()
  for block in 0..<3 {
    _ = try log.writer().record((0..<5).map { sessionDraft("s\(block)-\($0)", heldOn: day) })
  }
  return log
}

@Suite struct `The log is append-only` {
  @Test(arguments: [
    "UPDATE log.event SET type = 'x'", "DELETE FROM log.event", "TRUNCATE log.event",
    "UPDATE log.append SET recorded_by = 'x'", "DELETE FROM log.append", "TRUNCATE log.append",
    "UPDATE log.institution SET state = 'sealed'", "DELETE FROM log.institution",
  ])
  func `every role is refused`(statement: String) throws {
    let log = try filledLog()
    for role in ["varde_recorder", "varde_projector", "varde_analyst", "varde_steward"] {
      let session = try log.session(role)
      #expect(throws: PostgresError.self) { try session.execute(statement) }
    }
    // Owner and superuser hold the privilege; the trigger stops the careless among them.
    for session in [try log.session("varde_owner"), log.administrator] {
      let error = #expect(throws: PostgresError.self) { try session.execute(statement) }
      #expect(error?.sqlstate == "VL403")
    }
    #expect(try log.number("SELECT count(*) FROM log.event") == 15)
  }

  @Test func `the recorder cannot write a block by hand`() throws {
    let session = try filledLog().session("varde_recorder")
    #expect(throws: PostgresError.self) {
      try session.execute("INSERT INTO log.append SELECT * FROM log.append LIMIT 1")
    }
  }

  @Test func `a recorder cannot leave events behind that no block covers`() throws {
    let log = try filledLog()
    let session = try log.session("varde_recorder")
    for position in ["16", "17", "1000000"] {
      let error = #expect(throws: PostgresError.self) {
        try session.transaction {
          try session.query(
            "SELECT log.lock_head($1, gen_random_uuid())", [.int(Int64(log.institution.id))])
          try session.execute(
            """
            INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at,
                                   type, occurred_precision, salt, body, leaf)
            SELECT institution_id, \(position), 4, 1, now(), 'session_recorded', 'day', salt, body,
                   leaf FROM log.event LIMIT 1
            """)
        }
      }
      #expect(error?.sqlstate == "VL423")
    }
    #expect(throws: PostgresError.self) {
      try session.execute(
        """
        INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at,
                               type, occurred_precision, salt, body, leaf)
        SELECT institution_id, 0, 1, 1, now(), type, 'day', salt, body, leaf FROM log.event LIMIT 1
        """)
    }
    // The next honest append finds nothing in its way.
    #expect(try log.writer().record([sessionDraft("next", heldOn: day)]) == [.new])
    #expect(try log.number("SELECT count(*) FROM log.pending") == 0)
    #expect(try log.verify().problems.isEmpty)
  }

  @Test func `events without a seal are nobody's events`() throws {
    let log = try filledLog()
    let session = log.administrator
    try session.execute(
      """
      SET session_replication_role = replica;
      INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at, type,
                             occurred_precision, salt, body, leaf)
      SELECT institution_id, 16, 4, 1, now(), 'session_recorded', 'day', salt, body, leaf
        FROM log.event LIMIT 1;
      RESET session_replication_role
      """)
    #expect(try log.number("SELECT count(*) FROM log.entry") == 15)
    let problem = try log.verify().problems.first
    #expect(problem?.position == 16)
    #expect(problem?.what == "event outside any sealed block")
  }

  @Test func `a false leaf is not sealed`() throws {
    let log = try filledLog()
    let session = try log.session("varde_recorder")
    let error = #expect(throws: PostgresError.self) {
      try session.transaction {
        let id = Value.int(Int64(log.institution.id))
        try session.query("SELECT log.lock_head($1, gen_random_uuid())", [id])
        try session.execute(
          """
          INSERT INTO log.event (institution_id, position, append_no, schema_version, occurred_at,
                                 type, occurred_precision, salt, body, leaf)
          SELECT institution_id, 16, 4, 1, now(), 'session_recorded', 'day', salt, body, leaf
            FROM log.event LIMIT 1
          """)
        try session.query("SELECT log.seal($1, gen_random_uuid())", [id])
      }
    }
    #expect(error?.sqlstate == "VL422")
    #expect(try log.number("SELECT count(*) FROM log.event") == 15)
  }
}

@Suite struct `Verification finds what a superuser did` {
  private func problems(after tampering: String) throws -> [LogVerifier.Problem] {
    let log = try filledLog()
    try log.administrator.execute(
      "SET session_replication_role = replica; \(tampering); RESET session_replication_role")
    return try log.verify().problems
  }

  @Test func `a changed body`() throws {
    let found = try problems(
      after: "UPDATE log.event SET body = '{\"minutes\":500}' WHERE position = 8")
    #expect(found.map(\.position) == [8])
    #expect(found.first?.what == "event changed: its content does not fit its leaf")
  }

  @Test func `a changed body with a fitting leaf`() throws {
    let found = try problems(
      after: """
        UPDATE log.event SET body = '{}' WHERE position = 8;
        UPDATE log.event SET leaf = log.leaf(salt, institution_id, type, schema_version,
          occurred_at, occurred_precision, subject_id, source_key, supersedes, body::text)
         WHERE position = 8
        """)
    #expect(found.first?.what == "leaf changed: entries root does not fit")
    #expect(found.first?.block == 2)
  }

  @Test func `a removed event`() throws {
    let found = try problems(after: "DELETE FROM log.event WHERE position = 8")
    #expect(found.contains { $0.what == "event removed from or added to the block" })
  }

  @Test func `a removed block`() throws {
    let found = try problems(
      after: "DELETE FROM log.event WHERE append_no = 2; DELETE FROM log.append WHERE append_no = 2"
    )
    #expect(found.contains { $0.what == "block missing before this one" && $0.block == 3 })
    #expect(found.contains { $0.what.hasPrefix("chain broken") })
  }

  @Test func `an emptied event`() throws {
    let found = try problems(after: "UPDATE log.event SET body = NULL WHERE position = 3")
    #expect(found.map(\.position) == [3])
    #expect(found.first?.what.hasPrefix("body or salt missing") == true)
  }

  @Test func `a block with another date`() throws {
    let found = try problems(
      after:
        "UPDATE log.append SET recorded_at = recorded_at - interval '1 year' WHERE append_no = 2")
    #expect(found.contains { $0.what.hasPrefix("block row changed") })
  }

  @Test func `an institution that was removed`() throws {
    let found = try problems(after: "DELETE FROM log.institution")
    #expect(found.first?.what == "institution row missing: the chain hangs on nothing")
    let log = try filledLog()
    try log.administrator.execute("DELETE FROM ops.institution")
    #expect(try Institution.all(log.administrator).isEmpty)
    #expect(try Institution.allWithLog(log.administrator).map(\.id) == [log.institution.id])
  }

  @Test func `a fork`() throws {
    // Block 3 as somebody would have written it who had not seen block 2: sound in itself.
    let found = try problems(
      after: """
        UPDATE log.append AS a SET previous_hash = b.hash, hash = log.block_hash(b.hash,
          a.institution_id, a.append_no, a.first_position, a.last_position, a.recorded_at,
          a.recorded_by, a.entries_root)
          FROM log.append AS b WHERE b.append_no = 1 AND a.append_no = 3
        """)
    #expect(
      found.map(\.what) == ["chain broken: previous hash is not the hash of the block before"])
    #expect(found.map(\.block) == [3])
  }

  @Test func `two events that changed places`() throws {
    let found = try problems(
      after: """
        UPDATE log.event SET position = 1000 WHERE position = 6;
        UPDATE log.event SET position = 6 WHERE position = 7;
        UPDATE log.event SET position = 7 WHERE position = 1000
        """)
    #expect(found.contains { $0.what == "leaf changed: entries root does not fit" })
  }
}
