/// What the end of a ZIP file announces, read before a library believes it: one that reads the
/// directory keeps all of it in memory.
enum ZipDirectory {
  private static let locator = Array("PK\u{6}\u{7}".utf8)
  private static let record = Array("PK\u{6}\u{6}".utf8)
  /// The longest comment a ZIP file ends with, and the records around it.
  private static let tail = 65_535 + 22 + 20

  /// The largest number of parts any directory the file might have announces. Only the long form
  /// of a directory can announce more than 65,535, and those are no danger.
  static func mostParts(of file: SeekableFile) -> Int {
    let start = max(0, file.size - tail)
    let end = bytes(of: file, at: start, count: file.size - start)
    var most = 0
    for place in end.indices.dropLast(15) where end[place...].starts(with: locator) {
      let offset = number(end[(place + 8)..<(place + 16)])
      let long = bytes(of: file, at: offset, count: 56)
      guard long.count == 56, long.starts(with: record) else { continue }
      most = max(most, number(long[24..<32]), number(long[32..<40]))
    }
    return most
  }

  private static func bytes(of file: SeekableFile, at offset: Int, count: Int) -> [UInt8] {
    guard offset >= 0, count > 0 else { return [] }
    var found = [UInt8](repeating: 0, count: count)
    let got = found.withUnsafeMutableBytes { file.read(at: offset, into: $0) }
    return Array(found.prefix(max(0, got)))
  }

  /// A number as ZIP files have it, the low byte first; what no file can hold is the largest there
  /// is.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { value, byte in
      value > Int.max >> 8 ? Int.max : value << 8 | Int(byte)
    }
  }
}
