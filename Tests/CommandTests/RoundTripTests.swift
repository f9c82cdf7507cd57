import Foundation
import Postgres
import TestSupport
import Testing

/// Rows given back, mended and sent again through the command, of every tool whose rows are more
/// than lines of a table.
@Suite struct `Given back, mended and sent again` {
  @Test(arguments: RoundTrip.meetings + RoundTrip.lists + RoundTrip.trackers + RoundTrip.surveys)
  func `the log says what it would if the file had been right at once`(test: RoundTrip) throws {
    let right = try Command.withTeam()
    let atOnce = try right.send(test, isRight: true)
    #expect(atOnce.exitCode == 0, "\(atOnce.output)")
    let expected = try right.recorded()

    let varde = try Command.withTeam()
    let first = try varde.send(test, isRight: false)
    #expect(first.exitCode == 2, "\(first.output)")
    let told = Set(first.output.matches(of: /error\[(VD\d+)\]/).map { String($0.1) })
    #expect(told.sorted() == test.codes, "\(first.output)")
    #expect(try varde.recorded() != expected)
    let partly = try varde.recorded()

    let rejects = try #require(
      first.output.firstMatch(of: /(\S+\.rejected\.(csv|ndjson))/).map { String($0.1) })
    let text = try test.decoded(try varde.read(rejects))
    expectOwnLayout(text, of: test)

    // Sent as it is, it is turned down as it was.
    let unmended = try varde.run("ingest", test.kind, rejects, "--binding", "binding.yaml")
    #expect(unmended.exitCode == 2, "\(unmended.output)")
    #expect(try varde.recorded() == partly)

    try varde.write("mended-\(rejects)", test.bytes(test.mended(text)))
    for wasSent in [false, true] {
      let mended = try varde.run(
        "ingest", test.kind, "mended-\(rejects)", "--binding", "binding.yaml")
      #expect(mended.exitCode == 0, "\(mended.output)\n\(test.mended(text))")
      #expect(mended.output.contains(" 0 new, 0 corrected,") == wasSent, "\(mended.output)")
      #expect(try varde.recorded() == expected)
    }
    let original = try varde.send(test, isRight: false)
    #expect(original.exitCode == 2)
    #expect(original.output.contains(" 0 new,"), "\(original.output)")
    let whole = try varde.send(test, isRight: true, as: "right-\(test.file)")
    #expect(whole.exitCode == 0, "\(whole.output)")
    #expect(try varde.recorded() == expected)
    #expect(try varde.run("verify").output.contains("clean"))
  }

  /// The header of the input and two columns more, or its objects and two members more.
  private func expectOwnLayout(_ text: String, of test: RoundTrip) {
    let lines = text.split(whereSeparator: \.isNewline)
    guard !test.file.contains("json") else {
      #expect(lines.contains { $0.contains("\"error_code\":\"VD") }, "\(text)")
      return
    }
    let header = lines.first { $0.contains("error_code") } ?? ""
    let own = test.text.split(whereSeparator: \.isNewline).first { line in
      header.hasPrefix(line)
    }
    #expect(own != nil, "\(header)")
  }
}
