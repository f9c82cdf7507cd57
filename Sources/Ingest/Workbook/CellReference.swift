/// A cell of a sheet as spreadsheets name it: `C17` is the third column of row 17.
struct CellReference: Equatable, CustomStringConvertible {
  var row: Int
  /// Counted from 1.
  var column: Int

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads letters and digits; `nil` for anything else and for what no sheet can hold.
  init?(_ text: UnsafePointer<CChar>) {
    var place = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    var column = 0
    while true {
      // Bit 5 tells small letters from capital ones.
      let letter = place.pointee & ~0x20
      guard (0x41...0x5A).contains(letter) else { break }
      column = column * 26 + Int(letter - 0x40)
      guard column <= 1 << 20 else { return nil }
      place += 1
    }
    var row = 0
    while (0x30...0x39).contains(place.pointee) {
      row = row * 10 + Int(place.pointee - 0x30)
      guard row <= 1 << 30 else { return nil }
      place += 1
    }
    guard column > 0, row > 0, place.pointee == 0 else { return nil }
    self.init(row: row, column: column)
  }

  var description: String {
    var letters: [UInt8] = []
    var rest = column
    while rest > 0 {
      letters.append(0x41 + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self) + String(row)
  }
}
