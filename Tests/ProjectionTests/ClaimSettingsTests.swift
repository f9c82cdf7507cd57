import EventLog
import Events
import Postgres
import Projection
import TestSupport
import Testing

@Suite struct `A claim` {
  private let day = SmallProgramme.start

  /// How long the claims that write facts and figures may be silent, and what they are called.
  private func settings(_ log: TestLog) throws -> Set<String> {
    Set(try log.administrator.query("SELECT said FROM public.seen").map { try $0.text(0) })
  }

  @Test func `says who holds it and how long that may be silent, and leaves nothing behind`() throws
  {
    let log = try TestLog(readSide: true)
    try log.administrator.execute(
      """
      CREATE TABLE public.seen (said text);
      GRANT INSERT ON public.seen TO PUBLIC;
      CREATE FUNCTION public.look() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.seen
        SELECT current_setting('idle_in_transaction_session_timeout') || ' '
               || split_part(current_setting('application_name'), ' ', 3);
        RETURN NULL;
      END $$;
      CREATE TRIGGER look AFTER INSERT ON fact.session EXECUTE FUNCTION public.look();
      CREATE TRIGGER look AFTER INSERT ON fact.cell EXECUTE FUNCTION public.look();
      """)
    _ = try log.writer().record(
      SmallProgramme.definition() + [
        SmallProgramme.group("G0"), SmallProgramme.session(0, on: day),
      ])
    let session = try log.session("varde_projector")
    try FactWorker(session: session).runToEnd()
    #expect(try settings(log) == ["1min fact"])
    #expect(try CellWorker(session: session).runToEnd() > 0)
    #expect(try settings(log) == ["1min fact", "10min cell"])
    let after = try session.query(
      """
      SELECT current_setting('idle_in_transaction_session_timeout'),
             current_setting('application_name'), current_setting('tcp_keepalives_idle')
      """)[0]
    #expect(try after.text(0) == "0")
    #expect(try after.text(1) == "varde")
    #expect(try Watching(session).claims.isEmpty)
  }
}
