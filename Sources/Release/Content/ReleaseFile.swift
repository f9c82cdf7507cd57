/// One file of a release: its path inside the folder and its bytes.
public struct ReleaseFile: Sendable, Equatable {
  /// Relative, with `/` between folder and file.
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The bytes as text; every file of a release is UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
