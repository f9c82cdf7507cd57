extension Binding {
  /// The tools there are bindings for.
  public static var tools: [String] { Tools.all.map { $0.tool } }

  /// A binding drafted from a file, as YAML with comments; throws where no tool's files look so.
  ///
  /// - Parameter register: what is recorded, to find items by their names.
  public static func draft(
    for file: String, register: Register = Register(), options: IngestOptions = IngestOptions()
  ) throws -> String {
    let sample = try FileSample(file, register, options)
    for tool in Tools.all {
      if let draft = tool.draft(for: sample) { return draft }
    }
    throw InputError(
      .toolUnknown, file: file, message: "'\(file)' does not look like a file of a known tool",
      hint: "tools are \(tools.joined(separator: ", ")); for one of Varde's own"
        + " templates no binding is needed")
  }
}

extension FileSample {
  /// Reads the beginning of a file.
  init(_ file: String, _ register: Register, _ options: IngestOptions) throws {
    self.file = file
    self.register = register
    let decoder = TextDecoder(
      try ByteSource(path: file), file: file, encoding: options.encoding)
    var bytes: [UInt8] = []
    while bytes.count < 65_536, try decoder.append(to: &bytes) {}
    text = String(decoding: bytes.prefix(65_536), as: UTF8.self)
    rows = FileSample.rows(of: file, options)
  }

  /// A file that is no table has no rows; what is wrong with it is told when it is read.
  private static func rows(of file: String, _ options: IngestOptions) -> [[String]] {
    guard let input = try? OpenedInput(file, options), (try? input.reader.next(atMost: 50)) == true
    else { return [] }
    let batch = input.reader.batch
    return batch.rows.map { row in
      batch.cells(of: row).map { Composition.composed(CellTrim.trimmed(batch.text($0))) }
    }
  }
}
