import FoundationEssentials
import Glibc

/// A file a watcher has taken.
struct Claim: Equatable {
  /// Its name from now on, below the drop folder.
  let path: String
  /// Number of the last run when it was taken.
  let lastRun: Int
  /// Whether it was taken over from a watcher that was killed.
  var wasLeft: Bool

  init(path: String, lastRun: Int, wasLeft: Bool) {
    self.path = path
    self.lastRun = lastRun
    self.wasLeft = wasLeft
  }

  /// Reads what `write` wrote.
  init?(file: String) {
    guard let data = FileManager.default.contents(atPath: file) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 2, let number = Int(lines[0]) else { return nil }
    self.init(
      path: lines[1...].joined(separator: "\n"), lastRun: number, wasLeft: true)
  }

  func write(to file: String) throws { try Files.write("\(lastRun)\n\(path)", to: file) }

  private var stem: String { DroppedFile.stem(of: path) }
  var textReport: String { "\(stem).report.txt" }
  var jsonReport: String { "\(stem).report.json" }

  /// What was written beside it so far, below the same folder: rejected rows and reports.
  func companions(in folder: String) throws -> [String] {
    let inner = DroppedFile.folder(of: path)
    return try Files.names(in: "\(folder)/\(inner)")
      .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".part") }
      .map { inner == "." ? $0 : "\(inner)/\($0)" }
      .filter { other in other != path && access("\(folder)/\(other)/.", F_OK) != 0 }
  }
}
