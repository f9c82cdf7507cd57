import Events
import FoundationEssentials

@testable import Ingest

/// One person's exports: files of tools and a binding for each, in a folder of their own.
struct Exports {
  let folder: Folder
  var scene: Scene

  init(_ scene: Scene = Scene.survey()) throws {
    folder = try Folder()
    self.scene = scene
  }

  func ingest(
    _ yaml: String, _ name: String, _ text: String? = nil,
    options: IngestOptions = IngestOptions()
  ) throws -> IngestReport {
    let file = try path(name, text)
    scene.log.startRun()
    return try scene.runner(options).ingest(
      try Binding(yaml: yaml, file: "\(folder.path)/b.yaml"), file: file)
  }

  /// What `varde binding check` says: errors and warnings, one text each.
  func check(_ yaml: String, _ name: String? = nil, _ text: String? = nil) throws -> [String] {
    let check = BindingCheck(
      register: scene.register, sessions: KnownSessions(entries: scene.register.sessions),
      people: scene.vault, zones: OsloTime())
    do {
      let binding = try Binding(yaml: yaml, file: "\(folder.path)/b.yaml")
      try check.check(binding)
      guard let name else { return [] }
      return try check.check(binding, file: try path(name, text), options: IngestOptions())
        .map(\.rendered)
    } catch let error as InputError {
      return error.diagnostics.map(\.rendered)
    }
  }

  func draft(_ name: String, _ text: String? = nil) throws -> String {
    try Binding.draft(for: try path(name, text), register: scene.register)
  }

  /// The path of a file, which is written first where there is a text.
  func path(_ name: String, _ text: String?) throws -> String {
    guard let text else { return "\(folder.path)/\(name)" }
    return try folder.write(name, Array(text.utf8))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try folder.read(name), as: UTF8.self)
  }
}

extension IngestReport {
  /// The diagnostics with that code, as they are printed.
  func said(_ code: String) -> [String] {
    diagnostics.filter { $0.code == code }.map(\.rendered)
  }
}
