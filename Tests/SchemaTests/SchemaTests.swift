import Foundation
import Postgres
import Projection
import TestSupport
import Testing

private let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Paths below a folder of the repository, without the folder itself.
private func files(below folder: String, suffix: String) throws -> [String] {
  let root = repository.appending(path: folder).path
  guard let paths = FileManager.default.enumerator(atPath: root) else { return [] }
  return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
}

@Suite struct `The schema` {
  @Test func `every SQL file is carried in the binary`() throws {
    let carried = Set(SchemaFile.all.map(\.path))
    #expect(Set(try files(below: "Schema", suffix: ".sql")) == carried)
  }

  @Test func `every view and column of evaluation is explained`() throws {
    let log = try TestLog(readSide: true)
    let silent = try log.administrator.query(
      """
      SELECT v.relname || coalesce('.' || c.attname, '')
        FROM pg_class AS v
        LEFT JOIN pg_attribute AS c ON c.attrelid = v.oid AND c.attnum > 0
       WHERE v.relnamespace = 'evaluation'::regnamespace AND v.relkind = 'v'
         AND (col_description(v.oid, c.attnum) IS NULL OR obj_description(v.oid) IS NULL)
      """
    ).map { try $0.text(0) }
    #expect(silent.isEmpty)
    let views = "SELECT count(*) FROM pg_views WHERE schemaname = 'evaluation'"
    #expect(try log.number(views) >= 20)
  }

  @Test func `every fact column is explained`() throws {
    let log = try TestLog(readSide: true)
    let silent = try log.administrator.query(
      """
      SELECT p.fact || '.' || c.attname
        FROM fact.projector AS p
        JOIN pg_attribute AS c ON c.attrelid = ('fact.' || p.fact)::regclass AND c.attnum > 0
       WHERE col_description(c.attrelid, c.attnum) IS NULL
      """
    ).map { try $0.text(0) }
    #expect(silent.isEmpty)
  }

  @Test(arguments: ["log.event", "vault.identifier", "vault.subject", "ops.ingest_run"])
  func `an analyst does not see`(table: String) throws {
    let analyst = try TestLog(readSide: true).session("varde_analyst")
    let error = #expect(throws: PostgresError.self) {
      try analyst.query("SELECT FROM \(table)")
    }
    #expect(error?.sqlstate == "42501")
  }

  @Test func `an analyst reads every view`() throws {
    let log = try TestLog(readSide: true)
    let analyst = try log.session("varde_analyst")
    for row in try log.administrator.query(
      "SELECT viewname FROM pg_views WHERE schemaname = 'evaluation'")
    {
      try analyst.query("SELECT * FROM evaluation.\(try row.text(0))")
    }
  }

  @Test func `migrations are applied once, and other databases are refused`() throws {
    let session = try Session(conninfo: try TestCluster.emptyDatabase())
    let migrator = Migrator(session: session)
    #expect(throws: Migrator.Mismatch.uninitialised) { try migrator.check() }
    let applied = try migrator.migrate()
    #expect(applied.count == SchemaFile.below("migrations").count)
    #expect(try migrator.migrate().isEmpty)
    try session.execute(
      "INSERT INTO varde.migration VALUES ('9999_from_the_future', '\\x00', now())")
    #expect(throws: Migrator.Mismatch.tooNew(unknown: ["9999_from_the_future"])) {
      try migrator.check()
    }
    try session.execute(
      """
      DELETE FROM varde.migration WHERE name LIKE '9999%';
      UPDATE varde.migration SET digest = '\\x00' WHERE name LIKE '0001%'
      """)
    #expect(throws: Migrator.Mismatch.edited("0001_log")) { try migrator.check() }
    try session.execute("DELETE FROM varde.migration WHERE name LIKE '0001%'")
    #expect(throws: Migrator.Mismatch.tooOld(missing: ["0001_log"])) { try migrator.check() }
  }

  /// Rules of scale that hold on plain PostgreSQL and keep the way to Citus open.
  @Test func `no statement breaks the rules of scale`() throws {
    for file in SchemaFile.all where file.path != "roles.sql" {
      let sql = file.sql.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("--") }
        .joined(separator: "\n").lowercased()
      #expect(!sql.contains("identity"), "\(file.path): R5, no identity columns")
      #expect(!sql.contains("serial"), "\(file.path): R5, no sequences")
      #expect(!sql.contains("delete or truncate"), "\(file.path): R24, TRUNCATE apart")
      #expect(!sql.contains("update or truncate"), "\(file.path): R24, TRUNCATE apart")
    }
  }

  @Test func `every key of a table with an institution starts with it`() throws {
    let log = try TestLog(readSide: true)
    let wrong = try log.administrator.query(
      """
      SELECT k.conrelid::regclass::text || ' ' || k.conname
        FROM pg_constraint AS k
        JOIN pg_attribute AS c ON c.attrelid = k.conrelid AND c.attnum = k.conkey[1]
       WHERE k.contype IN ('p', 'u')
         AND k.connamespace IN ('log'::regnamespace, 'vault'::regnamespace, 'fact'::regnamespace)
         AND EXISTS (SELECT FROM pg_attribute AS i
                      WHERE i.attrelid = k.conrelid AND i.attname = 'institution_id')
         AND c.attname <> 'institution_id'
      """
    ).map { try $0.text(0) }
    #expect(wrong.isEmpty)
  }
}

@Suite struct `The architecture` {
  /// What each target may import of ours: the data's path points one way.
  private static let allowed: [String: Set<String>] = [
    "Events": [], "Statistics": ["CGSL", "CNetwork", "CLinearProgram"],
    "Postgres": ["CPostgreSQL", "CSchema"],
    "Vault": ["Events", "Postgres"], "EventLog": ["Events", "Postgres"],
    "Ingest": ["Events", "Vault", "EventLog", "Postgres", "CZip", "CXML", "CReadStat"],
    "Indicators": ["Events", "Statistics", "Postgres"],
    "Projection": ["EventLog", "Indicators", "Postgres"],
    "Release": ["Events", "EventLog", "Indicators", "Postgres", "Statistics"],
  ]

  @Test(arguments: allowed.keys.sorted())
  func `imports point down only`(target: String) throws {
    let ours = Set(Self.allowed.keys).union([
      "CGSL", "CNetwork", "CLinearProgram", "CPostgreSQL", "CSchema", "CZip", "CXML", "CReadStat",
      "varde",
    ])
    let paths = try files(below: "Sources/\(target)", suffix: ".swift")
    #expect(!paths.isEmpty, "Sources/\(target) was not found")
    for path in paths {
      let text = try String(
        contentsOf: repository.appending(path: "Sources/\(target)/\(path)"), encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else {
          continue
        }
        let module = String(words[index + 1])
        guard ours.contains(module) else { continue }
        #expect(Self.allowed[target]?.contains(module) == true, "\(target)/\(path): \(module)")
      }
    }
  }
}
