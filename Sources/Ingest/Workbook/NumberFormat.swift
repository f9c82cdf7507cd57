/// What a number format makes of a number, as far as it changes what the number means.
enum NumberFormat: Equatable {
  case number, percent, date, time, dateTime
  /// Hours that go on after 24.
  case elapsed
  /// Whole numbers with zeros in front of them, up to so many digits: codes.
  case padded(Int)

  /// The formats every spreadsheet knows by number; those of other numbers are written out.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    case 14...17, 27...31, 34...36, 50...54, 57, 58: self = .date
    case 18...21, 32, 33, 45, 47, 55, 56: self = .time
    case 22: self = .dateTime
    case 46: self = .elapsed
    default: self = .number
    }
  }

  /// Reads a format such as `dd.mm.yyyy hh:mm` or `[$-414]d. mmm\ yyyy;@`: what its first section
  /// shows, without what it puts in literally.
  init(code: String) {
    let first = code.utf8.prefix { $0 != UInt8(ascii: ";") }
    if (2...15).contains(first.count), first.allSatisfy({ $0 == UInt8(ascii: "0") }) {
      self = .padded(first.count)
      return
    }
    var hasDay = false
    var hasTime = false
    var hasMonth = false
    var hasPercent = false
    var isElapsed = false
    var letters = Array(code.utf8)[...]
    while let letter = letters.popFirst() {
      switch letter {
      case UInt8(ascii: ";"): letters = []
      case UInt8(ascii: "\""):
        letters = letters.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): letters = letters.dropFirst()
      case UInt8(ascii: "["):
        let inside = letters.prefix { $0 != UInt8(ascii: "]") }
        letters = letters.dropFirst(inside.count + 1)
        if !inside.isEmpty, inside.allSatisfy({ [0x68, 0x6D, 0x73].contains($0 | 0x20) }) {
          isElapsed = true
        }
      default:
        // An exponent, `0.00E+00`, is no year of an era.
        if letter | 0x20 == 0x65, [0x2B, 0x2D].contains(letters.first) { continue }
        switch letter | 0x20 {
        case UInt8(ascii: "y"), UInt8(ascii: "d"), UInt8(ascii: "e"): hasDay = true
        case UInt8(ascii: "h"), UInt8(ascii: "s"): hasTime = true
        case UInt8(ascii: "m"): hasMonth = true
        case UInt8(ascii: "g") where letters.starts(with: Array("eneral".utf8)):
          letters = letters.dropFirst(6)
        case UInt8(ascii: "%") | 0x20: hasPercent = hasPercent || letter == UInt8(ascii: "%")
        default: break
        }
      }
    }
    switch (hasDay, hasTime) {
    case _ where isElapsed: self = .elapsed
    case (true, true): self = .dateTime
    case (true, false): self = .date
    case (false, true): self = .time
    case (false, false): self = hasMonth ? .date : hasPercent ? .percent : .number
    }
  }
}
