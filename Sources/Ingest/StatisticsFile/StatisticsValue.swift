internal import CReadStat

/// A value of a statistics file as the text of a cell.
enum StatisticsValue {
  /// Statistics programs keep whole numbers exactly as far as this.
  static let wholeLimit = 0x1p53

  /// The code itself, never its label. Nothing where the program has nothing; codes the makers of
  /// the file count as missing stay (`-99`), and so do Stata's own (`.a`).
  static func text(_ value: readstat_value_t) -> String {
    if readstat_value_is_tagged_missing(value) != 0 {
      let tag = UInt8(bitPattern: readstat_value_tag(value))
      return "." + String(Character(Unicode.Scalar(tag)))
    }
    if readstat_value_is_system_missing(value) != 0 { return "" }
    switch readstat_value_type(value) {
    case READSTAT_TYPE_STRING, READSTAT_TYPE_STRING_REF:
      return readstat_string_value(value).map { String(cString: $0) } ?? ""
    case READSTAT_TYPE_FLOAT:
      // 0.1 of four bytes is not 0.1 of eight.
      let number = readstat_float_value(value)
      return PlainNumber.text(Double("\(number)") ?? Double(number))
    default: return number(value).map { PlainNumber.text($0, wholeBelow: wholeLimit) } ?? ""
    }
  }

  /// The value as a number, `nil` for a text and where there is none.
  static func number(_ value: readstat_value_t) -> Double? {
    if readstat_value_is_tagged_missing(value) != 0 || readstat_value_is_system_missing(value) != 0
    {
      return nil
    }
    let number: Double
    switch readstat_value_type(value) {
    case READSTAT_TYPE_STRING, READSTAT_TYPE_STRING_REF: return nil
    case READSTAT_TYPE_INT8: number = Double(readstat_int8_value(value))
    case READSTAT_TYPE_INT16: number = Double(readstat_int16_value(value))
    case READSTAT_TYPE_INT32: number = Double(readstat_int32_value(value))
    case READSTAT_TYPE_FLOAT: number = Double(readstat_float_value(value))
    default: number = readstat_double_value(value)
    }
    return number.isNaN ? nil : number
  }
}
