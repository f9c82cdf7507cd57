internal import Events
internal import Yams

/// Reads the members of a binding and remembers where they stand, so that every message has a
/// place.
struct BindingReader {
  let file: String
  private(set) var found: [Diagnostic] = []
  /// Places a draft has left to be filled in.
  private(set) var open: [BoundText] = []
  private var members: [(key: BoundText, value: Node)] = []
  private var asked: [String] = []

  init(yaml: String, file: String) throws {
    self.file = file
    guard !YAMLGuard.hasTooManyAliases(yaml) else {
      throw InputError(
        .bindingUnreadable, file: file, message: "'\(file)' has too many aliases (*name)",
        hint: "write out what they stand for")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw InputError([UnreadableYAML(yaml, file).diagnostic(error)])
    }
    guard case .mapping(let mapping)? = root else {
      let what = root == nil ? "is empty" : "is not a list of 'key: value' lines"
      throw InputError([
        UnreadableYAML(yaml, file).diagnostic(
          "'\(file)' \(what)", at: root?.mark.map { SourcePosition(of: $0) },
          hint: "a binding begins with a line like 'tool: nettskjema'; 'varde binding init FILE'"
            + " drafts one")
      ])
    }
    for (key, value) in mapping {
      members.append((BoundText(key), value))
    }
  }

  mutating func report(
    _ code: IngestCode, _ place: BoundText?, _ message: String, hint: String? = nil
  ) {
    found.append(
      Diagnostic(
        code, file: file, line: place?.line, column: place?.column, message: message, hint: hint))
  }

  /// Notes a place that is to be filled in; a check tells it beside all other ones.
  mutating func leaveOpen(_ place: BoundText) { open.append(place) }

  mutating func member(_ key: String) -> (key: BoundText, value: Node)? {
    asked.append(key)
    return members.first { $0.key.text == key }
  }

  /// A text or number as text.
  mutating func bound(_ key: String, required: Bool = true) -> BoundText? {
    guard let member = member(key) else {
      if required { report(.bindingKey, nil, "'\(key)' is missing") }
      return nil
    }
    guard let scalar = member.value.scalar, !scalar.string.isEmpty else {
      report(.bindingKey, member.key, "'\(key)' is not a single value")
      return nil
    }
    return BoundText(member.value)
  }

  mutating func text(_ key: String, oneOf known: [String]) -> String? {
    guard let value = bound(key) else { return nil }
    if known.contains(value.text) { return value.text }
    report(
      .bindingKey, value, "'\(key)': '\(value.text)' is not known",
      hint: "known are " + known.joined(separator: ", "))
    return nil
  }

  /// The members of a nested mapping, in the order of the file.
  mutating func pairs(_ key: String, required: Bool = true) -> [(key: BoundText, value: BoundText)]
  {
    guard let member = member(key) else {
      if required { report(.bindingKey, nil, "'\(key)' is missing") }
      return []
    }
    guard case .mapping(let mapping) = member.value else {
      report(.bindingKey, member.key, "'\(key)' is not a list of 'key: value' lines")
      return []
    }
    return mapping.map { (BoundText($0.key), BoundText($0.value)) }
  }

  mutating func list(_ key: String) -> [BoundText] {
    guard let member = member(key) else { return [] }
    guard case .sequence(let sequence) = member.value else {
      report(.bindingKey, member.key, "'\(key)' is not a list")
      return []
    }
    return sequence.map { BoundText($0) }
  }

  /// Whether anything is wrong so far.
  var hasFound: Bool { !found.isEmpty }

  /// A value of any shape.
  mutating func node(_ key: String) -> (key: BoundText, value: BoundNode)? {
    member(key).map { ($0.key, BoundNode($0.value)) }
  }

  /// Throws what was found, keys nobody asked for included.
  mutating func close() throws {
    for member in members where !asked.contains(member.key.text) {
      let hint = nearest(to: member.key.text, among: asked).map { "did you mean '\($0)'?" }
      report(.bindingKey, member.key, "key '\(member.key.text)' is not known", hint: hint)
    }
    if !found.isEmpty { throw InputError(found) }
  }
}
