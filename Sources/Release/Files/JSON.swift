/// A JSON value that prints the same bytes every time: members in the order given, two spaces of
/// indentation, a newline at the end.
indirect enum JSON: Equatable {
  case object([Member])
  case array([JSON])
  case text(String)
  case integer(Int64)
  case decimal(Double, Int)
  case boolean(Bool)
  case null

  struct Member: Equatable {
    let name: String
    let value: JSON
    init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  static func count(_ number: Int) -> JSON { .integer(Int64(number)) }

  var file: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private func write(to out: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .object(let members):
      guard !members.isEmpty else { return out += "{}" }
      out += "{\n"
      for (index, member) in members.enumerated() {
        out += inner + Self.quoted(member.name) + ": "
        member.value.write(to: &out, indent: inner)
        out += index + 1 < members.count ? ",\n" : "\n"
      }
      out += indent + "}"
    case .array(let values):
      guard !values.isEmpty else { return out += "[]" }
      out += "[\n"
      for (index, value) in values.enumerated() {
        out += inner
        value.write(to: &out, indent: inner)
        out += index + 1 < values.count ? ",\n" : "\n"
      }
      out += indent + "]"
    case .text(let text): out += Self.quoted(text)
    case .integer(let number): out += String(number)
    case .decimal(let number, let decimals): out += FixedNumber.text(number, decimals: decimals)
    case .boolean(let flag): out += flag ? "true" : "false"
    case .null: out += "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
