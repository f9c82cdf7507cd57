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
    if REDCap.hasLabels(sample) {
      throw InputError(
        .toolUnknown, file: file,
        message: "'\(file)' looks like an export of REDCap with labels instead of names and codes",
        hint: "export it as 'CSV / Microsoft Excel (raw data)' and draft the binding from that")
    }
    for tool in Tools.all {
      guard let draft = tool.draft(for: sample) else { continue }
      guard let sheet = options.sheet else { return draft }
      // Whoever sends the file need not name it again.
      return draft + "sheet: \(YAMLText.quoted(sheet))\n"
    }
    throw InputError(
      .toolUnknown, file: file, message: "'\(file)' does not look like a file of a known tool",
      hint: "tools are \(tools.joined(separator: ", ")); for one of Varde's own"
        + " templates no binding is needed")
  }
}
