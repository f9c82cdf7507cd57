internal import Glibc
internal import Postgres

/// Rows for one later COPY, in a file without a name that goes with this object, however it goes.
///
/// Not in a temporary table from the start: that would hang on one connection of the server, and a
/// pooler lends another for every transaction.
final class KeySpool {
  private let file: UnsafeMutablePointer<FILE>

  init() throws {
    guard let file = tmpfile() else { throw SystemError("create a temporary file", errno) }
    self.file = file
  }

  deinit { fclose(file) }

  func append(_ rows: [UInt8]) throws {
    guard fwrite(rows, 1, rows.count, file) == rows.count else {
      throw SystemError("write a temporary file", errno)
    }
  }

  /// Sends all there is; more may be appended afterwards.
  func send(to copy: CopyWriter) throws {
    rewind(file)
    defer { fseek(file, 0, SEEK_END) }
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = fread(buffer.baseAddress, 1, buffer.count, file)
      }
      if part.isEmpty { break }
      try copy.write(part)
    }
    guard ferror(file) == 0 else { throw SystemError("read a temporary file", errno) }
  }
}
