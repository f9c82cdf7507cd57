internal import FoundationEssentials

/// The sessions a run has asked for. A block of rows names them first, and they are looked up at
/// once; answers are remembered, up to a bound.
final class SessionDirectory {
  private let source: any SessionSource
  private var known: [String: Register.SessionEntry?] = [:]
  /// What the rows of this block name, and what of it nobody has looked up yet.
  private var named: Set<String> = []
  private var wanted: Set<String> = []
  private var last: (code: [UInt8], entry: Register.SessionEntry?)?
  private var lastNamed: [UInt8]?
  private var allCodes: [String]?
  private let bound: Int

  /// - Parameter bound: sessions that are remembered from one block to the next.
  init(_ source: any SessionSource, bound: Int = 100_000) {
    self.source = source
    self.bound = bound
  }

  /// Notes what a row will ask for. Rows about one session stand together, so that the last one is
  /// compared first.
  func want(_ code: CellText) {
    guard !code.isEmpty, lastNamed.map({ code.isExactly($0) }) != true else { return }
    lastNamed = Array(code.bytes)
    let text = code.string
    named.insert(text)
    if known.index(forKey: text) == nil { wanted.insert(text) }
  }

  /// Looks up everything that was noted.
  func lookUp() throws {
    last = nil
    lastNamed = nil
    defer { named.removeAll(keepingCapacity: true) }
    guard !wanted.isEmpty else { return }
    if known.count > bound {
      // Rows of this block may name sessions that were known.
      known.removeAll(keepingCapacity: true)
      wanted = named
    }
    let found = try source.sessions(Array(wanted))
    for code in wanted { known.updateValue(found[code], forKey: code) }
    wanted.removeAll(keepingCapacity: true)
  }

  /// A session among those looked up.
  func entry(_ code: CellText) -> Register.SessionEntry? {
    if let last, code.isExactly(last.code) { return last.entry }
    let entry = known[code.string] ?? nil
    last = (Array(code.bytes), entry)
    return entry
  }

  /// Whether it is the code of a session among those looked up.
  func knows(_ code: String) -> Bool { (known[code] ?? nil) != nil }

  /// A session by its code, looked up now.
  func entry(named code: String) throws -> Register.SessionEntry? {
    if let entry = known[code] { return entry }
    let entry = try source.sessions([code])[code]
    known.updateValue(entry, forKey: code)
    return entry
  }

  /// Those of the people whose attendance at a session somebody has recorded.
  func attendanceRecorded(at session: String, of people: [UUID]) throws -> Set<UUID> {
    try source.attendanceRecorded(at: session, of: people)
  }

  /// Known codes, for the nearest to a misspelled one.
  func codes() throws -> [String] {
    if let allCodes { return allCodes }
    let codes = try source.codes()
    allCodes = codes
    return codes
  }
}
