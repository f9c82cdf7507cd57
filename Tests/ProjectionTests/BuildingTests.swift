import Postgres
import TestSupport
import Testing

@testable import Projection

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
}
