import Foundation
import Postgres
import Soak
import TestSupport

let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path
let demoData = repository + "/Scripts/demo-data"

/// The built `varde`, run as a person runs it, in a folder and on a database of its own.
struct Command {
  let folder: String
  let url: String

  /// A folder and a database that are there already, for another way to reach them.
  init(folder: String, url: String) {
    self.folder = folder
    self.url = url
  }

  init() throws {
    // Below the folder that the test cluster takes with it when the run ends.
    folder = try TestCluster.folder() + "/command-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    url = try TestCluster.emptyDatabase()
  }

  static let binary: String = {
    // Beside the test bundle, wherever the build folder is.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let folder = bundle.map { ($0 as NSString).deletingLastPathComponent }
    return (folder ?? repository + "/.build/debug") + "/varde"
  }()

  /// Runs `varde` with arguments; standard output and standard error together.
  @discardableResult
  func run(_ arguments: String..., url other: String? = nil) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      ["env", "--chdir=\(folder)", "VARDE_DATABASE_URL=\(other ?? url)", Command.binary]
        + arguments)
  }

  /// Starts `varde` and goes on; what it prints goes to a file of the folder.
  func start(_ arguments: String..., output: String) throws -> Child {
    try Child(
      ["env", "--chdir=\(folder)", "VARDE_DATABASE_URL=\(url)", Command.binary] + arguments,
      output: "\(folder)/\(output)")
  }

  /// A shell line in which `varde` is the built command, and `$binary` its path.
  func shell(_ line: String) throws -> ChildProcess.Outcome {
    try ChildProcess.run([
      "env", "--chdir=\(folder)", "VARDE_DATABASE_URL=\(url)", "bash", "-o", "pipefail", "-c",
      "binary='\(Command.binary)'; varde() { \"$binary\" \"$@\"; }; \(line)",
    ])
  }

  /// Writes a file into the folder.
  func file(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  func contents(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(folder)/\(name)"), encoding: .utf8)
  }

  /// A database with the demo's programmes in it.
  static func withProgrammes() throws -> Command {
    let command = try Command()
    try command.run("init")
    try command.run("programme", "apply", "\(demoData)/tst.yaml", "\(demoData)/opm.yaml")
    return command
  }

  func session() throws -> Session { try Session(conninfo: url) }
}
