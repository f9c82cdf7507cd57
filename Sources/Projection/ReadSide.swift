public import Postgres
internal import Synchronization

/// The read side of a database: schemas `fact` and `evaluation`, built from Schema/read.
///
/// It has no migrations. Another version is built beside it, filled from the log and swapped in
/// by rename, while people go on reading the old one.
public struct ReadSide {
  /// The read side does not belong to this binary.
  public struct Outdated: Error, CustomStringConvertible {
    /// The same in a few words, for those who watch.
    public static let notice = "read models of another version; workers refuse (VD605)"
    public let description =
      "the read models were built by another version of varde\n  hint: run `varde rebuild`"
  }

  let session: Session

  public init(session: Session) { self.session = session }

  /// Generation that analysts read now; `nil` before the first one.
  public func liveGeneration() throws -> Int? {
    try session.query("SELECT generation FROM ops.read_side WHERE live").first?.int(0)
  }

  /// Throws `Outdated` unless the live read side was built from this binary's SQL.
  public func check() throws {
    guard try isCurrent() else { throw Outdated() }
  }

  /// Whether the live read side was built from this binary's SQL.
  func isCurrent() throws -> Bool {
    let rows = try session.query("SELECT digest FROM ops.read_side WHERE live")
    return try rows.first?.text(0) == digest()
  }

  /// Makes the first read side if there is none; true if it did.
  public func install() throws -> Bool {
    try session.transaction {
      try session.query("SELECT pg_advisory_xact_lock(hashtext('varde read side'))")
      guard try liveGeneration() == nil else { return false }
      try build(schema: "fact", generation: 1)
      try publishViews()
      try noteObjects(of: 1)
      try session.query("UPDATE ops.read_side SET live = true WHERE generation = 1")
      return true
    }
  }

  /// Makes the tables of a new generation, empty, in a schema of their own.
  func build(schema: String, generation: Int) throws {
    try session.execute("CREATE SCHEMA \(schema) AUTHORIZATION varde_owner")
    try session.execute("SET LOCAL ROLE varde_owner")
    try session.execute(
      "COMMENT ON SCHEMA \(schema) IS 'Row-level read models, rebuilt from the log at will.'")
    try session.execute("SET LOCAL search_path = \(schema)")
    for file in SchemaFile.below("read/fact") { try session.execute(file.sql) }
    try session.execute("SET LOCAL search_path = DEFAULT")
    try session.query(
      """
      INSERT INTO ops.read_side (generation, digest, applied_at, live)
      VALUES ($1, $2, now(), false)
      """, [.int(Int64(generation)), .text(try digest())])
    try session.execute("RESET ROLE")
  }

  /// Makes the analysts' views anew over the schema `fact`.
  func publishViews() throws {
    try session.execute(
      """
      DROP SCHEMA IF EXISTS evaluation CASCADE;
      CREATE SCHEMA evaluation AUTHORIZATION varde_owner;
      SET LOCAL ROLE varde_owner;
      COMMENT ON SCHEMA evaluation IS 'What analysts query. Every view and column is explained.';
      """)
    for file in SchemaFile.below("read/evaluation") { try session.execute(file.sql) }
    try session.execute("RESET ROLE")
  }

  /// Writes down what is in the schemas `fact` and `evaluation`, as our files have made it, so that
  /// what a site changes later can be told from it.
  /// - Parameter indexes: full names of those that are the site's.
  func noteObjects(of generation: Int, without indexes: [String] = []) throws {
    try session.query(
      """
      INSERT INTO ops.read_side_object (generation, type, path, rights, meaning)
      SELECT $1, o.type, o.path, o.rights, o.meaning FROM ops.read_side_objects() AS o
       WHERE o.type <> 'index' OR o.path <> ALL ($2)
      """, [.int(Int64(generation)), .textArray(indexes)])
  }

  /// What it was once is what it will be: it hangs on nothing but this binary.
  private static let knownDigest = Mutex<String?>(nil)

  func digest() throws -> String {
    if let known = ReadSide.knownDigest.withLock({ $0 }) { return known }
    let digest = try computeDigest()
    ReadSide.knownDigest.withLock { $0 = digest }
    return digest
  }

  private func computeDigest() throws -> String {
    let sql = SchemaFile.below("read").map { $0.path + "\n" + $0.sql }.joined(separator: "\n")
    return try session.query(
      "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [.text(sql)])[0].text(0)
  }
}
