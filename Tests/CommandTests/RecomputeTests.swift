import Postgres
import TestSupport
import Testing

@Suite struct `varde recompute` {
  @Test func `computes figures of another version of their definition, and says how many`() throws {
    let command = try Command.withProgrammes()
    try command.run("ingest", "enrolments", "\(demoData)/enrolments.csv")
    try command.run("ingest", "sessions", "\(demoData)/sessions.csv")
    try command.run("worker", "--once")
    let session = try command.session()
    try session.execute(
      "UPDATE fact.cell SET definition_version = 0 WHERE indicator = 'dose_hours'")
    let doses = try session.query(
      "SELECT count(*) FROM fact.cell WHERE indicator = 'dose_hours'")[0].int(0)
    #expect(doses > 10)
    let first = try command.run("recompute")
    #expect(first.exitCode == 0)
    #expect(first.output == "\(doses) cells computed\n")
    #expect(try command.run("recompute").output == "0 cells computed\n")
    let asked = try command.run(
      "recompute", "--indicator", "dose_hours", "--institution", "fjordvik")
    #expect(asked.output == "\(doses) cells computed\n")
  }

  @Test func `knows what there is to compute`() throws {
    let command = try Command.withProgrammes()
    let unknown = try command.run("recompute", "--indicator", "dose_hour")
    #expect(unknown.exitCode == 1)
    #expect(unknown.output.contains("error[VD642]: there is no indicator 'dose_hour'"))
    #expect(unknown.output.contains("dose_hours"))
    #expect(try command.run("recompute", "--all", "--institution", "x").output.contains("VD611"))
    #expect(try command.run("recompute", "--all", "--indicator", "dose_hours").exitCode != 0)
  }
}
