public import Events

/// Holds a binding against what is recorded and against files, before any row is read.
public struct BindingCheck {
  private let register: Register
  private let sessions: any SessionSource
  private let people: any IdentityResolver
  private let zones: any ZoneSource

  public init(
    register: Register, sessions: any SessionSource, people: any IdentityResolver,
    zones: any ZoneSource
  ) {
    self.register = register
    self.sessions = sessions
    self.people = people
    self.zones = zones
  }

  /// Throws everything the binding names that is not recorded.
  public func check(_ binding: Binding) throws {
    try binding.check(against: register, sessions: sessions)
    try binding.tool.checkZone(setting(binding, IngestOptions()))
    let unknown = binding.tool.unknownReferences(register, binding: binding.file)
    if !unknown.isEmpty { throw InputError(unknown) }
  }

  /// Throws everything that is wrong with the file's header, or, where it has none, what the binding
  /// does not know in its first records; answers what somebody should look at.
  public func check(
    _ binding: Binding, file: String, options: IngestOptions
  ) throws -> [Diagnostic] {
    do {
      let input = try binding.open(file, setting(binding, options))
      if !type(of: binding.tool).hasHeader {
        let found = try BindingCheck.strangers(input, file)
        if !found.isEmpty { throw InputError(found) }
      }
      if let untold = try BindingCheck.untoldZone(input, file) { throw InputError([untold]) }
      return input.reader.takeNotes().warnings
    } catch let error as InputError {
      throw try KnownPeople(register, people).hidden(
        in: error.explained(byDelimiterOf: file, options))
    }
  }

  /// Of so many records it is looked what is in them, and so many things are told.
  private static let sampled = 500
  private static let told = 20

  /// What stands in the first records and is neither in the binding nor in what it names; each once.
  private static func strangers(_ input: BoundInput, _ file: String) throws -> [Diagnostic] {
    guard try input.reader.nextRecords(atMost: sampled) else { return [] }
    let batch = input.reader.batch
    var found: [Diagnostic] = []
    func add(_ code: IngestCode, _ place: SourcePosition, _ message: String, _ hint: String?) {
      let isTold = found.contains { $0.code == code.id && $0.message == message }
      guard found.count < told, !isTold else { return }
      found.append(
        Diagnostic(
          code, file: file, line: place.line, column: place.column, message: message, hint: hint))
    }
    for (index, row) in batch.rows.enumerated() {
      if let fault = row.fault, [.unknownElement, .notAnswer].contains(fault.kind) {
        add(fault.code, batch.position(of: fault.offset, in: row), fault.message, nil)
      }
      for objection in batch.objections[index] ?? []
      where [IngestCode.unmappedElement, .unmappedObject].contains(objection.code) {
        let cell = objection.cell.map { batch.cells[Int(row.firstCell) + $0].origin }
        add(
          objection.code, objection.place ?? batch.position(of: cell ?? row.start, in: row),
          objection.message, objection.hint)
      }
    }
    return found
  }

  /// That no row of a survey's file could be read, for its times lack a zone, and the binding has none.
  private static func untoldZone(_ input: BoundInput, _ file: String) throws -> Diagnostic? {
    let column =
      input.layout.sources.indices.contains(ResponseKind.At.on)
      ? input.layout.sources[ResponseKind.At.on] : -1
    guard let clock = (input.kind as? ResponseKind)?.clock, clock.zone == nil, column >= 0,
      try input.reader.nextRecords(atMost: sampled)
    else { return nil }
    let batch = input.reader.batch
    for row in batch.rows where row.fault == nil && Int(row.cellCount) > column {
      let cell = batch.cells[Int(row.firstCell) + column]
      let isLocal = Array(batch.span(cell)).withUnsafeBufferPointer { text in
        if case .value(.local) = CellText(text).writtenTime() { true } else { false }
      }
      guard isLocal else { continue }
      let place = batch.position(of: cell.origin, in: row)
      return Diagnostic(
        .zoneUntold, file: file, line: place.line, column: place.column,
        message: "'\(clock.column)' does not say its offset from UTC, and the binding has no zone")
    }
    return nil
  }

  private func setting(_ binding: Binding, _ options: IngestOptions) -> BindingSetting {
    let directory = SessionDirectory(sessions)
    return BindingSetting(
      binding: binding.file, register: register, sessions: directory, options: options,
      disclosure: Disclosure(register, directory),
      matcher: PersonMatcher(resolver: people, register: register), zones: zones)
  }
}
