/// Somewhere pieces of a text come from that hold one record each: its lines, or the elements of a list.
protocol LineSource: AnyObject {
  /// The next piece that holds anything, `nil` at the end.
  func next() throws -> LineReader.Line?
}

extension LineReader: LineSource {}

extension LineReader.Line {
  /// The text on one line, as it can stand in a file of lines. Outside quotes JSON has spaces wherever
  /// it has line ends, and inside there are none.
  var onOneLine: [UInt8] { bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 } }

  /// Where an offset of it stands in the file.
  func place(of offset: Int) -> SourcePosition {
    var place = SourcePosition(line: number, column: column)
    place.advance(over: bytes.prefix(offset))
    return place
  }
}

extension SourcePosition {
  /// Goes on over some text that has no line ends but LF and CR LF.
  mutating func advance(over text: some Sequence<UInt8>) {
    for byte in text {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
