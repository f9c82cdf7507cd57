/// A decimal number and the one way it is written in the log.
struct DecimalNumber: Equatable {
  /// JSON notation without superfluous zeros, so that `22,5` and `22.50` are the same content.
  var text: String
  var value: Double
}

extension CellText {
  /// A whole number: digits, spaces between thousands, and a fraction of zeros (`77.0`, as
  /// Nettskjema writes whole numbers).
  func whole() -> Reading<Int> {
    guard !isEmpty else { return .empty }
    if bytes.count <= 9, isASCIIDigits {
      return .value(bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    switch decimal() {
    case .empty: return .empty
    case .wrong(.notDecimal, _): return .wrong(.notWhole, hint: nil)
    case .wrong(let code, let hint): return .wrong(code, hint: hint)
    case .value(let number):
      guard let value = Int(number.text) else { return .wrong(.notWhole, hint: nil) }
      return .value(value)
    }
  }

  /// The number before a percent sign, as spreadsheets show `80%` or `80 %`; `nil` where there is no
  /// sign after a digit.
  var withoutPercentSign: CellText? {
    guard bytes.last == 0x25 else { return nil }
    let number = CellText(UnsafeBufferPointer(rebasing: bytes.dropLast()))
    guard let last = number.bytes.last, (0x30...0x39).contains(last) else { return nil }
    return number
  }

  /// A number with decimal comma or point and spaces between thousands.
  func decimal() -> Reading<DecimalNumber> {
    guard !isEmpty else { return .empty }
    var digits = withoutSpaces()
    let isNegative = digits.first == 0x2D
    if isNegative { digits.removeFirst() }
    if digits.contains(0x45) || digits.contains(0x65) {
      let text = String(decoding: digits.map { $0 == 0x2C ? 0x2E : $0 }, as: UTF8.self)
      if Double(text) != nil { return .wrong(.excelDamage, hint: nil) }
    }
    let parts = digits.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == 0x2C || $0 == 0x2E })
    guard let first = parts.first, !first.isEmpty, parts.count == 1 || !parts[1].isEmpty,
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }), digits.count <= 18
    else { return .wrong(.notDecimal, hint: nil) }
    var text = first.drop { $0 == 0x30 }
    if text.isEmpty { text = [0x30] }
    var fraction = parts.count == 2 ? parts[1] : []
    while fraction.last == 0x30 { fraction.removeLast() }
    var canonical = String(decoding: text, as: UTF8.self)
    if !fraction.isEmpty { canonical += "." + String(decoding: fraction, as: UTF8.self) }
    if isNegative, canonical != "0" { canonical = "-" + canonical }
    guard let value = Double(canonical) else { return .wrong(.notDecimal, hint: nil) }
    return .value(DecimalNumber(text: canonical, value: value))
  }
}
