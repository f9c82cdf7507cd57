internal import Events
public import FoundationEssentials

/// Takes files to the log: rows are read, checked and matched with people in blocks of at most
/// 5,000, so that memory does not grow with the file, and each block is recorded as a whole.
///
/// A row that is wrong never takes others with it. What is wrong with the file as a whole is an
/// `InputError`, thrown before anything is recorded.
public struct IngestRun {
  /// The run this is part of, as the log and the reports name it.
  public let id: UUID
  let register: Register
  let sessions: any SessionSource
  let records: any RecordSource
  let resolver: any IdentityResolver
  let sink: any EventSink
  let zones: any ZoneSource
  let options: IngestOptions
  let observer: (any RunObserver)?
  let fallout: Fallout?

  /// - Parameters:
  ///   - sessions: where sessions are known; by default those of `register`.
  ///   - fallout: takes in what the run corrects that other records hang on.
  ///   - records: where it is known what is recorded; by default nothing is.
  public init(
    id: UUID, register: Register, sessions: (any SessionSource)? = nil,
    records: (any RecordSource)? = nil,
    people: any IdentityResolver, sink: any EventSink,
    zones: any ZoneSource, options: IngestOptions = IngestOptions(),
    observer: (any RunObserver)? = nil, fallout: Fallout? = nil
  ) {
    self.id = id
    self.register = register
    self.sessions = sessions ?? KnownSessions(entries: register.sessions)
    self.records = records ?? NoRecords()
    resolver = people
    self.sink = sink
    self.zones = zones
    var options = options
    options.stop = observer?.stopDescriptor
    self.options = options
    self.observer = observer
    self.fallout = fallout
  }

  /// Reads a file of one of our templates; `-` is standard input.
  public func ingest(_ kind: any RecordKind, file: String) throws -> IngestReport {
    guard let kind = kind as? any CheckedKind else {
      preconditionFailure("every kind of RecordKinds.all is checked")
    }
    return try read(kind.name, in: context(of: file)) {
      let input = try OpenedInput(file, options)
      let header = try input.header()
      let layout: Layout
      do {
        layout = try input.layout(header, kind, register, programme: options.programme)
      } catch let error as InputError {
        throw error.explained(byLooksOf: file, register, options)
      }
      return BoundInput(
        source: input.source, reader: input.reader, layout: layout, kind: kind,
        header: layout.ownHeader(header, input.reader.delimiter), isBound: false)
    }
  }

  /// Reads a file of a tool, as its binding says.
  public func ingest(_ binding: Binding, file: String) throws -> IngestReport {
    let context = context(of: file)
    let setting = BindingSetting(
      binding: binding.file, register: register, sessions: context.sessions, options: options,
      disclosure: context.disclosure, matcher: context.matcher, zones: zones)
    return try read(binding.kind, in: context) { try binding.open(file, setting) }
  }

  func context(of file: String) -> CheckContext {
    let context = CheckContext(
      file: file, register: register, sessions: sessions, records: records, resolver: resolver,
      programme: options.programme, excelDates: options.excelDates)
    context.today = options.today
    return context
  }

  /// Throws where rows that do not say would belong to a programme nobody knows.
  private func checkProgramme(_ file: String) throws {
    guard let named = options.programme, register.programmes[named] == nil else { return }
    let known = register.programmes.keys
    throw InputError(
      .unknownProgramme, file: file, message: "--programme names none that is known",
      hint: nearest(to: named, among: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? nil : "known are " + known.sorted().joined(separator: ", ")))
  }

  /// Opens an input and takes it to the log.
  func read(
    _ kind: String, in context: CheckContext, opening open: () throws -> BoundInput
  ) throws -> IngestReport {
    do {
      try checkProgramme(context.file)
      let input: BoundInput
      do {
        input = try open()
      } catch is Interruption {
        var report = IngestReport(
          run: id, kind: kind, file: context.file, isDryRun: options.dryRun)
        report.isInterrupted = true
        return report
      } catch let error as InputError {
        let found = error.explained(byDelimiterOf: context.file, options)
        throw options.isNamedByKind ? found.renaming : found
      }
      return try BlockLoop(run: self, input: input, context: context).runAll()
    } catch let error as InputError {
      throw try KnownPeople(register, resolver).hidden(in: error)
    }
  }
}

extension InputError {
  /// The error where another kind is said by another name of the file, and by no command.
  fileprivate var renaming: InputError {
    InputError(
      diagnostics.map { found in
        guard found.code == IngestCode.otherKind.id else { return found }
        var found = found
        found.hint = found.hint?.replacing("varde ingest ", with: "begin the file's name with ")
          .replacing(" …", with: ", or put it into the folder of that kind")
        return found
      })
  }
}
