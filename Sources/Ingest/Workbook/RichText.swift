/// Gathers the texts of a string item: its runs are joined, reading aids are left out.
struct RichText {
  /// Characters XML cannot hold are written `_x000D_`.
  private static let escape = Array("_x".utf8)

  private(set) var bytes: [UInt8] = []
  private(set) var isTooLarge = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    isTooLarge = false
  }

  /// Reads the runs up to the end of the element whose start tag this is.
  mutating func read(_ xml: XMLPull, upTo element: StaticString) throws(InputError) {
    while try xml.next(), !xml.isEnd(element) {
      if xml.isStart("rPh") {
        try xml.skip("rPh")
      } else if xml.isStart("t") {
        try gather(xml, upTo: "t")
      }
    }
    unescape()
  }

  /// Reads the plain text up to the end of the element whose start tag this is.
  mutating func gather(_ xml: XMLPull, upTo element: StaticString) throws(InputError) {
    while try xml.next(), !xml.isEnd(element) {
      let text = xml.text
      if bytes.count + text.count > limit {
        isTooLarge = true
        bytes.append(contentsOf: text.prefix(max(0, 64 - bytes.count)))
      } else {
        bytes.append(contentsOf: text)
      }
    }
  }

  mutating func unescape() {
    guard var place = firstEscape else { return }
    var plain = Array(bytes[..<place])
    while place < bytes.count {
      if let character = character(at: place) {
        plain.append(contentsOf: String(character).utf8)
        place += 7
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    bytes = plain
  }

  private var firstEscape: Int? {
    bytes.indices.dropLast(6).first { bytes[$0] == 0x5F && character(at: $0) != nil }
  }

  /// The character escaped at this place, where one is.
  private func character(at place: Int) -> Unicode.Scalar? {
    guard place + 7 <= bytes.count, bytes[place..<place + 2].elementsEqual(RichText.escape),
      bytes[place + 6] == 0x5F
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[place + 2..<place + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return Unicode.Scalar(value)
  }
}
