import Events
import FoundationEssentials
import Testing

@testable import Ingest

@Suite("The zone a file of Qualtrics says itself")
struct QualtricsZoneTests {
  private static let golden = "\(GoldenTests.folder)/qualtrics"

  private func file(_ zone: String) throws -> String {
    try String(contentsOfFile: "\(QualtricsZoneTests.golden)/good.csv", encoding: .utf8)
      .replacing(
        #"{""ImportId"":""endDate""}"#,
        with: #"{""ImportId"":""endDate"",""timeZone"":""\#(zone)""}"#)
  }

  private func binding() throws -> String {
    try String(contentsOfFile: "\(QualtricsZoneTests.golden)/binding.yaml", encoding: .utf8)
  }

  @Test func `another zone than the binding's is an error before any row is read`() throws {
    let exports = try Exports()
    let said = try exports.check(try binding(), "q.csv", try file("UTC"))
    #expect(said.count == 1)
    #expect(said.first?.contains("b.yaml:6:7: error[VD368]") == true)
    #expect(said.first?.contains("hint: write 'zone: UTC'") == true)
    #expect(throws: InputError.self) { try exports.ingest(try binding(), "q.csv") }
    #expect(exports.scene.log.drafts.isEmpty)
  }

  @Test(arguments: ["Europe/Oslo", "europe/oslo", ""])
  func `the binding's own zone, and none, are no contradiction`(zone: String) throws {
    let exports = try Exports()
    #expect(try exports.check(try binding(), "q.csv", try file(zone)).isEmpty)
    #expect(try exports.ingest(try binding(), "q.csv").new > 0)
  }

  @Test func `a draft takes the file's zone`() throws {
    let draft = try Exports().draft("q.csv", try file("America/Denver"))
    #expect(draft.contains("\nzone: \"America/Denver\"  # as the file's third row says\n"))
  }
}
