import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `A copy of a database that pg_dump made` {
  @Test func `can be rebuilt, and what a site made of the first goes along`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("worker", "--once")
    try varde.session().execute(
      "COMMENT ON TABLE fact.hours IS 'Ask the office'; CREATE INDEX own ON fact.session (status)")
    let copy = try Command()
    let restored = try varde.shell(
      """
      pg_dump -d "$VARDE_DATABASE_URL" | psql -X -q -v ON_ERROR_STOP=1 -d "\(copy.url)"
      """)
    #expect(restored.exitCode == 0, "\(restored.output)")
    for _ in 0..<2 {
      let rebuilt = try copy.run("rebuild", "--verify")
      #expect(rebuilt.exitCode == 0 && rebuilt.output.contains("swapped in"), "\(rebuilt.output)")
    }
    let kept = try copy.session().query(
      "SELECT obj_description('fact.hours'::regclass), to_regclass('fact.own') IS NOT NULL")[0]
    #expect(try kept.text(0) == "Ask the office" && kept.bool(1))
  }

  @Test func `knows nothing by the number of an object`() throws {
    let varde = try Command.withProgrammes()
    let numbered = try varde.session().query(
      "SELECT DISTINCT type || ' ' || path FROM ops.read_side_object WHERE path ~ '[0-9]{4}'"
    ).map { try $0.text(0) }
    #expect(numbered == [])
  }
}
