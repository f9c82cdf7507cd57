import FoundationEssentials
import Glibc

/// A file a watcher has taken.
struct Claim: Equatable {
  /// Its name from now on, below the drop folder.
  let path: String
  /// Number of the last run when it was taken.
  let lastRun: Int

  init(path: String, lastRun: Int) {
    self.path = path
    self.lastRun = lastRun
  }

  /// Reads what `write` wrote.
  init?(file: String) {
    guard let data = FileManager.default.contents(atPath: file) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2, let number = Int(lines[0]) else { return nil }
    self.init(path: String(lines[1]), lastRun: number)
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

  /// Whether a name in `done` or `failed` is that of a file like this, or of something written about
  /// it.
  static func belongs(_ name: String, to file: String) -> Bool {
    let stem = DroppedFile.stem(of: file)
    return name == file
      || [".report.", ".rejected.", ".rejected-", ".unmatched.", ".unmatched-"].contains {
        name.hasPrefix(stem + $0)
      }
  }
}
