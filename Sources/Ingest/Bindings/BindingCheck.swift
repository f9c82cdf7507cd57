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
  }

  /// Throws everything that is wrong with the file's header; answers what somebody should look at.
  public func check(
    _ binding: Binding, file: String, options: IngestOptions
  ) throws -> [Diagnostic] {
    do {
      return try binding.open(file, setting(binding, options)).reader.takeNotes().warnings
    } catch let error as InputError {
      throw try KnownPeople(register, people).hidden(in: error)
    }
  }

  private func setting(_ binding: Binding, _ options: IngestOptions) -> BindingSetting {
    let directory = SessionDirectory(sessions)
    return BindingSetting(
      binding: binding.file, register: register, sessions: directory, options: options,
      disclosure: Disclosure(register, directory),
      matcher: PersonMatcher(resolver: people, register: register), zones: zones)
  }
}
