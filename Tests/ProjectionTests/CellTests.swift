import EventLog
import Events
import FoundationEssentials
import Postgres
import Projection
import TestSupport
import Testing

@Suite struct `Cells` {
  @Test func `a worker goes on after a rebuild, in the new facts`() throws {
    let log = try TestLog(readSide: true)
    let worker = try FactWorker(session: try log.session("varde_projector"))
    _ = try log.writer().record(SmallProgramme.definition())
    #expect(try worker.runToEnd() == 4)
    _ = try Rebuild(session: log.administrator).run()
    _ = try log.writer().record([SmallProgramme.group("G0")])
    #expect(try worker.runToEnd() == 1)
    #expect(try log.number("SELECT count(*) FROM evaluation.programme_group") == 1)
    #expect(try log.number("SELECT count(*) FROM ops.checkpoint WHERE state <> 'active'") == 0)
    let generations = "SELECT count(DISTINCT generation) FROM ops.checkpoint"
    #expect(try log.number(generations) == 1)
  }

  @Test func `what is not the data's fault is not held against an event`() throws {
    let log = try TestLog(readSide: true)
    _ = try log.writer().record(SmallProgramme.definition())
    try log.administrator.execute("REVOKE INSERT ON fact.unit FROM varde_projector")
    #expect(try log.project() == 0)
    let reason = try log.administrator.query("SELECT reason FROM ops.checkpoint")[0].text(0)
    #expect(reason.hasSuffix("[42501]"))
    #expect(try log.number("SELECT count(*) FROM ops.failure") == 0)
    try log.administrator.execute(
      """
      GRANT INSERT ON fact.unit TO varde_projector;
      UPDATE ops.checkpoint SET not_before = '-infinity'
      """)
    #expect(try log.project() == 4)
  }

  @Test func `a rebuild does not drop other people's views`() throws {
    let log = try TestLog(readSide: true)
    try log.administrator.execute(
      "CREATE VIEW public.mine AS SELECT programme FROM evaluation.session")
    #expect(throws: RebuildProblem.self) {
      try Rebuild(session: log.administrator).run()
    }
    #expect(try log.number("SELECT count(*) FROM public.mine") == 0)
  }
}
