internal import FoundationEssentials

/// The sessions a run has asked for. A block of rows names them first, and they are looked up at
/// once; answers are remembered, up to a bound.
final class SessionDirectory {
  private let source: any SessionSource
  private var known: [String: Register.SessionEntry?] = [:]
  private var wanted: Set<String> = []
  private var last: (code: [UInt8], entry: Register.SessionEntry?)?
  private var allCodes: [String]?
  private static let bound = 100_000

  init(_ source: any SessionSource) { self.source = source }

  /// Notes what a row will ask for. Rows about one session stand together, so that the last one is
  /// compared first.
  func want(_ code: CellText) {
    guard !code.isEmpty, last.map({ code.isExactly($0.code) }) != true else { return }
    last = (Array(code.bytes), nil)
    let text = code.string
    if known.index(forKey: text) == nil { wanted.insert(text) }
  }

  /// Looks up everything that was noted.
  func lookUp() throws {
    last = nil
    guard !wanted.isEmpty else { return }
    if known.count > SessionDirectory.bound { known.removeAll(keepingCapacity: true) }
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
