/// A number with one point and three digits after it: `1.200` is 1.2 to some and 1200 to others.
struct GroupedNumber {
  /// What it is if the point stands between thousands.
  let whole: String
  /// What it is if the point stands before decimals, written with a comma.
  let fraction: String

  init?(_ cell: CellText) {
    // Most numbers have no point, and are not to be copied for it.
    guard cell.bytes.contains(UInt8(ascii: ".")) else { return nil }
    let text = String(decoding: cell.withoutSpaces(), as: UTF8.self)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let before = parts[0].first == "-" ? parts[0].dropFirst() : parts[0]
    guard parts.count == 2, parts[1].utf8.count == 3, (1...3).contains(before.utf8.count),
      before.first != "0", (before + parts[1]).utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    whole = parts.joined()
    fraction = parts.joined(separator: ",")
  }
}

extension CellText {
  /// Whether it is a number with a decimal comma.
  var hasDecimalComma: Bool {
    bytes.contains(UInt8(ascii: ",")) && !bytes.contains(UInt8(ascii: "."))
      && !GroupedNumber.isDoubtful(self)
  }
}

extension GroupedNumber {
  /// `1,200` says nothing of what commas are.
  fileprivate static func isDoubtful(_ cell: CellText) -> Bool {
    cell.bytes.count { $0 == UInt8(ascii: ",") } > 1
      || cell.bytes.suffix(4).first == UInt8(ascii: ",")
  }
}
