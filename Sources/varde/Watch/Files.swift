import FoundationEssentials
import Glibc
import Postgres

/// What the watcher asks of the file system; what it refuses is thrown with the path.
enum Files {
  /// Whether two paths lead to one file.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (left, right) = (stat(), stat())
    return stat(one, &left) == 0 && stat(other, &right) == 0
      && left.st_dev == right.st_dev && left.st_ino == right.st_ino
  }

  /// Whether somebody has a file open to write to it, however long they pause. The kernel knows: it
  /// gives no read lease on such a file. Where it gives none at all (a network drive, another's file),
  /// nobody is taken to be writing.
  static func isBeingWritten(_ path: String) -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard fcntl(descriptor, setLease, F_RDLCK) != 0 else {
      _ = fcntl(descriptor, setLease, F_UNLCK)
      return false
    }
    return errno == EAGAIN
  }

  /// `F_SETLEASE` of Linux, which Glibc's headers give to C with `_GNU_SOURCE` only.
  private static let setLease: Int32 = 1024

  static func makeFolder(_ path: String) throws {
    try told("make the folder \(path)") {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  static func names(in folder: String) throws -> [String] {
    try told("read \(folder)") {
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
  }

  /// A file to lock; not inherited by other programs.
  static func open(_ path: String) throws -> Int32 {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
    return descriptor
  }

  static func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw SystemError("move \(path) to \(other)", errno) }
  }

  /// The file has all of the text or does not change.
  static func write(_ text: String, to file: String) throws {
    let unfinished = "\(file).part"
    let descriptor = Glibc.open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError("write \(file)", errno) }
    var bytes = Array(text.utf8)[...]
    var number: Int32 = 0
    while !bytes.isEmpty, number == 0 {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { number = errno }
    }
    if number == 0, fsync(descriptor) != 0 { number = errno }
    Glibc.close(descriptor)
    guard number == 0 else {
      unlink(unfinished)
      throw SystemError("write \(file)", number)
    }
    try move(unfinished, to: file)
  }

  /// As an error of the system, which the command knows how to tell.
  private static func told<R>(_ action: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch {
      throw SystemError(action, errno)
    }
  }

  /// Removes a folder in which there are only folders and unfinished files; anything else stays.
  static func removeEmptyFolders(_ folder: String) {
    for name in (try? names(in: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".part") { unlink(path) } else { removeEmptyFolders(path) }
    }
    rmdir(folder)
  }
}
