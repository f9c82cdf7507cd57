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

  private static let sent = [
    "1,intake_arm_1,F1001,2,2025-01-25 08:10:00,6,2\n",
    "1,follow_up_arm_1,,,2025-04-25 08:10:00,5,2\n",
    "2,intake_arm_1,F1002,2,2025-01-25 08:10:00,4,2\n",
    "2,follow_up_arm_1,,,2025-04-25 08:10:00,3,2\n",
  ]

  @Test(arguments: [[1, 3, 0, 2], [0, 2, 1, 3], [0, 1, 3, 2]])
  func `a file whose rows do not follow the one that says whom they are about is refused`(
    order: [Int]
  ) throws {
    let exports = try Exports()
    let rows = order.map { REDCapRecordTests.sent[$0] }.joined()
    let said = #expect(throws: InputError.self) {
      try exports.ingest(REDCapRecordTests.binding, "r.csv", REDCapRecordTests.header + rows)
    }
    let line = order == [1, 3, 0, 2] ? 4 : order == [0, 2, 1, 3] ? 4 : 5
    #expect(said?.diagnostics.map(\.code) == ["VD453"])
    #expect(said?.diagnostics.first?.line == line)
    #expect(said?.diagnostics.first?.hint?.contains("'record_id' and then by 'ansattnr'") == true)
    #expect(exports.scene.log.drafts.isEmpty)
  }

  @Test func `sorted by the record and then by the subject, all are about somebody`() throws {
    let exports = try Exports()
    let rows = [2, 3, 0, 1].map { REDCapRecordTests.sent[$0] }.joined()
    _ = try exports.ingest(REDCapRecordTests.binding, "r.csv", REDCapRecordTests.header + rows)
    #expect(exports.scene.log.drafts.count == 4)
    #expect(exports.scene.log.drafts.allSatisfy { $0.subject != nil })
  }

  @Test func `rows that lie apart are well where each says whom it is about`() throws {
    let exports = try Exports()
    let rows = [1, 3, 0, 2].map {
      REDCapRecordTests.sent[$0].replacing(
        "arm_1,,", with: $0 == 1 ? "arm_1,F1001," : "arm_1,F1002,")
    }.joined()
    // Of another form, so that it matters to nobody that it does not.
    let other = "2,intake_arm_1,,2,,,\n"
    let report = try exports.ingest(
      REDCapRecordTests.binding, "r.csv", REDCapRecordTests.header + other + rows)
    #expect(report.new == 4)
    #expect(report.said("VD440").isEmpty)
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
