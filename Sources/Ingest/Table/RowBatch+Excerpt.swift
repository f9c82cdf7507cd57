/// What is shown of a row, and where the caret goes under it.
struct Excerpt {
  private(set) var text = ""
  private(set) var caret: Int?
  private var length = 0
  /// The place in the batch's bytes the caret belongs to.
  private let offset: Int

  init(caretAt offset: Int32) { self.offset = Int(offset) }

  /// Adds bytes as they are.
  fileprivate mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    if caret == nil, offset < range.upperBound {
      let before = bytes[range.lowerBound..<max(range.lowerBound, offset)]
      caret = length + before.count { $0 & 0xC0 != 0x80 } + 1
    }
    append(String(decoding: bytes[range], as: UTF8.self))
  }

  /// Adds something in the place of bytes; a caret inside them goes under its beginning.
  fileprivate mutating func add(_ text: String, for range: Range<Int>, after lead: Int = 0) {
    if caret == nil, offset < range.upperBound {
      caret = length + (offset > range.lowerBound ? lead : 0) + 1
    }
    append(text)
  }

  fileprivate mutating func close() { if caret == nil { caret = length + 1 } }

  private mutating func append(_ text: String) {
    self.text += text
    length += text.unicodeScalars.count
  }
}

extension RowBatch {
  /// The line of a row around an offset as it may be shown: cells that identify are masked, those
  /// that cannot be told from such, and all of them where a fault leaves no telling where one ends.
  /// Of somebody's answers the cell at the offset is shown, and those that are the record's own.
  func excerpt(
    around offset: Int32, _ row: Row, _ layout: Layout, _ disclosure: Disclosure
  ) -> Excerpt {
    let range = line(around: offset, in: row)
    guard row.fault?.leavesCells ?? true else { return shape(of: range, caretAt: offset) }
    var excerpt = Excerpt(caretAt: offset)
    var place = range.lowerBound
    let isWhole = layout.fits(row) || surplus(of: row, layout) != nil
    // Cells an adapter has put in front stand nowhere in the line.
    for (index, cell) in cells(of: row).enumerated() where index >= layout.added {
      let next = Int(row.firstCell) + index + 1
      let following = index + 1 < Int(row.cellCount) ? Int(cells[next].origin) - 1 : Int(row.end)
      let start = max(place, Int(cell.origin))
      let end = min(range.upperBound, following)
      guard start < end else { continue }
      excerpt.addShape(bytes, place..<start)
      let raw = bytes[start..<end]
      let text = text(cell)
      let isIdentifying = isWhole && layout.identifying.contains(index) && !text.isEmpty
      let day = layout.holdsAnswers ? PlainShape.day(ofMoment: text) : nil
      let isOpen = layout.isOpen(index) || cell.origin == offset
      if isOpen, !isIdentifying, day == nil, RowBatch.isWritten(text, in: raw),
        disclosure.allows(text)
      {
        excerpt.add(bytes, start..<end)
      } else {
        let hidden =
          isIdentifying
          ? masked(text) : isOpen && day != nil ? disclosure.shownToTheDay(text) : mask
        let isQuoted = raw.first == 0x22
        excerpt.add(
          isQuoted ? "\"\(hidden)\"" : hidden, for: start..<end, after: isQuoted ? 1 : 0)
      }
      place = end
    }
    excerpt.addShape(bytes, place..<range.upperBound)
    excerpt.close()
    return excerpt
  }

  /// The line of a header: its headings, unless it may be no header, but a row about somebody.
  func headerExcerpt(around offset: Int32, _ row: Row, isShown: Bool) -> Excerpt {
    let range = line(around: offset, in: row)
    guard isShown else { return shape(of: range, caretAt: offset) }
    var excerpt = Excerpt(caretAt: offset)
    var place = range.lowerBound
    let cells = Array(cells(of: row))
    for (index, cell) in cells.enumerated() {
      let following = index + 1 < cells.count ? Int(cells[index + 1].origin) - 1 : Int(row.end)
      let start = max(place, Int(cell.origin))
      let end = min(range.upperBound, following)
      guard start < end else { continue }
      excerpt.add(bytes, place..<start)
      let raw = String(decoding: bytes[start..<end], as: UTF8.self)
      if maskedContacts(raw) == raw {
        excerpt.add(bytes, start..<end)
      } else {
        excerpt.add(mask, for: start..<end)
      }
      place = end
    }
    excerpt.add(bytes, place..<range.upperBound)
    excerpt.close()
    return excerpt
  }

  /// Delimiters and quotes of a text whose cells cannot be told apart.
  func shape(of range: Range<Int>, caretAt offset: Int32) -> Excerpt {
    var excerpt = Excerpt(caretAt: offset)
    excerpt.addShape(bytes, range)
    excerpt.close()
    return excerpt
  }

  /// Whether a cell's text is all that stands for it in the line.
  private static func isWritten(_ text: String, in raw: ArraySlice<UInt8>) -> Bool {
    if raw.elementsEqual(text.utf8) { return true }
    return raw.count >= 2 && raw.first == 0x22 && raw.last == 0x22
      && raw.dropFirst().dropLast().elementsEqual(text.utf8)
  }
}

extension Layout {
  /// Whether a cell may be shown where something else of its row is wrong.
  fileprivate func isOpen(_ cell: Int) -> Bool { !holdsAnswers || sources.contains(cell) }
}

extension Excerpt {
  /// Adds delimiters and quotes as they are, and one mask for everything between two of them.
  fileprivate mutating func addShape(_ bytes: [UInt8], _ range: Range<Int>) {
    var place = range.lowerBound
    while place < range.upperBound {
      let isShape = Excerpt.isShape(bytes[place])
      let end = bytes[place..<range.upperBound].firstIndex { Excerpt.isShape($0) != isShape }
      let part = place..<(end ?? range.upperBound)
      if isShape { add(bytes, part) } else { add(mask, for: part) }
      place = part.upperBound
    }
  }

  private static func isShape(_ byte: UInt8) -> Bool {
    [0x09, 0x22, 0x2C, 0x3A, 0x3B, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte)
  }
}
