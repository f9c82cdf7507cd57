internal import Events

extension Layout {
  /// The kind whose header this is rather than that of `kind`: it has all that is required there and
  /// at least two more columns. `nil` where that is not clear.
  static func otherKind(
    _ names: [String], than kind: some CheckedKind, _ register: Register
  ) -> String? {
    let own = known(names, to: kind, register)
    let others = RecordKinds.all.compactMap { $0 as? any CheckedKind }
      .filter { other in
        let named = Set(names.compactMap { ColumnTargets.index(of: $0, in: other) })
        return other.name != kind.name
          && other.columns.indices.allSatisfy {
            !other.columns[$0].isRequired || named.contains($0)
          }
      }
      .map { (name: $0.name, known: known(names, to: $0, register)) }
    guard let best = others.max(by: { $0.known < $1.known }), best.known >= own + 2,
      others.count(where: { $0.known == best.known }) == 1
    else { return nil }
    return best.name
  }

  private static func known(
    _ names: [String], to kind: any CheckedKind, _ register: Register
  ) -> Int {
    let targets = ColumnTargets(kind, register)
    return names.count { targets[$0] != nil }
  }
}

extension InputError {
  /// Whether the header was not understood.
  private var isOfHeader: Bool {
    let codes = [IngestCode.noHeader, .unknownColumn, .missingColumn].map(\.id)
    return diagnostics.contains { codes.contains($0.code) }
  }

  /// The error, or which tool the file looks like where that explains it. A table is nobody's in
  /// particular, and a list of attendance is hardly told from one.
  func explained(
    byLooksOf file: String, _ register: Register, _ options: IngestOptions
  ) -> InputError {
    guard isOfHeader, ByteSource.isRegularFile(file),
      let sample = try? FileSample(file, register, options), let tool = Tools.tool(of: sample),
      tool != TableBinding.self,
      tool != AttendanceList.self
        || diagnostics.contains(where: { $0.code == IngestCode.noHeader.id })
    else { return self }
    return InputError(
      .toolWithoutBinding, file: file,
      message: "'\(file)' looks like a file of '\(tool.tool)', and no binding says how to read it",
      hint: "name its binding with --binding; 'varde binding init \(file)' drafts one")
  }
}
