internal import Events
internal import FoundationEssentials

/// What every row of a run is checked against.
final class CheckContext {
  let file: String
  let register: Register
  let matcher: PersonMatcher
  /// The programme the user named, for rows that do not say.
  let programme: String?
  private(set) var matches: [String: Int] = [:]
  let sessions: SessionDirectory
  private var nearNames: [String: String?] = [:]
  private static let mostNearNames = 200
  private var owners: [String: String] = [:]

  init(
    file: String, register: Register, sessions: any SessionSource, resolver: any IdentityResolver,
    programme: String?
  ) {
    self.file = file
    self.register = register
    self.sessions = SessionDirectory(sessions)
    self.programme = programme
    matcher = PersonMatcher(resolver: resolver, register: register)
  }

  /// Whose an address is by the rows so far: whoever came with it first.
  func claim(_ email: String, by personID: String) -> String {
    if let owner = owners[email] { return owner }
    owners[email] = personID
    return personID
  }

  /// The known name nearest to one that is not. Found once a name, and for so many names only: whoever
  /// sends a hundred thousand unknown ones is not helped by a spelling.
  func near(_ name: String, _ what: IngestCode, _ find: () -> String?) -> String? {
    let key = what.id + name
    if let found = nearNames[key] { return found }
    guard nearNames.count < CheckContext.mostNearNames else { return nil }
    let found = find()
    nearNames.updateValue(found, forKey: key)
    return found
  }

  func count(_ method: MatchMethod) { matches[method.rawValue, default: 0] += 1 }
}

/// The texts of a batch while it is being checked.
struct BatchText {
  let bytes: UnsafeBufferPointer<UInt8>
  let aside: UnsafeBufferPointer<UInt8>
  let fixed: UnsafeBufferPointer<UInt8>
  let cells: UnsafeBufferPointer<RowBatch.Cell>
}
