import Indicators
import Testing

@testable import Release

/// The files: the same every time, whole, and readable by machines.
@Suite struct ReleasePackageTests {
  private func file(_ path: String, in package: ReleasePackage) throws -> String {
    try #require(package.files.first { $0.path == path }).text
  }

  @Test(arguments: ReleaseOptions.Language.allCases)
  func `the order of the content changes no byte`(language: ReleaseOptions.Language) throws {
    let content = SampleRelease.content(language: language)
    let expected = try ReleasePackage(content)
    var shuffled = content
    shuffled.cells.reverse()
    shuffled.definitions.reverse()
    shuffled.units.reverse()
    shuffled.groups.reverse()
    shuffled.periods.reverse()
    shuffled.items.reverse()
    shuffled.scales.reverse()
    shuffled.targets.reverse()
    shuffled.acts.reverse()
    shuffled.outreach.reverse()
    for index in shuffled.cells.indices { shuffled.cells[index].details.reverse() }
    #expect(try ReleasePackage(shuffled) == expected)
  }

  @Test func `the folder is named by programme, period and cut`() throws {
    var content = SampleRelease.content()
    #expect(content.folderName == "varde_TST_2026V_p1234")
    content.programme.code = "../TST æ"
    #expect(content.folderName == "varde_---TST--_2026V_p1234")
  }

  @Test func `no file holds a number that is none`() throws {
    for file in try ReleasePackage(SampleRelease.content()).files {
      let words = Set(file.text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "." })
      for word in ["nan", "-nan", "NaN", "inf", "-inf", "Infinity", "Optional", "-0.0000"] {
        #expect(!words.contains(word[...]), "\(file.path) holds \(word)")
      }
    }
  }

  @Test func `checksums cover every other file`() throws {
    let package = try ReleasePackage(SampleRelease.content())
    let lines = try file("SHA256SUMS", in: package).split(separator: "\n")
    #expect(lines.count == package.files.count - 1)
    for file in package.files where file.path != "SHA256SUMS" {
      #expect(lines.contains("\(Descriptors.sha256(file.bytes))  \(file.path)"))
    }
    let manifest = try file("manifest.json", in: package)
    #expect(Descriptors.sha256(Array(manifest.utf8)) == package.manifestSHA256)
    #expect(manifest.contains("\"position\": 1234"))
  }

  @Test func `every table has as many fields in every row as its header`() throws {
    for file in try ReleasePackage(SampleRelease.content()).files
    where file.path.hasSuffix(".csv") && !file.path.contains("codebook")
      && !file.path.contains("indicators") && !file.path.contains("targets")
    {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.last == "")
      let counts = Set(lines.dropLast().map { $0.count { $0 == "," } })
      #expect(counts.count == 1, "\(file.path)")
    }
  }

  @Test func `zero requests stand as zero in the table and in words in the report`() throws {
    let package = try ReleasePackage(SampleRelease.content())
    #expect(try file("tables/outreach.csv", in: package).contains("2025V,4,0,,0,\n"))
    #expect(
      try file("report.html", in: package).contains("Nobody outside the groups has asked for help"))
  }

  @Test func `a programme without figures still gives a report`() throws {
    var content = SampleRelease.content()
    content.cells = []
    content.outreach = []
    content.acts = []
    content.scales = []
    let html = try file("report.html", in: try ReleasePackage(content))
    #expect(html.contains("no planned or held sessions"))
  }

  // MARK: Writing

  @Test func `numbers have fixed decimals`() {
    #expect(FixedNumber.text(0.5, decimals: 4) == "0.5000")
    #expect(FixedNumber.text(-0.00001, decimals: 2) == "0.00")
    #expect(FixedNumber.text(-1.25, decimals: 1) == "-1.3")
    #expect(FixedNumber.text(12, decimals: 0) == "12")
    #expect(FixedNumber.text(.nan, decimals: 2) == "")
    #expect(FixedNumber.sum(12) == "12")
    #expect(FixedNumber.sum(12.5) == "12.50")
  }

  @Test func `fields are quoted where they must be`() {
    var table = Table(
      path: "t.csv", title: "t", description: "t",
      columns: [
        .init(name: "a", kind: .string, description: "a"),
        .init(name: "b", kind: .string, description: "b"),
      ], key: ["a"])
    table.add(["x,\"y\"", "line\nline"])
    table.add([" x", "æøå"])
    #expect(table.file.text == "a,b\n\"x,\"\"y\"\"\",\"line\nline\"\n\" x\",æøå\n")
  }

  @Test func `JSON is escaped and ends with a newline`() {
    let json = JSON.object([.init("a\"", .array([.text("\u{1}\n\\"), .boolean(true), .null]))])
    #expect(
      json.file == "{\n  \"a\\\"\": [\n    \"\\u0001\\n\\\\\",\n    true,\n    null\n  ]\n}\n")
  }
}
