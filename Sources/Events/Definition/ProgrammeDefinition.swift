/// One programme as its people describe it in a file: who runs it, where and how it is meant to
/// be done, what is asked in it and when.
///
/// It is plan and vocabulary, never persons or results. Applying it appends the events of
/// ``events()``; applied again, only what differs becomes events.
public struct ProgrammeDefinition: Sendable, Equatable {
  public var institution: Institution
  public var programme: Programme
  public var calendar: Calendar
  /// Faculties, departments and the like, a tree; in the order of the file.
  public var units: [Unit]
  public var groups: [Group]
  public var instruments: [Instrument]
  public var waves: [Wave]
  public var targets: [Target]
  /// What is recorded only with the person's consent; nothing, where the definition is silent.
  public var consent: [ConsentRule]

  /// Reads the bytes of a definition file. `file` is what messages call it.
  ///
  /// All problems are found before it gives up.
  public init(yaml bytes: [UInt8], file: String) throws(DefinitionProblems) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DefinitionProblems([
        Diagnostic(
          code: DefinitionCode.unreadable.rawValue, file: file,
          line: ProgrammeDefinition.firstLineNotUTF8(bytes), message: "the text is not UTF-8",
          hint: "save the file with the encoding UTF-8")
      ])
    }
    try self.init(yaml: text, file: file)
  }

  /// Reads the text of a definition file. `file` is what messages call it.
  public init(yaml text: String, file: String) throws(DefinitionProblems) {
    let text = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    let reader = DefinitionReader(text: text, file: file)
    let read = reader.root(of: text).flatMap { root in
      DefinitionMapping(
        root, what: "the definition", keys: ProgrammeDefinition.sections, reader: reader)
    }.flatMap(ProgrammeDefinition.init(reading:))
    if let read, reader.problems == nil {
      self = read
      return
    }
    throw reader.problems ?? DefinitionProblems([])
  }

  private static let sections = [
    "institution", "programme", "calendar", "units", "groups", "instruments", "waves", "targets",
    "consent",
  ]

  private init?(reading root: DefinitionMapping) {
    // Every section is read before any failure counts, so that all problems come out at once.
    let institution = root.required("institution").flatMap {
      Institution(reading: $0, root.reader)
    }
    let programme = root.required("programme").flatMap { Programme(reading: $0, root.reader) }
    calendar = root["calendar"].flatMap { Calendar(reading: $0, root.reader) } ?? .norwegian
    units = Unit.list(reading: root)
    groups = Group.list(reading: root)
    instruments = Instrument.list(reading: root)
    waves = Wave.list(reading: root)
    targets = Target.list(reading: root, terms: calendar.terms)
    consent = ConsentRule.list(reading: root)
    guard let institution, let programme else { return nil }
    self.institution = institution
    self.programme = programme
  }

  private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int {
    var line = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" { line += 1 }
    }
    return line
  }
}
