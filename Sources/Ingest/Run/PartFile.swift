internal import Crypto
internal import FoundationEssentials
internal import Glibc
internal import Postgres

/// A file that appears when it is complete.
///
/// Until then it is `NAME.PID.part` (two processes may be at work on one file), locked by whoever
/// writes it. One that nobody has locked was left by a process that was killed.
final class PartFile {
  private let unfinished: String
  private var stream: UnsafeMutablePointer<FILE>?
  private var hash = SHA256()
  /// Why it could not be written, as the system numbers it; 0 while it could.
  private(set) var failure: Int32 = 0

  /// Begins a file beside the place it is meant for. It says who people are: only its owner may read it.
  init(for path: String) {
    unfinished = "\(path).\(getpid()).part"
    // Whoever tidies up may take the new file for one that was left, before it is locked.
    for _ in 0..<10 where stream == nil {
      unlink(unfinished)
      let descriptor = open(unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { break }
      var status = stat()
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0,
        status.st_nlink > 0
      else {
        close(descriptor)
        continue
      }
      stream = fdopen(descriptor, "w+b")
    }
    if stream == nil { failure = errno }
  }

  deinit {
    guard let stream else { return }
    unlink(unfinished)
    fclose(stream)
  }

  func write(_ bytes: [UInt8]) {
    guard let stream, !bytes.isEmpty else { return }
    hash.update(data: bytes)
    if failure == 0, fwrite(bytes, 1, bytes.count, stream) != bytes.count { failure = errno }
  }

  /// Puts a longer beginning in the place of the first bytes, where what they must be is known only
  /// at the end.
  func replaceBeginning(_ length: Int, with bytes: [UInt8]) {
    guard let stream, failure == 0 else { return }
    guard fflush(stream) == 0, isShifted(fileno(stream), length, bytes) else {
      failure = errno
      return
    }
  }

  /// Puts longer bytes before what follows the first `length` of a file, and takes its hash anew.
  private func isShifted(_ file: Int32, _ length: Int, _ bytes: [UInt8]) -> Bool {
    let shift = bytes.count - length
    precondition(shift >= 0, "a file does not get shorter")
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var end = Int(lseek(file, 0, SEEK_END))
    let size = end + shift
    // From its end on, so that nothing is written over before it was moved.
    while end > length {
      let start = max(length, end - buffer.count)
      let count = end - start
      guard pread(file, &buffer, count, off_t(start)) == count,
        pwrite(file, buffer, count, off_t(start + shift)) == count
      else { return false }
      end = start
    }
    guard pwrite(file, bytes, bytes.count, 0) == bytes.count else { return false }
    hash = SHA256()
    for start in stride(from: 0, to: size, by: buffer.count) {
      let count = min(buffer.count, size - start)
      guard pread(file, &buffer, count, off_t(start)) == count else { return false }
      hash.update(data: buffer.prefix(count))
    }
    return true
  }

  /// SHA-256 of what was written, in hexadecimal.
  var digest: String { hexadecimal(Array(hash.finalize())) }

  /// Puts the file in a place, over whatever is there; answers whether that worked.
  func replace(_ path: String) -> Bool { isWritten && isMoved(to: path) }

  /// Puts the file in a place nothing is in; `nil` where something is.
  func take(_ path: String) -> Bool? {
    guard isWritten else { return false }
    // Claimed first, so that another process cannot choose the same name.
    let claim = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard claim >= 0 else {
      if errno == EEXIST { return nil }
      failure = errno
      return false
    }
    close(claim)
    return isMoved(to: path)
  }

  private func isMoved(to path: String) -> Bool {
    if rename(unfinished, path) == 0 { return true }
    failure = errno
    return false
  }

  /// Whether all of it is on the disk: some tell only then that it is full.
  private var isWritten: Bool {
    guard let stream, failure == 0 else { return false }
    if fflush(stream) == 0, fsync(fileno(stream)) == 0 { return true }
    failure = errno
    return false
  }

  // MARK: - What others have left

  /// SHA-256 of the file at a path, in hexadecimal; `nil` where there is none that can be read.
  static func digest(of path: String) -> String? {
    RunArchive.digest(of: path).map { hexadecimal($0) }
  }

  /// Removes a file unless it was changed since it had that digest.
  static func remove(_ path: String, ifItIs digest: String) {
    if PartFile.digest(of: path) == digest { unlink(path) }
  }

  /// Removes the unfinished files for a place whose processes were killed.
  static func removeLeft(of path: String) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for left in names where left.hasPrefix(name + ".") && left.hasSuffix(".part") {
      guard Int(left.dropFirst(name.count + 1).dropLast(5)) != nil else { continue }
      let descriptor = open(folder + left, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(folder + left) }
      close(descriptor)
    }
  }
}
