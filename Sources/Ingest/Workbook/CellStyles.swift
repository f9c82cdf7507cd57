/// Which number format each style of a workbook has.
struct CellStyles {
  private var formats: [NumberFormat] = []

  init() {}

  init(_ part: ZipPart, file: String) throws(InputError) {
    let xml = try XMLPull(part, file: file)
    var codes: [Int: NumberFormat] = [:]
    while try xml.next() {
      if xml.isStart("numFmt") {
        let format = xml.attributes()
        if let id = format["numFmtId"].flatMap({ Int($0) }), let code = format["formatCode"] {
          codes[id] = NumberFormat(code: code)
        }
      } else if xml.isStart("cellXfs") {
        while try xml.next(), !xml.isEnd("cellXfs") {
          guard xml.isStart("xf") else { continue }
          let id = xml.attributes()["numFmtId"].flatMap { Int($0) } ?? 0
          formats.append(codes[id] ?? NumberFormat(builtIn: id))
        }
      }
    }
  }

  /// The format of a cell's style; cells without one are plain numbers.
  subscript(style: Int) -> NumberFormat {
    formats.indices.contains(style) ? formats[style] : .number
  }
}
