import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Small things about files sent again, and reports of meetings")
struct ExportSmallTests {
  @Test func `a row that contradicted another is not taken until somebody says it is right`()
    throws
  {
    let exports = try Exports()
    let yaml = """
      tool: nettskjema
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      items: {iso_1: a}

      """
    let row = "1;2025-01-25T08:00:00+01:00;"
    let report = try exports.ingest(
      yaml, "n.csv", "$submission_id;$created;a\n\(row)5\n\(row)6\n")
    #expect((report.new, report.rejected) == (1, 1))
    let unmended = try exports.ingest(yaml, "n.rejected.csv")
    #expect((unmended.corrected, unmended.rejected) == (0, 1))
    #expect(unmended.said("VD421").first?.contains("empty its 'error_code'") == true)
    let decided = try exports.text("n.rejected.csv").replacing("VD421", with: "")
    #expect(try exports.ingest(yaml, "d.csv", decided).corrected == 1)
  }

  @Test func `lines that are rejected again have one reason each`() throws {
    let exports = try Exports(Scene())
    let yaml = "tool: xapi\nkind: attendance\nsessions: {a: S1}\n"
    let line =
      #"{ "error" : "old", "actor":{"mbox":"mailto:x@example.org","error":"own"}, "error_code":"VD1","#
      + #""verb":{"id":"http://x.example/attended"},"object":{"id":"a"}, "error":"old"  }"#
    _ = try exports.ingest(yaml, "a.jsonl", line + "\n")
    let text = try exports.text("a.rejected.ndjson")
    #expect(text.split(separator: "\"error_code\"").count == 2)
    #expect(text.split(separator: "\"error\"").count == 3)
    #expect(text.contains(#""error":"own""#) && !text.contains("old"))
    let value = try JSONReader.read(Array(text.utf8))
    #expect(value["object", "id"]?.text == "a")
    #expect(value["error_code"]?.text == "VD401")
  }

  // MARK: Meetings

  private func teams(_ session: String = "S1", _ more: String = "") -> String {
    "tool: teams\nkind: attendance\nsession: \(session)\n\(more)"
  }

  private func report(_ heading: String, day: String = "2/12/25", to end: String = "2:00:00 PM")
    -> String
  {
    """
    2. Participants
    Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\t\(heading)
    Åse Prøvesen\t\(day), 1:00:00 PM\t\(day), \(end)\t1h 0m 0s\tp1@example.org\tPresenter\tYes
    Øyvind Demodal\t\(day), 1:00:00 PM\t\(day), \(end)\t1h 0m 0s\tp2@example.org\tPresenter\tNo

    """
  }

  @Test func `a column of a report of which nothing is made is told, unless it is dropped`() throws
  {
    let exports = try Exports(Scene())
    let said = try exports.ingest(teams(), "t.csv", report("Camera on")).said("VD441")
    #expect(said.count == 1 && said[0].contains("nothing is made of column 7"))
    #expect(!said[0].contains("Camera"))
    let dropped = try exports.ingest(teams("S1", "drop: [Camera on]\n"), "t.csv")
    #expect(dropped.said("VD441").isEmpty)
    let zoom = """
      Name (Original Name),User Email,Total Duration (Minutes),Guest,New Column
      Åse Prøvesen,p1@example.org,60,No,1

      """
    let other = try exports.ingest(
      "tool: zoom\nkind: attendance\nsession: S1\n", "z.csv", zoom
    ).said("VD441")
    #expect(other.count == 1 && other[0].contains("z.csv:1:64: warning[VD441]"))
  }

  @Test func `an hour that clocks showed twice counts twice`() {
    func stay(_ told: Int, _ join: Int, _ leave: Int) -> MeetingReport.Stay {
      .init(
        toldBy: told,
        span: .init(
          join: .init(day: "10/26/25", second: join), leave: .init(day: "10/26/25", second: leave)))
    }
    #expect(stay(10_800, 5_400, 12_600).again == 3_600)
    #expect(stay(10_790, 5_400, 12_600).again == 3_600)
    #expect(stay(7_200, 5_400, 12_600).again == 0)
    #expect(stay(10_800, 50_400, 57_600).again == 0)
    #expect(MeetingReport.seconds(of: [stay(10_800, 5_400, 12_600)]) == 10_800)
  }
}
