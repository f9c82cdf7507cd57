import FoundationEssentials
import Testing

@testable import Ingest

@Suite("Codes")
struct CodesTests {
  @Test func `every number is given once, in order, to its own century`() {
    let ids = IngestCode.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
    for id in ids { #expect(id.count == 5 && ["VD2", "VD3", "VD4"].contains(id.prefix(3))) }
    for code in IngestCode.all { #expect(!code.summary.isEmpty && !code.hint.isEmpty) }
  }

  @Test func `every code is listed, and every listed code is used`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Ingest").resolvingSymlinksInPath()
    let files = try #require(
      FileManager.default.subpathsOfDirectory(atPath: root.path) as [String]?)
    var sources = ""
    var table = ""
    for file in files where file.hasSuffix(".swift") {
      let text = String(decoding: try Data(contentsOf: root.appending(path: file)), as: UTF8.self)
      if file.hasSuffix("Codes.swift") { table += text } else { sources += text }
    }
    let names = table.split(separator: "\n").compactMap { line -> String? in
      let rest = line.drop { $0 == " " }
      guard rest.hasPrefix("static let "), rest.contains("= IngestCode(") else { return nil }
      return String(rest.dropFirst(11).prefix { $0 != " " })
    }
    #expect(names.count == IngestCode.all.count)
    for name in names {
      #expect(sources.contains(".\(name)"), "\(name) is not used")
    }
  }
}
