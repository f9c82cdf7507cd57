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
  private var hash = SHA256()
  private var block = [UInt8](repeating: 0, count: 262_144)
  /// Read, counted and hashed, but not handed out yet.
  private var ahead: [UInt8] = []

  /// Opens the file, or says why not in the words of an input error.
  init(path: String) throws(InputError) {
    name = path
    guard path != "-" else {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ByteSource.refusal(path, errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw InputError(.isDirectory, file: path, message: "'\(path)' is a directory")
    }
  }

  /// An input without bytes, for records that come from no file.
  init(nothing name: String) {
    self.name = name
    descriptor = -1
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
    let length = try block.withUnsafeMutableBytes { bytes throws(InputError) -> Int in
      while true {
        let got = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        if got >= 0 { return got }
        if errno != EINTR { throw ByteSource.refusal(name, errno) }
      }
    }
    guard length > 0 else { return false }
    block.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<length])) }
    buffer.append(contentsOf: block[..<length])
    count += length
    return true
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
