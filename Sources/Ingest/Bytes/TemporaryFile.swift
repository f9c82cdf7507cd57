internal import FoundationEssentials
internal import Glibc

/// A file without a name: it is gone with the process, however that ends.
final class TemporaryFile {
  private(set) var size = 0
  private let descriptor: Int32
  /// The input it is for, for messages.
  private let name: String

  /// - Parameter name: the input whose parts it holds.
  init(for name: String) throws(InputError) {
    self.name = name
    descriptor = TemporaryFile.open()
    guard descriptor >= 0 else { throw TemporaryFile.failure(name, errno) }
  }

  /// A descriptor of an empty file without a name, below `TMPDIR`; -1 and `errno` where there is none.
  static func open() -> Int32 {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/varde-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return -1 }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes bytes behind those that are there.
  func append(_ bytes: UnsafeRawBufferPointer) throws(InputError) {
    try write(bytes, at: size)
  }

  /// Writes bytes at an offset; what lies between the end and it is zero.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(InputError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let put = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw TemporaryFile.failure(name, errno) }
      done += put
    }
    size = max(size, offset + bytes.count)
  }

  /// Fills a buffer from an offset; what lies behind the end is zero.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw TemporaryFile.failure(name, errno) }
      guard got > 0 else {
        rest.initializeMemory(as: UInt8.self, repeating: 0)
        return
      }
      done += got
    }
  }

  private static func failure(_ name: String, _ number: Int32) -> InputError {
    InputError(
      .unreadable, file: name,
      message: "parts of '\(name)' could not be put aside: \(String(cString: strerror(number)))",
      hint: "make room in the temporary folder, or name another one with TMPDIR")
  }
}
