import EventLog
import Events
import Postgres
import TestSupport
import Testing

@testable import Projection

private let day = CivilDate(daysSinceEpoch: 20_100)

@Suite struct `Facts under construction` {
  /// A call with another signature would find the function of the facts, and mark and close row by row
  /// what is written as it stands.
  @Test func `find quiet functions in the place of each loud one`() throws {
    let log = try TestLog(readSide: true)
    let session = log.administrator
    let building = try Building.begin(session, ReadSide(session: session), jobs: 1, slice: nil)
    let quiet = try session.query(
      """
      SELECT proname, pg_get_function_identity_arguments(oid), pronargdefaults,
             EXISTS (SELECT FROM pg_proc AS f
                      WHERE f.pronamespace = to_regnamespace($2) AND f.proname = q.proname
                        AND f.proargtypes = q.proargtypes
                        AND f.pronargdefaults = q.pronargdefaults)
        FROM pg_proc AS q
       WHERE pronamespace = to_regnamespace($1)
      """, [.text(building.quietSchema), .text(building.schema)])
    #expect(quiet.count >= 5)
    for row in quiet {
      let function = "\(try row.text(0))(\(try row.text(1)))"
      #expect(try row.bool(3), "\(function)")
    }
    try building.abandon(session)
  }

  private func laterIndexes(large: Int, live: Bool) throws -> Set<String> {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record((0..<100).map { sessionDraft("s\($0)", heldOn: day) })
    if live { try log.project() }
    let session = log.administrator
    let building = try Building.begin(
      session, ReadSide(session: session), jobs: 1, slice: nil, large: large)
    defer { try? building.abandon(session) }
    return Set(
      try session.query("SELECT DISTINCT relation FROM ops.rebuild_index").map { try $0.text(0) })
  }

  @Test func `keep the indexes of what is small, and get those of what is large after the rows`()
    throws
  {
    #expect(try laterIndexes(large: 1, live: true) == ["session"])
    #expect(try laterIndexes(large: 1_000_000, live: true) == [])
  }

  @Test func `get all indexes after the rows where nobody knows what is large`() throws {
    let facts = try laterIndexes(large: 1_000_000, live: false)
    #expect(facts.count >= 18 && facts.isSuperset(of: ["session", "attendance"]))
  }
}
