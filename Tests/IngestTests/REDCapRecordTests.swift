import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// Records of REDCap that say in one of their rows only whom they are about.
@Suite("Records of REDCap over several rows")
struct REDCapRecordTests {
  private static let binding = """
    tool: redcap
    kind: responses
    programme: TST
    instrument: peer
    form: peer
    zone: Europe/Oslo
    waves: {column: redcap_event_name, map: {intake_arm_1: W0, follow_up_arm_1: W1}}
    subject: {column: ansattnr, identifier: person_id}
    items: {iso_1: iso1}
    drop: [contact_complete]

    """
  private static let header =
    "record_id,redcap_event_name,ansattnr,contact_complete,peer_timestamp,iso1,peer_complete\n"

  @Test func `the rows of a record are about whom one above says`() throws {
    let exports = try Exports()
    let report = try exports.ingest(
      REDCapRecordTests.binding, "r.csv",
      REDCapRecordTests.header + """
        1,intake_arm_1,F1001,2,2025-01-25 08:10:00,6,2
        1,follow_up_arm_1,,,2025-04-25 08:10:00,5,2
        2,intake_arm_1,,,2025-01-25 08:10:00,4,2

        """)
    #expect(report.summary.hasPrefix("read 3: 3 new"))
    #expect(exports.scene.log.drafts.map { $0.subject != nil } == [true, true, false])
    #expect(report.said("VD440").count == 1)
  }

  @Test func `two ids in one record are nobody's for the rows without`() throws {
    let exports = try Exports()
    _ = try exports.ingest(
      REDCapRecordTests.binding, "r.csv",
      REDCapRecordTests.header + """
        1,intake_arm_1,F1001,2,,,
        1,intake_arm_1,F1002,2,,,
        1,follow_up_arm_1,,,2025-04-25 08:10:00,5,2

        """)
    #expect(exports.scene.log.drafts.map(\.subject) == [nil])
  }

  @Test func `a row given back says whom it is about, for the other row is not beside it`() throws {
    let exports = try Exports()
    let report = try exports.ingest(
      REDCapRecordTests.binding, "r.csv",
      REDCapRecordTests.header + """
        1,intake_arm_1,F1001,2,,,
        1,follow_up_arm_1,,,2025-04-25 08:10:00,55,2

        """)
    #expect(report.rejected == 1)
    let rejects = try exports.text("r.rejected.csv")
    #expect(rejects.contains("1,follow_up_arm_1,F1001,,2025-04-25 08:10:00,55,2,VD310"))
    let again = try exports.ingest(
      REDCapRecordTests.binding, "m.csv", rejects.replacing(",55,", with: ",5,"))
    #expect((again.new, again.matches) == (1, ["person_id": 1]))
  }

  @Test func `times without a zone are told before any row is sent`() throws {
    let text = REDCapRecordTests.header + "1,intake_arm_1,F1001,2,2025-01-25 08:10:00,6,2\n"
    let bare = REDCapRecordTests.binding.replacing("zone: Europe/Oslo\n", with: "")
    let said = try Exports().check(bare, "r.csv", text)
    #expect(said.count == 1 && said[0].contains("r.csv:2:24: error[VD265]"))
    #expect(try Exports().check(REDCapRecordTests.binding, "r.csv", text).isEmpty)
    #expect(try Exports().draft("r.csv", text).contains("zone: Europe/Oslo"))
  }

  @Test func `a choice that is not on the item's scale is told by the dictionary`() throws {
    let exports = try Exports()
    let columns = Array(repeating: "", count: 18)
    func line(_ cells: [String]) -> String {
      (cells + columns.dropFirst(cells.count)).map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    _ = try exports.path(
      "d.csv",
      line(["Variable / Field Name"])
        + line(["iso1", "peer", "", "radio", "Alene", "1, Liten | 7, Stor | 9, Vet ikke"]))
    let yaml = REDCapRecordTests.binding + "dictionary: d.csv\n"
    let said = try exports.check(yaml)
    #expect(said.count == 1 && said[0].contains("choice '9' of 'iso1' is not on the scale"))
    #expect(try exports.check(yaml + "missing: {not_relevant: [9]}\n").isEmpty)
  }
}
