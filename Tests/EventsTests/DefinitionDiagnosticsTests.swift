import FoundationEssentials
import Testing

@testable import Events

/// Each `Fixtures/definition/NAME.yaml` must produce exactly the text of `NAME.txt`.
/// `VARDE_UPDATE_GOLDEN=1` writes the texts anew; look at the difference before committing.
@Suite struct DefinitionDiagnosticsTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/definition")

  static let names = [
    "empty", "list", "many-mistakes", "not-yaml", "repeated-key", "windows-1252",
  ]

  @Test(arguments: names)
  func `every mistake in a definition is reported at its place`(name: String) throws {
    let found = try Self.problems(in: name).description + "\n"
    let golden = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["VARDE_UPDATE_GOLDEN"] != nil {
      try Data(found.utf8).write(to: golden)
    }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    #expect(found == expected)
  }

  @Test func `every code is shown by a fixture`() throws {
    let shown = try Set(Self.names.flatMap { try Self.problems(in: $0).diagnostics.map(\.code) })
    for code in DefinitionCode.allCases {
      #expect(shown.contains(code.rawValue), "\(code) is in no fixture")
    }
  }

  static func problems(in name: String) throws -> DefinitionProblems {
    let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "\(name).yaml")))
    do {
      _ = try ProgrammeDefinition(yaml: bytes, file: "\(name).yaml")
    } catch {
      return error
    }
    throw NothingFound(name: name)
  }

  struct NothingFound: Error { let name: String }
}
