internal import Glibc

/// A number as a person would type it: a decimal point, no exponent, and no more digits than
/// spreadsheets show.
enum PlainNumber {
  /// Spreadsheets keep 15 digits; what is larger and whole has lost some.
  static let wholeLimit = 1e15

  /// The text of a number; whole ones below the limit are exact.
  static func text(_ value: Double, wholeBelow limit: Double = wholeLimit) -> String {
    if value == value.rounded(), abs(value) < limit { return String(Int64(value)) }
    guard value.isFinite else { return String(value) }
    let written = scientific(abs(value))
    let parts = written.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]), exponent > -20, exponent < 30 else {
      return String(value)
    }
    var digits = Array(parts[0].utf8.filter { $0 != UInt8(ascii: ".") })
    while digits.last == 0x30 { digits.removeLast() }
    let zero = UInt8(0x30)
    let sign = value < 0 ? "-" : ""
    if exponent < 0 {
      let zeros = [UInt8](repeating: zero, count: -exponent - 1)
      return sign + "0." + String(decoding: zeros + digits, as: UTF8.self)
    }
    while digits.count <= exponent { digits.append(zero) }
    let fraction = digits[(exponent + 1)...]
    let whole = String(decoding: digits[...exponent], as: UTF8.self)
    return sign + whole + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self))
  }

  /// A number of which digits are lost, as a spreadsheet shows it: `1,23456789012345E+15`. It is
  /// refused wherever it comes back.
  static func cutShort(_ value: Double) -> String {
    let parts = scientific(abs(value)).split(separator: "e").map(String.init)
    var digits = parts[0].replacing(".", with: ",")
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "," { digits.removeLast() }
    return "\(value < 0 ? "-" : "")\(digits)E\(parts[1])"
  }

  /// 15 significant digits and an exponent.
  private static func scientific(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.14e", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
