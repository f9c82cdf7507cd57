import FoundationEssentials
import Glibc
import Ingest

/// A file somebody has dropped.
struct DroppedFile {
  /// Below the drop folder: `attendance/march.csv`, `attendance-2026-03.csv`.
  let path: String
  /// Changes as long as the file is being written.
  let stamp: Stamp

  struct Stamp: Equatable {
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  /// `nil` for what is no file, or one that its writer has marked as unfinished.
  init?(_ path: String, below root: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard !name.hasPrefix("."), !name.hasPrefix("~$"), name != "Thumbs.db", name != "desktop.ini",
      ![".part", ".partial", ".tmp", ".crdownload", ".filepart"].contains(where: {
        name.lowercased().hasSuffix($0)
      })
    else { return nil }
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    self.path = path
    stamp = Stamp(
      inode: UInt(status.st_ino), size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec),
      nanoseconds: Int(status.st_mtim.tv_nsec))
  }

  /// Enrolments come before sessions, and sessions before attendance.
  var rank: Int {
    let kind = DroppedFile.kind(of: path)?.name
    return RecordKinds.all.firstIndex { $0.name == kind } ?? RecordKinds.all.count
  }

  /// The kind its folder or the beginning of its name says.
  static func kind(of path: String) -> (any RecordKind)? {
    let parts = path.split(separator: "/")
    if parts.count > 1, let kind = RecordKinds.named(String(parts[0])) { return kind }
    let name = (parts.last.map(String.init) ?? path).lowercased()
    return RecordKinds.all.filter { begins(name, with: $0.name) }.max {
      $0.name.count < $1.name.count
    }
  }

  /// Whether a name begins with a word that ends there.
  static func begins(_ name: String, with word: String) -> Bool {
    guard name.hasPrefix(word) else { return false }
    guard let next = name.dropFirst(word.count).first else { return true }
    return !next.isLetter && !next.isNumber
  }

  /// `a/b.csv` is `a/b-2.csv` when the first name is taken.
  func numbered(_ number: Int) -> String {
    let stem = DroppedFile.stem(of: path)
    return "\(stem)-\(number)\(path.dropFirst(stem.count))"
  }

  /// A path without the ending of its file's name.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path }
    return String(path.dropLast(name[dot...].count))
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

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
