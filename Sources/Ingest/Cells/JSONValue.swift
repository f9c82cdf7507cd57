/// A value of JSON and where in its text it begins, so that what is wrong with it has a place.
struct JSONValue: Equatable {
  indirect enum Content: Equatable {
    case null
    case boolean(Bool)
    /// As it was written: `77.0` stays `77.0`.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order of the text.
    case object([Member])
  }

  struct Member: Equatable {
    var name: String
    var value: JSONValue
    /// Offset of the name's quote.
    var offset: Int
  }

  var content: Content
  /// Offset of the value's first byte in the text.
  var offset: Int

  /// The member of that name, the last one where there are several; `nil` for what is no object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The members along a path, for example `value["actor", "account", "name"]`.
  subscript(path: String...) -> JSONValue? {
    var value: JSONValue? = self
    for name in path { value = value?[name] }
    return value
  }

  var members: [Member] {
    guard case .object(let members) = content else { return [] }
    return members
  }

  /// The elements; none for what is no array.
  var elements: [JSONValue] {
    guard case .array(let elements) = content else { return [] }
    return elements
  }

  /// A string, number or boolean as the text of a cell; `nil` for null and for what has parts.
  var text: String? {
    switch content {
    case .string(let text), .number(let text): text
    case .boolean(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  var isNull: Bool { content == .null }
}
