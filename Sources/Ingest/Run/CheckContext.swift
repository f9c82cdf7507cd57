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
  private var lastSession: (code: [UInt8], entry: Register.SessionEntry)?

  init(file: String, register: Register, resolver: any IdentityResolver, programme: String?) {
    self.file = file
    self.register = register
    self.programme = programme
    matcher = PersonMatcher(resolver: resolver, register: register)
  }

  /// Rows about one session stand together, so the last one is asked first.
  func session(_ code: CellText) -> Register.SessionEntry? {
    if let lastSession, lastSession.code.elementsEqual(code.bytes) { return lastSession.entry }
    guard let entry = register.sessions[code.string] else { return nil }
    lastSession = (Array(code.bytes), entry)
    return entry
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
