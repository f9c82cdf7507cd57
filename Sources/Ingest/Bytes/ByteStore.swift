/// Texts put aside until they are asked for: in memory while they are few, and then in a temporary
/// file.
final class ByteStore {
  private let name: String
  private let bound: Int
  /// What was added last.
  private var recent: [UInt8] = []
  private var file: TemporaryFile?

  /// - Parameters:
  ///   - name: the input whose texts these are.
  ///   - bound: bytes that are held in memory.
  init(for name: String, bound: Int = 4 << 20) {
    self.name = name
    self.bound = bound
  }

  /// Puts a text aside; answers what `bytes` gives it back for.
  func add(_ bytes: [UInt8]) throws -> Range<Int> {
    if recent.count + bytes.count > bound { try flush() }
    let start = (file?.size ?? 0) + recent.count
    recent += bytes
    return start..<start + bytes.count
  }

  /// A text that was put aside.
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    let base = file?.size ?? 0
    if range.lowerBound >= base {
      return Array(recent[range.lowerBound - base..<range.upperBound - base])
    }
    var found = [UInt8](repeating: 0, count: range.count)
    try found.withUnsafeMutableBytes { try file?.read(at: range.lowerBound, into: $0) }
    return found
  }

  private func flush() throws {
    let file = try self.file ?? TemporaryFile(for: name)
    self.file = file
    try recent.withUnsafeBytes { try file.append($0) }
    recent.removeAll(keepingCapacity: true)
  }
}
