import Glibc

/// Standard output and standard error, unbuffered, so that nothing is lost in a crash and the two
/// keep their order.
enum Console {
  static func line(_ text: String) { write(text + "\n", to: 1) }
  /// Bytes as they are, for output that is much.
  static func write(_ bytes: [UInt8]) { write(bytes[...], to: 1) }
  static func problem(_ text: String) { write(text + "\n", to: 2) }

  /// Overwrites the last line with news of long work; silent unless a person is watching.
  static func progress(_ text: String) {
    guard isatty(2) == 1 else { return }
    write("\r\u{1B}[K" + text, to: 2)
  }

  static func endProgress() {
    guard isatty(2) == 1 else { return }
    write("\r\u{1B}[K", to: 2)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8)[...], to: descriptor)
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
    var bytes = bytes
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard sent > 0 else { return }
      bytes = bytes.dropFirst(sent)
    }
  }
}
