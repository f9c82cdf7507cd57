import Events
import FoundationEssentials
import Testing

@testable import Ingest

/// The log, the vault and the register as sending the demo's files fills them.
final class DemoOffice {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Scripts/demo-data").path

  let log = MemoryLog()
  let vault = MemoryVault()
  var register = Register()

  func apply(_ file: String) throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: "\(DemoOffice.folder)/\(file)")))
    for draft in try ProgrammeDefinition(yaml: bytes, file: file).events() {
      register.learn(type: draft.type, body: draft.body, subject: nil)
    }
  }

  /// Sends a file of the demo.
  func send(_ kind: String, _ file: String, binding: String? = nil) throws -> IngestReport {
    let bound = try binding.map { try Binding(file: "\(DemoOffice.folder)/\($0)") }
    let report = try send(kind, path: "\(DemoOffice.folder)/\(file)", bound)
    for draft in log.drafts {
      register.learn(type: draft.type, body: draft.body, subject: draft.subject)
    }
    return report
  }

  /// Sends a file from elsewhere, of which the register learns nothing.
  func send(_ kind: String, path: String, _ binding: Binding?) throws -> IngestReport {
    log.startRun()
    let run = IngestRun(
      id: MemoryVault.subject(1), register: register, people: vault, sink: log,
      zones: OsloTime(), options: IngestOptions(rejects: .nowhere))
    if let binding { return try run.ingest(binding, file: path) }
    return try run.ingest(try #require(RecordKinds.named(kind)), file: path)
  }
}
