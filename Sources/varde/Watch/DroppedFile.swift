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

  /// `nil` for what is no file.
  init?(_ path: String, below root: String) {
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
    if parts.count > 1, let kind = RecordKinds.named(parts[0].lowercased()) { return kind }
    let name = parts.last.map(String.init) ?? path
    return RecordKinds.all.filter { begins(name, with: $0.name) }.max {
      $0.name.count < $1.name.count
    }
  }

  /// Whether a name begins with a word that ends there, in capitals or not.
  static func begins(_ name: String, with word: String) -> Bool {
    let (name, word) = (name.lowercased(), word.lowercased())
    guard name.hasPrefix(word) else { return false }
    guard let next = name.dropFirst(word.count).first else { return true }
    return !next.isLetter && !next.isNumber
  }

  /// `a/b.csv` is `a/b-2.csv` when the first name is taken. Rejected rows that were mended are
  /// `a/b.mended.csv`, then `a/b.mended-2.csv`, so that nobody takes them for those still to be mended.
  func numbered(_ number: Int) -> String {
    let stem = DroppedFile.stem(of: path)
    if let word = stem.ranges(of: ".rejected").last {
      var start = stem[..<word.lowerBound]
      if let mended = start.ranges(of: ".mended").last { start = start[..<mended.lowerBound] }
      let times = number > 2 ? "-\(number - 1)" : ""
      return "\(start).mended\(times)\(path.dropFirst(stem.count))"
    }
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
