/// A number with three digits behind its only point or comma: `1.200` and `1,200` are 1.2 to some and
/// 1200 to others.
struct GroupedNumber {
  /// What it is if the sign stands between thousands.
  let whole: Int
  /// The digits behind the sign.
  private let behind: String
  private let before: String
  private let sign: String

  /// `nil` for every other text, at once for most: no digits, or a zero, stand before thousands only
  /// by mistake (`0,125`).
  init?(_ cell: CellText) {
    let bytes = cell.bytes
    let place = bytes.count - 4
    let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
    guard (start + 1...start + 3).contains(place), bytes[start] != UInt8(ascii: "0"),
      bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ","),
      bytes.indices.allSatisfy({ $0 == place || $0 < start || isDigit(bytes[$0]) })
    else { return nil }
    before = String(decoding: bytes[..<place], as: UTF8.self)
    behind = String(decoding: bytes[(place + 1)...], as: UTF8.self)
    sign = String(decoding: bytes[place...place], as: UTF8.self)
    whole = Int(before + behind) ?? 0
  }

  var isWholeFraction: Bool { behind == "000" }

  /// Whether it ends in a zero, as no program writes a number it has.
  var hasIdleZero: Bool { behind.last == "0" }

  var isWithPoint: Bool { sign == "." }

  /// What to write instead.
  ///
  /// - Parameters:
  ///   - isWhole: whether only whole numbers are possible where it stands.
  ///   - hasCommas: whether decimals stand behind a comma in the file, for certain.
  func hint(isWhole: Bool, hasCommas: Bool) -> String {
    if isWhole {
      return "write \(whole)" + (isWholeFraction ? ", or \(before) if that is meant" : "")
    }
    return "write \(whole), or \(decimals(hasCommas)) if it is a fraction"
  }

  /// The fraction as nobody takes it for thousands: with any other number of digits than three.
  private func decimals(_ hasCommas: Bool) -> String {
    if hasCommas { return before + "," + behind }
    var digits = behind
    while digits.last == "0" { digits.removeLast() }
    if digits.count == 3 { digits += "0" }
    return digits.isEmpty ? before : before + sign + digits
  }
}

/// What a point or a comma before three digits may be in an input.
enum NumberWriting {
  /// Numbers come as numbers, with a point before their decimals; only a text can be in doubt.
  case exact
  /// Decimals stand behind a comma: cells are separated by semicolons, as spreadsheets write where that
  /// is so.
  case commas
  /// Nobody knows.
  case doubtful

  init(_ reader: any RowReader) {
    if reader.wording == .keys {
      self = .doubtful
    } else if reader.encoding == nil || reader.form != nil {
      self = .exact
    } else {
      self = reader.delimiter == .semicolon ? .commas : .doubtful
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
