internal import Crypto
internal import Glibc
internal import Postgres

/// The bytes of one input file or of standard input, read once and in order. It counts and hashes
/// what passes, so that the report can say exactly which bytes a run has seen.
final class ByteSource: ByteSupply {
  /// The file as the user named it; `-` is standard input.
  let name: String
  private(set) var count = 0
  private let descriptor: Int32
  /// Can be read once nobody is to wait for bytes any more.
  private let stop: Int32?
  /// Whether the next bytes may be long in coming: standard input, a pipe, a terminal.
  private let mayWait: Bool
  private var hash = SHA256()
  private var block = [UInt8](repeating: 0, count: 262_144)
  /// Read, counted and hashed, but not handed out yet.
  private var ahead: [UInt8] = []

  /// Opens the file, or says why not in the words of an input error. A named pipe is waited for when
  /// it is read, not here.
  ///
  /// - Parameter stop: can be read once nobody is to wait for bytes any more.
  init(path: String, stop: Int32? = nil) throws(InputError) {
    name = path
    self.stop = stop
    descriptor =
      path == "-" ? STDIN_FILENO : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    let isThere = descriptor >= 0 && fstat(descriptor, &status) == 0
    mayWait = isThere && status.st_mode & S_IFMT != S_IFREG
    guard path != "-" else { return }
    guard descriptor >= 0 else { throw ByteSource.refusal(path, errno) }
    if isThere, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw InputError(.isDirectory, file: path, message: "'\(path)' is a directory")
    }
  }

  /// An input without bytes, for records that come from no file.
  init(nothing name: String) {
    self.name = name
    stop = nil
    mayWait = false
    descriptor = -1
  }

  /// The bytes of an input once more, from the beginning, under its name.
  init(again file: SeekableFile) throws(InputError) {
    name = file.name
    stop = nil
    mayWait = false
    descriptor = file.reopened()
    guard descriptor >= 0 else { throw ByteSource.refusal(name, errno) }
  }

  /// How large the file is; `nil` for what is no regular file.
  var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether the file can be read more than once; a pipe is empty afterwards.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  deinit {
    if descriptor != STDIN_FILENO, descriptor >= 0 { close(descriptor) }
  }

  /// The bytes at the beginning, as far as there are that many, to tell what kind of file it is;
  /// they are handed out all the same. Only before the first `append`.
  func peek(_ wanted: Int) throws -> ArraySlice<UInt8> {
    while ahead.count < wanted, try read(into: &ahead) {}
    return ahead.prefix(wanted)
  }

  func append(to buffer: inout [UInt8]) throws -> Bool {
    guard ahead.isEmpty else {
      buffer.append(contentsOf: ahead)
      ahead = []
      return true
    }
    return try read(into: &buffer)
  }

  private func read(into buffer: inout [UInt8]) throws -> Bool {
    guard descriptor >= 0 else { return false }
    var length = -1
    while length < 0 {
      try wait()
      length = block.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard length >= 0 || errno == EINTR || (errno == EAGAIN && mayWait) else {
        throw ByteSource.refusal(name, errno)
      }
    }
    guard length > 0 else { return false }
    block.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<length])) }
    buffer.append(contentsOf: block[..<length])
    count += length
    return true
  }

  /// Waits until there are bytes, or no more to come.
  /// - Throws: `Interruption` where waiting is to end.
  private func wait() throws {
    guard mayWait else { return }
    var descriptors = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    if let stop { descriptors.append(pollfd(fd: stop, events: Int16(POLLIN), revents: 0)) }
    while poll(&descriptors, nfds_t(descriptors.count), -1) < 0 {
      guard errno == EINTR else { throw ByteSource.refusal(name, errno) }
    }
    if descriptors.dropFirst().contains(where: { $0.revents != 0 }) { throw Interruption() }
  }

  /// The file opened once more, for a parser that jumps about in it; `nil` for what can be read
  /// only once.
  func reopened() -> Int32? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let again = Glibc.open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
    return again >= 0 ? again : nil
  }

  /// Reads what is left, for its count and hash alone.
  func drain() throws {
    var rest: [UInt8] = []
    while try append(to: &rest) { rest.removeAll(keepingCapacity: true) }
  }

  /// SHA-256 of the bytes read so far.
  var digest: [UInt8] { Array(hash.finalize()) }

  /// As `digest`, in hexadecimal.
  var sha256: String { hexadecimal(digest) }

  private static func refusal(_ path: String, _ number: Int32) -> InputError {
    switch number {
    case ENOENT, ENOTDIR:
      InputError(.fileMissing, file: path, message: "there is no file '\(path)'")
    case EACCES, EPERM:
      InputError(.noPermission, file: path, message: "'\(path)' may not be read by you")
    case EISDIR:
      InputError(.isDirectory, file: path, message: "'\(path)' is a directory")
    default:
      InputError(
        .unreadable, file: path,
        message: "'\(path)' cannot be read: \(String(cString: strerror(number)))")
    }
  }
}
