/// A JSON value that keeps the order of an object's members: which item of a scale is named as
/// the invalid one depends on it.
enum JSON: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Equatable {
    var name: String
    var value: JSON
  }

  /// The member called `name`, `nil` if there is none or this is no object.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var string: String? { if case .string(let string) = self { string } else { nil } }
  var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// The number if it is whole and fits.
  var integer: Int? { number.flatMap(Int.init(exactly:)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
  init(stringLiteral value: String) { self = .string(value) }

  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(name: $0.0, value: $0.1) })
  }

  /// As the cases write numbers: none for what is undefined, words for what is infinite.
  init(_ number: Double?) {
    guard let number, !number.isNaN else {
      self = .null
      return
    }
    self = number.isFinite ? .number(number) : number < 0 ? "-Infinity" : "Infinity"
  }

  init(_ integer: Int) { self = .number(Double(integer)) }
  init(_ numbers: [Double?]) { self = .array(numbers.map { JSON($0) }) }
}
