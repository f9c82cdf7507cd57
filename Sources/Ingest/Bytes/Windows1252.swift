/// Windows-1252, the encoding Excel on Norwegian Windows writes as "CSV".
enum Windows1252 {
  /// Code points of 0x80…0x9F; 0 where the encoding has no character.
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// The bytes above ASCII that Nordic office text is made of: letters, dashes, quotes, no-break
  /// space and a few signs. A file with others may still be Windows-1252, but somebody has to say so.
  private static let expected: [Bool] = {
    var isExpected = [Bool](repeating: false, count: 256)
    for byte in 0..<0x80 { isExpected[byte] = true }
    for byte in letters + signs { isExpected[Int(byte)] = true }
    return isExpected
  }()

  private static let letters: [UInt8] = [
    0xC6, 0xD8, 0xC5, 0xE6, 0xF8, 0xE5,  // Æ Ø Å æ ø å
    0xC4, 0xD6, 0xDC, 0xE4, 0xF6, 0xFC,  // Ä Ö Ü ä ö ü
    0xC1, 0xC9, 0xC8, 0xD3, 0xE0, 0xE1, 0xE2, 0xE8, 0xE9, 0xEA, 0xEB, 0xED, 0xEF, 0xF1,
    0xF2, 0xF3, 0xF4, 0xFA, 0xE7, 0xDF,  // Á É È Ó à á â è é ê ë í ï ñ ò ó ô ú ç ß
    0x8A, 0x9A, 0x8E, 0x9E,  // Š š Ž ž
  ]

  private static let signs: [UInt8] = [
    0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,  // € … ‘ ’ “ ” • – —
    0x82, 0x84, 0xAB, 0xBB,  // ‚ „ « »
    0xA0, 0xA7, 0xB0, 0xBD, 0xB4, 0xA9, 0xAE, 0xB2,  // no-break space § ° ½ ´ © ® ²
  ]

  static func expects(_ byte: UInt8) -> Bool { expected[Int(byte)] }

  /// Appends the UTF-8 of one byte. The five bytes without a character stay as they are: alone
  /// they are no UTF-8, so the reader rejects their row instead of inventing a letter.
  static func append(_ byte: UInt8, to buffer: inout [UInt8]) {
    guard byte >= 0x80 else { return buffer.append(byte) }
    let code = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
    switch code {
    case 0: buffer.append(byte)
    case ..<0x800:
      buffer.append(0xC0 | UInt8(truncatingIfNeeded: code >> 6))
      buffer.append(0x80 | UInt8(truncatingIfNeeded: code & 0x3F))
    default:
      buffer.append(0xE0 | UInt8(truncatingIfNeeded: code >> 12))
      buffer.append(0x80 | UInt8(truncatingIfNeeded: code >> 6 & 0x3F))
      buffer.append(0x80 | UInt8(truncatingIfNeeded: code & 0x3F))
    }
  }

  /// The byte of a character, or `nil` where the encoding has none.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
    guard scalar.value <= 0xFFFF, let index = upper.firstIndex(of: UInt16(scalar.value)) else {
      return nil
    }
    return UInt8(0x80 + index)
  }
}
