internal import Yams

/// A value of a binding with what is in it.
indirect enum BoundNode: Sendable {
  case text(BoundText)
  case list([BoundText], BoundText)
  case members([(key: BoundText, value: BoundNode)], BoundText)

  /// Where it stands; its text where it is one.
  var place: BoundText {
    switch self {
    case .text(let place), .list(_, let place), .members(_, let place): place
    }
  }

  init(_ node: Node) {
    let place = BoundText(node)
    switch node {
    case .mapping(let mapping):
      self = .members(mapping.map { (BoundText($0.key), BoundNode($0.value)) }, place)
    case .sequence(let sequence): self = .list(sequence.map { BoundText($0) }, place)
    default: self = .text(place)
    }
  }
}

extension BoundText {
  init(_ node: Node) {
    self.init(
      text: node.scalar?.string ?? "", line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}

/// The members of a mapping inside a binding, each asked for by name.
struct BoundMembers {
  let place: BoundText
  private let members: [(key: BoundText, value: BoundNode)]
  private var asked: [String] = []

  /// `nil`, and a report, where the node is no mapping.
  init?(_ node: BoundNode, of key: BoundText, _ reader: inout BindingReader) {
    guard case .members(let members, _) = node else {
      reader.report(.bindingKey, key, "'\(key.text)' is not a list of 'key: value' lines")
      return nil
    }
    self.members = members
    place = key
  }

  mutating func node(_ key: String) -> BoundNode? {
    asked.append(key)
    return members.first { $0.key.text == key }?.value
  }

  /// A text, or `nil`; something else is reported.
  mutating func text(_ key: String, _ reader: inout BindingReader) -> BoundText? {
    guard let node = node(key) else { return nil }
    if case .text(let text) = node, !text.text.isEmpty { return text }
    reader.report(.bindingKey, node.place, "'\(key)' is not a single value")
    return nil
  }

  /// One text or several.
  mutating func texts(_ key: String, _ reader: inout BindingReader) -> [BoundText]? {
    switch node(key) {
    case nil: return nil
    case .text(let text): return [text]
    case .list(let texts, _): return texts
    case .members(_, let place):
      reader.report(.bindingKey, place, "'\(key)' is not a list")
      return nil
    }
  }

  /// Pairs of texts, in the order of the file.
  mutating func pairs(
    _ key: String, _ reader: inout BindingReader
  ) -> [(key: BoundText, value: BoundText)]? {
    guard let node = node(key) else { return nil }
    guard case .members(let members, _) = node else {
      reader.report(.bindingKey, node.place, "'\(key)' is not a list of 'key: value' lines")
      return nil
    }
    return members.map { ($0.key, $0.value.place) }
  }

  /// Reports the members nobody asked for.
  func close(_ reader: inout BindingReader) {
    for member in members where !asked.contains(member.key.text) {
      reader.report(
        .bindingKey, member.key,
        "key '\(member.key.text)' is not known in '\(place.text)'",
        hint: "known are " + asked.joined(separator: ", "))
    }
  }
}
