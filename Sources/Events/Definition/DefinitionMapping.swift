import Yams

/// A YAML mapping with a known set of keys, read key by key. Every answer that is `nil` because
/// something is wrong has been reported.
struct DefinitionMapping {
  let reader: DefinitionReader
  /// What it describes, for messages: `unit`, `scale`.
  let what: String
  let mark: Mark?
  private let values: [String: Node]

  /// Reports `node` if it is no mapping, and each key of it that nobody will read.
  init?(_ node: Node, what: String, keys: [String], reader: DefinitionReader) {
    guard let mapping = node.mapping else {
      reader.report(
        .wrongType, at: node.mark, "\(what) is not a mapping",
        hint: "expected keys: " + keys.joined(separator: ", "))
      return nil
    }
    self.reader = reader
    self.what = what
    self.mark = node.mark
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard keys.contains(name) else {
        reader.report(
          .unknownKey, at: key.mark, "unknown key '\(name)' in \(what)",
          hint: DefinitionReader.suggestion(for: name, among: keys))
        continue
      }
      if !value.isNothing { values[name] = value }
    }
    self.values = values
  }

  subscript(key: String) -> Node? { values[key] }

  func required(_ key: String) -> Node? {
    if let value = values[key] { return value }
    reader.report(.missingKey, at: mark, "\(what) lacks the key '\(key)'")
    return nil
  }

  func text(_ key: String) -> String? {
    required(key).flatMap { text($0, key) }
  }

  func optionalText(_ key: String) -> String? {
    values[key].flatMap { text($0, key) }
  }

  /// A code: what files, columns and keys call a thing.
  func code(_ key: String = "code") -> String? {
    required(key).flatMap { code($0, key) }
  }

  func optionalCode(_ key: String) -> String? {
    values[key].flatMap { code($0, key) }
  }

  func codes(_ key: String) -> [(code: String, mark: Mark?)] {
    list(key).compactMap { node in code(node, key).map { ($0, node.mark) } }
  }

  func optionalInteger(_ key: String, atLeast least: Int? = nil) -> Int? {
    values[key].flatMap { integer($0, key, atLeast: least) }
  }

  func integer(_ key: String, atLeast least: Int? = nil) -> Int? {
    required(key).flatMap { integer($0, key, atLeast: least) }
  }

  func boolean(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    if text == "true" || text == "false" { return text == "true" }
    reader.report(
      .wrongType, at: values[key]?.mark, "'\(key)' of \(what) is '\(text)'",
      hint: "write true or false")
    return nil
  }

  /// A word out of a fixed vocabulary.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    required(key).flatMap { word($0, key, type) }
  }

  func words<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> [Word]
  where Word.RawValue == String {
    guard required(key) != nil else { return [] }
    return list(key).compactMap { word($0, key, type) }
  }

  func date(_ key: String) -> CivilDate? {
    required(key).flatMap { date($0, key) }
  }

  func optionalDate(_ key: String) -> CivilDate? {
    values[key].flatMap { date($0, key) }
  }

  /// Two numbers, the first not above the second.
  func range(_ key: String, atLeast least: Int? = nil) -> ClosedRange<Int>? {
    guard let node = values[key] else { return nil }
    guard let pair = node.sequence, pair.count == 2 else {
      reader.report(
        .wrongType, at: node.mark, "'\(key)' of \(what) is not a pair of numbers",
        hint: "write [from, to], for example [1, 7]")
      return nil
    }
    guard let from = integer(pair[0], key, atLeast: least),
      let to = integer(pair[1], key, atLeast: least)
    else { return nil }
    guard from <= to else {
      reader.report(.endBeforeStart, at: node.mark, "'\(key)' of \(what): \(from) is above \(to)")
      return nil
    }
    return from...to
  }

  /// `{nb: …, en: …}`, or one text that serves for both.
  func bilingual(_ key: String) -> BilingualText? {
    required(key).flatMap { BilingualText(reading: $0, "'\(key)' of \(what)", reader) }
  }

  /// The elements of a list; none if the key is absent.
  func list(_ key: String) -> [Node] {
    guard let node = values[key] else { return [] }
    if let sequence = node.sequence { return Array(sequence) }
    reader.report(
      .wrongType, at: node.mark, "'\(key)' of \(what) is not a list", hint: "write [a, b]")
    return []
  }

  /// Reports an end that lies before its beginning; the same day is fine.
  func requireOrder(_ from: CivilDate?, _ to: CivilDate?, _ keys: (String, String)) {
    guard let from, let to, to < from else { return }
    reader.report(
      .endBeforeStart, at: values[keys.1]?.mark,
      "'\(keys.1)' of \(what) is \(to), before '\(keys.0)' \(from)")
  }
}

extension DefinitionMapping {
  private func text(_ node: Node, _ key: String) -> String? {
    if let scalar = node.scalar { return scalar.string }
    reader.report(.wrongType, at: node.mark, "'\(key)' of \(what) is not a text")
    return nil
  }

  private func code(_ node: Node, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard allowed, (1...64).contains(text.utf8.count) else {
      reader.report(
        .malformedCode, at: node.mark, "'\(key)' of \(what) is '\(text)'",
        hint: "a code has 1 to 64 of the characters A-Z a-z 0-9 - _ .")
      return nil
    }
    return text
  }

  func integer(_ node: Node, _ key: String, atLeast least: Int? = nil) -> Int? {
    guard let text = text(node, key) else { return nil }
    guard let number = Int(text), abs(number) < 1_000_000 else {
      reader.report(.wrongType, at: node.mark, "'\(key)' of \(what) is '\(text)', not a number")
      return nil
    }
    if let least, number < least {
      reader.report(
        .outOfRange, at: node.mark, "'\(key)' of \(what) is \(number)",
        hint: "the least allowed is \(least)")
      return nil
    }
    return number
  }

  private func date(_ node: Node, _ key: String) -> CivilDate? {
    guard let text = text(node, key) else { return nil }
    if let date = CivilDate(text) { return date }
    reader.report(
      .impossibleDate, at: node.mark, "'\(key)' of \(what) is '\(text)', not a date",
      hint: "write a day that exists as YYYY-MM-DD, for example 2025-01-15")
    return nil
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node, key) else { return nil }
    if let word = Word(rawValue: text) { return word }
    reader.report(
      .unknownWord, at: node.mark, "'\(key)' of \(what) is '\(text)'",
      hint: DefinitionReader.suggestion(for: text, among: Word.allCases.map(\.rawValue)))
    return nil
  }
}

extension Node {
  /// An empty value, as in `unit:`. It counts as left out.
  fileprivate var isNothing: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }
}
