/// Lines and columns of a text that is held as a whole. Every few thousand bytes a place is kept, so that
/// finding one does not mean counting from the beginning.
final class TextPlaces {
  private static let step = 4_096

  private let text: [UInt8]
  private let line: Int
  /// Places of the offsets 0, `step`, 2 `step` …; made when the first one is asked for.
  private lazy var kept: [SourcePosition] = places()

  /// - Parameter line: number of the text's first line in its file.
  init(_ text: [UInt8], line: Int) {
    self.text = text
    self.line = line
  }

  func place(of offset: Int) -> SourcePosition {
    let offset = max(0, min(offset, text.count))
    var place = kept[offset / TextPlaces.step]
    advance(&place, from: offset / TextPlaces.step * TextPlaces.step, to: offset)
    return place
  }

  private func places() -> [SourcePosition] {
    var place = SourcePosition(line: line, column: 1)
    var kept = [place]
    for start in stride(from: 0, through: text.count, by: TextPlaces.step).dropLast() {
      advance(&place, from: start, to: start + TextPlaces.step)
      kept.append(place)
    }
    return kept
  }

  private func advance(_ place: inout SourcePosition, from: Int, to end: Int) {
    for byte in text[from..<min(end, text.count)] {
      if byte == 0x0A {
        place = SourcePosition(line: place.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
  }
}
