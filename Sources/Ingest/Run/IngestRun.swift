internal import Events
public import FoundationEssentials

/// Takes files to the log: rows are read, checked and matched with people in chunks of at most
/// 5,000, so that memory does not grow with the file, and each chunk is recorded as a whole.
///
/// A row that is wrong never takes others with it. What is wrong with the file as a whole is an
/// `InputError`, thrown before anything is recorded.
public struct IngestRun {
  /// The run this is part of, as the log and the reports name it.
  public let id: UUID
  let register: Register
  let resolver: any IdentityResolver
  let sink: any EventSink
  let options: IngestOptions

  public init(
    id: UUID, register: Register, people: any IdentityResolver, sink: any EventSink,
    options: IngestOptions = IngestOptions()
  ) {
    self.id = id
    self.register = register
    resolver = people
    self.sink = sink
    self.options = options
  }

  /// Reads a file of one of our templates; `-` is standard input.
  public func ingest(_ kind: any RecordKind, file: String) throws -> IngestReport {
    guard let kind = kind as? any CheckedKind else {
      preconditionFailure("every kind of RecordKinds.all is checked")
    }
    let input = try TableInput(file, options)
    let header = try input.header(of: kind.name)
    let layout = try Layout(header: header, kind: kind, register: register, file: file)
    let chunks = chunks(kind, layout, input, header: layout.ownHeader(header, input))
    try chunks.runAll()
    return try chunks.finish()
  }

  /// Reads a file of a tool, as its binding says.
  public func ingest(_ binding: Binding, file: String) throws -> IngestReport {
    switch binding.source {
    case .nettskjema(let form):
      var kind = try form.kind(checking: register, file: binding.file)
      let input = try TableInput(file, options)
      let header = try input.header(of: kind.name)
      let (layout, hasInstant) = try form.layout(header: header, kind: kind, file: file)
      kind.hasInstant = hasInstant
      let chunks = chunks(kind, layout, input, header: layout.ownHeader(header, input))
      try chunks.runAll()
      return try chunks.finish()
    case .teams(let meeting):
      let session = try meeting.session(in: register, file: binding.file)
      var told = options
      told.delimiter = told.delimiter ?? .tab
      let input = try TableInput(file, told)
      let report = try TeamsReport(input)
      let chunks = chunks(
        AttendanceKind(), report.layout(session: session.code), input, header: report.header)
      try chunks.run(
        try report.attendance(
          presence: meeting.presence, group: session.group, matcher: chunks.context.matcher))
      return try chunks.finish()
    }
  }

  private func chunks(
    _ kind: some CheckedKind, _ layout: Layout, _ input: TableInput, header: [UInt8]
  ) -> ChunkLoop {
    ChunkLoop(
      run: self, kind: kind, layout: layout, input: input, header: header,
      context: CheckContext(
        file: input.source.name, register: register, resolver: resolver,
        programme: options.programme))
  }
}
