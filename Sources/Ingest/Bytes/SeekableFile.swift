internal import Glibc

/// The bytes of an input for parsers that jump about in it: the file itself, or a copy of what came
/// through a pipe.
final class SeekableFile {
  /// What is kept of an input that can be read only once.
  static let mostCopied = 512 << 20

  /// The file as the user named it.
  let name: String
  let size: Int
  /// Whether it is a copy: then the source has been read to its end.
  let isCopy: Bool
  private let descriptor: Int32

  init(_ source: ByteSource, copyAtMost limit: Int = mostCopied) throws {
    name = source.name
    let again = source.reopened()
    isCopy = again == nil
    descriptor = try again ?? SeekableFile.copy(of: source, atMost: limit)
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// A descriptor of its own for a library that closes what it was given.
  func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  /// A descriptor of its own that reads from the beginning; negative where there can be none.
  func reopened() -> Int32 {
    Glibc.open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
  }

  /// Reads up to the buffer's size from a place in the file; 0 at its end, -1 when that fails.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let got = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if got >= 0 || errno != EINTR { return got }
    }
  }

  /// Writes what is left of the input to a file that has no name any more: it is gone with the
  /// process, however that ends.
  private static func copy(of source: ByteSource, atMost limit: Int) throws -> Int32 {
    let descriptor = TemporaryFile.open()
    guard descriptor >= 0 else { throw failure(source, errno) }
    var block: [UInt8] = []
    var total = 0
    do {
      while try source.append(to: &block) {
        total += block.count
        guard total <= limit else {
          throw InputError(
            .copyTooLarge, file: source.name,
            message: "more than \(limit >> 20) MiB came through a pipe")
        }
        try write(block, to: descriptor, source)
        block.removeAll(keepingCapacity: true)
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func write(
    _ block: [UInt8], to descriptor: Int32, _ source: ByteSource
  ) throws(InputError) {
    var rest = block[...]
    while !rest.isEmpty {
      let put = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failure(source, errno) }
      rest = rest.dropFirst(put)
    }
  }

  private static func failure(_ source: ByteSource, _ number: Int32) -> InputError {
    InputError(
      .unreadable, file: source.name,
      message: "no copy of '\(source.name)' could be made: \(String(cString: strerror(number)))",
      hint: "give the file itself instead of a pipe, or make room in the temporary folder")
  }
}

/// The bytes of such a file from its beginning, in order.
final class SeekableSupply: ByteSupply {
  private let file: SeekableFile
  private var offset = 0
  private var block = [UInt8](repeating: 0, count: 262_144)

  init(_ file: SeekableFile) { self.file = file }

  func append(to buffer: inout [UInt8]) throws -> Bool {
    let got = block.withUnsafeMutableBytes { file.read(at: offset, into: $0) }
    guard got >= 0 else {
      throw InputError(
        .unreadable, file: file.name, message: "'\(file.name)' cannot be read a second time")
    }
    buffer.append(contentsOf: block[..<got])
    offset += got
    return got > 0
  }
}
