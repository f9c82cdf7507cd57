internal import Events

extension Binding {
  /// Opens a file as the binding says; throws all that is wrong with its header, and, where the file
  /// looks like another tool's, which one that is.
  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    var setting = setting
    setting.options.boundSheet = sheet
    // A pipe cannot be looked at twice.
    guard ByteSource.isRegularFile(file) else { return try tool.open(file, setting) }
    if type(of: tool).isToldByLooks {
      try tool.check(against: setting.register, setting.sessions, binding: setting.binding)
      try tool.checkZone(setting)
      try checkLooks(of: file, setting)
    }
    do {
      return try tool.open(file, setting)
    } catch let error as InputError where error.isOfAnotherFile {
      guard let sample = try? FileSample(file, setting.register, setting.options),
        let look = look(of: sample)
      else { throw error }
      throw InputError(error.diagnostics.map { $0.adding(look) })
    }
  }

  private func checkLooks(of file: String, _ setting: BindingSetting) throws {
    let own = type(of: tool)
    let sample = try FileSample(file, setting.register, setting.options)
    let likely = Tools.tool(of: sample)
    if let likely, likely == own { return }
    // Meetings are read as a whole when they are opened, and say themselves that nobody is in them.
    if likely?.isToldByLooks != true, own == TeamsMeeting.self || own == ZoomMeeting.self {
      guard likely != nil, likely != TableBinding.self, likely != AttendanceList.self else {
        return
      }
    }
    var diagnostic = Diagnostic(
      .nothingOfTool, file: file, message: "'\(file)' does not look like a file of '\(own.tool)'")
    if let look = look(of: sample) { diagnostic.hint = look }
    throw InputError([diagnostic])
  }

  /// What a file looks like that is not the binding's tool's, in words; `nil` where nothing is known
  /// that looks so.
  private func look(of sample: FileSample) -> String? {
    if let kind = FileSample.ownKind(of: sample) {
      return "it looks like a file of Varde's own for \(kind), which needs no binding"
    }
    guard let likely = Tools.tool(of: sample), likely != type(of: tool) else { return nil }
    guard likely != TableBinding.self else {
      // A survey's file whose header was edited looks like any table.
      guard type(of: tool).isToldByLooks else { return nil }
      return "it looks like a plain table, which takes a binding with 'tool: table'"
    }
    return "it looks like a file of '\(likely.tool)': 'varde binding init' drafts a binding for it"
  }
}

extension InputError {
  /// Whether the file may well be another than the one the binding is for.
  fileprivate var isOfAnotherFile: Bool {
    let codes = [IngestCode.headerRows, .noParticipants, .nothingOfTool].map(\.id)
    return diagnostics.contains { codes.contains($0.code) }
  }
}

extension Diagnostic {
  fileprivate func adding(_ look: String) -> Diagnostic {
    var copy = self
    copy.hint = hint.map { "\($0); \(look)" } ?? look
    return copy
  }
}
