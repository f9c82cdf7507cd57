internal import Events

/// The objects of a JSON file: one a line, or parts of one document.
final class JSONItems {
  /// One object with its place.
  struct Item {
    var value: JSONValue
    /// What stands in the file, on one line.
    var original: [UInt8]
    fileprivate var places: TextPlaces
    fileprivate var origin: Int

    /// A value of it as it stands there.
    func text(of value: JSONValue) -> ArraySlice<UInt8> {
      let start = value.offset - origin
      return original[start..<JSONItems.end(of: original, from: start)]
    }

    /// The name of a member of it, and what stands between name and value.
    func name(of member: JSONValue.Member) -> ArraySlice<UInt8> {
      original[member.offset - origin..<member.value.offset - origin]
    }

    /// Line of its first character.
    var line: Int { places.place(of: origin).line }

    /// Where a value of it stands in the file.
    func place(_ value: JSONValue?) -> SourcePosition {
      places.place(of: value?.offset ?? origin)
    }
  }

  /// An object, or a line that is none.
  enum Reading {
    case item(Item)
    case fault(line: Int, place: SourcePosition, reason: String, original: [UInt8])
  }

  /// What is read of one document, which has to be held as a whole.
  static let largest = 16 << 20

  private let lines: LineReader
  private let file: String
  private let parts: (JSONValue) -> [JSONValue]?
  private var document: [Item]?
  private var isOpened = false
  /// Lines that were looked at and not handed out.
  private var pending: [LineReader.Line] = []

  /// - Parameter parts: the objects of a document; `nil` for a value that is an object itself, one of
  ///   many that have a line each.
  init(
    _ supply: any ByteSupply, file: String, parts: @escaping (JSONValue) -> [JSONValue]?
  ) {
    lines = LineReader(supply, limit: JSONItems.largest)
    self.file = file
    self.parts = parts
  }

  func next() throws -> Reading? {
    if !isOpened { try open() }
    if document != nil {
      guard let item = document?.popLast() else { return nil }
      return .item(item)
    }
    guard let line = try pending.isEmpty ? lines.next() : pending.removeFirst() else {
      return nil
    }
    if line.isTooLong { throw tooLarge() }
    let places = TextPlaces(line.bytes, line: line.number)
    do throws(JSONReader.Fault) {
      let value = try JSONReader.read(line.bytes)
      return .item(Item(value: value, original: line.bytes, places: places, origin: 0))
    } catch {
      return .fault(
        line: line.number, place: places.place(of: error.offset), reason: error.reason,
        original: line.bytes)
    }
  }

  /// Sees by the first line whether there is an object a line or one document.
  private func open() throws {
    isOpened = true
    guard let first = try lines.next() else { return }
    if first.isTooLong { throw tooLarge() }
    pending = [first]
    if let value = try? JSONReader.read(first.bytes) {
      if parts(value) == nil { return }
    } else if JSONItems.mayBeObject(first.bytes), let second = try lines.next() {
      pending.append(second)
      // A document that goes on in the second line does not begin anew there.
      if second.bytes.first == UInt8(ascii: "{"), (try? JSONReader.read(second.bytes)) != nil {
        return
      }
    }
    let read = pending
    pending = []
    document = try items(try wholeText(after: read)).reversed()
  }

  /// Whether a line may be an object, and damaged, rather than the beginning of a longer text.
  private static func mayBeObject(_ line: [UInt8]) -> Bool {
    guard line.first == UInt8(ascii: "{"), let last = line.last(where: { $0 > 0x20 }) else {
      return false
    }
    return !"[{:,".utf8.contains(last)
  }

  private func wholeText(after read: [LineReader.Line]) throws -> [UInt8] {
    var text: [UInt8] = []
    var number = 1
    var read = read[...]
    while let line = try read.popFirst() ?? lines.next() {
      guard !line.isTooLong, text.count + line.bytes.count <= JSONItems.largest else {
        throw tooLarge()
      }
      text += [UInt8](repeating: 0x0A, count: line.number - number) + line.bytes
      number = line.number
    }
    return text
  }

  private func items(_ text: [UInt8]) throws -> [Item] {
    let places = TextPlaces(text, line: 1)
    let value: JSONValue
    do throws(JSONReader.Fault) {
      value = try JSONReader.read(text)
    } catch {
      let place = places.place(of: error.offset)
      throw InputError([
        Diagnostic(
          .notJSON, file: file, line: place.line, column: place.column,
          message: "this is not readable as JSON: \(error.reason)")
      ])
    }
    return (parts(value) ?? [value]).map { part in
      let end = JSONItems.end(of: text, from: part.offset)
      let original = text[part.offset..<end].map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      return Item(value: part, original: original, places: places, origin: part.offset)
    }
  }

  private func tooLarge() -> InputError {
    InputError(
      .documentTooLarge, file: file,
      message: "'\(file)' holds more than \(JSONItems.largest >> 20) MiB in one piece")
  }

  /// The offset after a valid value.
  private static func end(of text: [UInt8], from start: Int) -> Int {
    var depth = 0
    var isQuoted = false
    var index = start
    while index < text.count {
      switch text[index] {
      case 0x2C where !isQuoted && depth == 0: return index
      case 0x5C where isQuoted: index += 1
      case 0x22: isQuoted.toggle()
      case 0x7B where !isQuoted, 0x5B where !isQuoted: depth += 1
      case 0x7D where !isQuoted, 0x5D where !isQuoted:
        // What closes before anything was opened is around the value.
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return text.count
  }
}
