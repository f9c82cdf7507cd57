import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `Codes` {
  private struct Code: Decodable, Equatable {
    let code, severity, meaning, hint: String
  }

  private static func listed() throws -> [Code] {
    let output = try Command().run("codes", "--json").output
    return try JSONDecoder().decode([Code].self, from: Data(output.utf8))
  }

  /// Every code written in the files below a folder of the repository.
  private static func written(in folder: String, ending: String) throws -> Set<String> {
    let root = URL(filePath: repository + "/" + folder).resolvingSymlinksInPath()
    var found: Set<String> = []
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == ending {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /V[DL][0-9]{3}/) { found.insert(String(match.output)) }
    }
    return found
  }

  @Test func `every code of the program is in the list, once`() throws {
    let ids = try Self.listed().map(\.code)
    #expect(Set(ids).count == ids.count)
    let written = try Self.written(in: "Sources", ending: "swift")
      .union(Self.written(in: "Schema", ending: "sql"))
    #expect(written.count > 100)
    #expect(written.subtracting(ids).sorted() == [])
    #expect(Set(ids).subtracting(written).sorted() == [])
  }

  @Test func `the page of the documentation is the list`() throws {
    let page = try String(contentsOfFile: repository + "/Docs/codes.md", encoding: .utf8)
    #expect(
      try Command().run("codes", "--markdown").output == page,
      "make it again: varde codes --markdown > Docs/codes.md")
  }

  @Test func `one code is explained, and a wrong one is not`() throws {
    let one = try Command().run("codes", "vd303")
    #expect(one.output == "VD303 error: the date does not exist\n  hint: check day and month\n")
    let none = try Command().run("codes", "VD99")
    #expect(none.exitCode == 1 && none.output.contains("error[VD650]"))
    for code in try Self.listed() {
      #expect(["error", "warning"].contains(code.severity))
      #expect(!code.meaning.isEmpty && !code.meaning.hasSuffix(".") && !code.hint.isEmpty)
    }
  }
}

@Suite struct `Commands that record` {
  @Test(arguments: ["record", "watch", "runs", "run", "codes"])
  func `every one explains itself`(name: String) throws {
    let help = try Command().run(name, "--help")
    #expect(help.exitCode == 0)
    #expect(help.output.contains("OVERVIEW"))
  }

  @Test func `of several codes those that exist are told, whatever the others are`() throws {
    let outcome = try Command().run("codes", "VD303", "VD000", "vd304")
    #expect(outcome.exitCode == 1)
    for text in ["VD303 error: ", "VD304 error: ", "there is no code 'VD000'"] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
  }
}
