import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `A binding is drafted, checked and used` {
  @Test func `from a file to what is recorded`() throws {
    let varde = try Command.withProgrammes()
    try varde.run("ingest", "enrolments", "\(demoData)/enrolments.csv", "--rejects", "r.csv")
    try varde.file(
      "lime.csv",
      """
      "id","submitdate","token","Q1[SQ001]","Q1[SQ002]","Q2[other]"
      "1","2025-01-25 08:10:00","F1001","A5","7",""
      "2","","F1002","A5","7",""
      "3","2025-01-26 08:10:00","F1003","A4","7","noe annet"

      """)
    let draft = try varde.shell("varde binding init lime.csv | tee lime.yaml").output
    #expect(draft.contains("tool: limesurvey\n"))
    #expect(draft.contains("{column: \"Q1[SQ001]\", map: {A1: 1, A2: 2, A3: 3, A4: 4, A5: 5}}"))
    let unfinished = try varde.run("binding", "check", "lime.yaml", "lime.csv")
    #expect(unfinished.exitCode == 3)
    #expect(unfinished.output.contains("error[VD264]"))

    _ = try varde.shell(
      "sed -i 's/INSTRUMENT/teach7/; s/PROGRAMME/TST/; s/WAVE/W0/; s/ITEM_1/pit6_1/;"
        + " s/ITEM_2/pit6_2/; s/A4: 4, //; s/^# subject: {column: token/subject: {column: token/'"
        + " lime.yaml")
    let finished = try varde.run("binding", "check", "lime.yaml", "lime.csv")
    #expect(finished.output == "lime.yaml: is well and fits lime.csv\n")
    #expect(finished.exitCode == 0)
    let taken = try varde.run("ingest", "responses", "lime.csv", "--binding", "lime.yaml")
    #expect(taken.exitCode == 2)
    #expect(taken.output.contains("error[VD330]"))
    #expect(taken.output.contains("left out, as the binding says: 1 incomplete\n"))
    #expect(taken.output.contains("read 2: 1 new,"))
    #expect(try varde.run("worker", "--once").exitCode == 0)
  }

  @Test func `another file is told once, as text and as JSON`() throws {
    let varde = try Command.withProgrammes()
    let arguments = ["\(demoData)/survey-w0.binding.yaml", "\(demoData)/hours.csv"]
    let text = try varde.run("binding", "check", arguments[0], arguments[1])
    #expect(text.exitCode == 3)
    #expect(text.output.split(separator: "\n").count { $0.contains("error[") } == 1)
    let json = try varde.run("binding", "check", arguments[0], arguments[1], "--json")
    #expect(json.exitCode == 3)
    #expect(json.output.contains(#""code":"VD275""#))
  }

  @Test func `a draft needs no database, and a file of no tool is told so`() throws {
    let varde = try Command()
    let draft = try varde.run("binding", "init", "\(demoData)/survey-w0.csv")
    #expect(draft.exitCode == 0)
    #expect(draft.output.contains("programme: PROGRAMME\n"))
    let none = try varde.run("binding", "init", "\(demoData)/hours.csv")
    #expect(none.exitCode == 3)
    #expect(none.output.contains("error[VD278]"))
    #expect(try varde.run("binding", "list").output.hasPrefix("nettskjema\n"))
  }
}
