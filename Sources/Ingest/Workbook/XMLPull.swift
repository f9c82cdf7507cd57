internal import CXML
internal import Glibc

/// Goes through the XML of one part from tag to tag. Nothing outside the part is ever fetched, and
/// no entity is ever put in: a part that declares any is turned down.
final class XMLPull {
  private let part: ZipPart
  private let file: String
  private let reader: OpaquePointer
  private var place = Int32(CXML_AT_END)
  private var name: UnsafePointer<CChar>?
  /// An element without content has no end tag; it gets one here.
  private var endIsNext = false

  init(_ part: ZipPart, file: String) throws(InputError) {
    self.part = part
    self.file = file
    let source: cxml_source = { context, buffer, length in
      guard let context, let buffer else { return -1 }
      let part = Unmanaged<ZipPart>.fromOpaque(context).takeUnretainedValue()
      return Int32(part.read(into: .init(start: buffer, count: Int(length))))
    }
    guard let reader = cxml_open(source, Unmanaged.passUnretained(part).toOpaque()) else {
      throw part.fault ?? .damaged(file, "'\(part.path)' is no XML")
    }
    self.reader = reader
  }

  deinit { cxml_close(reader) }

  /// Goes on to the next tag or text; `false` at the end of the part.
  func next() throws(InputError) -> Bool {
    if endIsNext {
      endIsNext = false
      place = Int32(CXML_END)
      return true
    }
    place = cxml_next(reader)
    if part.fault != nil || place == CXML_FAILED { throw failure() }
    if place == CXML_DECLARATION {
      throw refusal()
    }
    name = place == CXML_START || place == CXML_END ? cxml_name(reader) : nil
    endIsNext = place == CXML_START && cxml_is_empty(reader) == 1
    return place != CXML_AT_END
  }

  func isStart(_ element: StaticString) -> Bool { place == CXML_START && isNamed(element) }

  func isEnd(_ element: StaticString) -> Bool { place == CXML_END && isNamed(element) }

  private func isNamed(_ element: StaticString) -> Bool {
    name.map { XMLPull.isEqual($0, element) } ?? false
  }

  static func isEqual(_ text: UnsafePointer<CChar>, _ word: StaticString) -> Bool {
    strcmp(text, UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }

  /// The text of this place; empty where it is none.
  var text: UnsafeBufferPointer<UInt8> {
    guard place == CXML_TEXT, let value = cxml_value(reader) else {
      return .init(start: nil, count: 0)
    }
    let bytes = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
    return .init(start: bytes, count: strlen(value))
  }

  /// Shows every attribute of the start tag: its name without prefix, and its value.
  func attributes(_ show: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void) {
    while cxml_next_attribute(reader) == 1 {
      if let name = cxml_name(reader), let value = cxml_value(reader) { show(name, value) }
    }
    cxml_leave_attributes(reader)
  }

  /// The attributes by name, for tags of which there are few.
  func attributes() -> [String: String] {
    var found: [String: String] = [:]
    attributes { found[String(cString: $0)] = String(cString: $1) }
    return found
  }

  /// Goes to the end of the element whose start tag this is.
  func skip(_ element: StaticString) throws(InputError) {
    while try next() { if isEnd(element) { return } }
  }

  private func refusal() -> InputError {
    InputError(
      .refusedXML, file: file, message: "'\(part.path)' declares a document type or entities")
  }

  private func failure() -> InputError {
    if let fault = part.fault { return fault }
    if cxml_failed_by_entities() == 1 { return refusal() }
    let reason = cxml_failure().map { String(cString: $0) } ?? "not well-formed XML"
    return .damaged(file, "'\(part.path)': \(reason)")
  }
}
