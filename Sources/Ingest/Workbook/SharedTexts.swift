/// The texts the cells of a workbook share, one after the other in memory.
struct SharedTexts {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  /// Those of which only the beginning is kept.
  private var tooLarge: Set<Int> = []

  init() {}

  init(_ part: ZipPart, file: String, limits: WorkbookLimits) throws(InputError) {
    let xml = try XMLPull(part, file: file)
    var item = RichText(limit: limits.table.cellBytes)
    while try xml.next() {
      guard xml.isStart("si") else { continue }
      item.clear()
      try item.read(xml, upTo: "si")
      if item.isTooLarge { tooLarge.insert(ends.count) }
      bytes.append(contentsOf: item.bytes)
      ends.append(UInt32(truncatingIfNeeded: bytes.count))
      guard bytes.count <= limits.sharedTextBytes, ends.count <= limits.sharedTexts else {
        throw InputError(
          .unpacksTooLarge, file: file,
          message: "the texts of '\(file)' are more than are kept in memory"
            + " (\(limits.sharedTextBytes >> 20) MiB, \(limits.sharedTexts) texts)")
      }
    }
  }

  /// A text and whether it is only the beginning of one that is too large; `nil` when there is no
  /// such text.
  func text(_ index: Int) -> (bytes: ArraySlice<UInt8>, isTooLarge: Bool)? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return (bytes[start..<Int(ends[index])], tooLarge.contains(index))
  }
}
