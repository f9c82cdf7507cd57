/// What stands between the cells of a row.
public enum Delimiter: String, Sendable, Codable, CaseIterable {
  case semicolon = ";"
  case comma = ","
  case tab = "\t"

  /// `;` `,` `tab`, as written on a command line, or `nil`.
  public init?(named name: String) {
    switch name.lowercased() {
    case ";", "semicolon": self = .semicolon
    case ",", "comma": self = .comma
    case "\t", "\\t", "tab": self = .tab
    default: return nil
    }
  }

  /// As it is written on a command line.
  var word: String {
    switch self {
    case .semicolon: "semicolon"
    case .comma: "comma"
    case .tab: "tab"
    }
  }

  /// As a report names it.
  public var name: String {
    switch self {
    case .semicolon: "';'"
    case .comma: "','"
    case .tab: "tab"
    }
  }

  var byte: UInt8 {
    switch self {
    case .semicolon: UInt8(ascii: ";")
    case .comma: UInt8(ascii: ",")
    case .tab: 0x09
    }
  }

  /// The one that stands most often outside quotes in the first line; a tab or `;` wins a tie,
  /// for they hardly ever stand in the text of a header. A line without any is one column.
  static func sniff(_ line: UnsafeBufferPointer<UInt8>) -> Delimiter {
    var quoted = false
    var counts: [UInt8: Int] = [:]
    for byte in line {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      guard !quoted else { continue }
      if byte == 0x0A || byte == 0x0D { break }
      counts[byte, default: 0] += 1
    }
    var best = (delimiter: Delimiter.comma, count: 0)
    for candidate in [Delimiter.tab, .semicolon, .comma] {
      let count = counts[candidate.byte, default: 0]
      if count > best.count { best = (candidate, count) }
    }
    return best.delimiter
  }
}
