internal import Events
internal import FoundationEssentials

/// What every row of a run is checked against.
final class CheckContext {
  let file: String
  let register: Register
  let matcher: PersonMatcher
  let memberships: Memberships
  /// The programme the user named, for rows that do not say.
  let programme: String?
  /// How the numbers count that Excel leaves in place of dates.
  let excelDates: ExcelDates?
  /// How the input writes numbers.
  var numbers = NumberWriting.exact
  /// How many people were recognised in which way. Few ways, many people: no dictionary.
  private var methods: [(method: MatchMethod, count: Int)] = []
  let sessions: SessionDirectory
  let responses: ResponseDirectory
  /// Responses that do not say who gave them, though the binding says where that stands.
  var unnamed = UnnamedResponses()
  /// People who join a group and are in another one.
  var otherGroups = OtherGroups()
  /// What of the file may be told.
  let disclosure: Disclosure
  private var suggestions: [String: Suggestion] = [:]
  private static let mostSuggestions = 200

  /// A spreadsheet that changed the name, or the known name nearest to it.
  struct Suggestion {
    var damage: String?
    var near: String?
  }

  /// The day the run takes place; `nil` where days of the past and the future are alike.
  var today: CivilDate?
  private var owners: [String: String] = [:]
  private var toldNames: Set<String> = []
  private static let mostToldNames = 100_000
  private var newAddresses: Set<String> = []

  init(
    file: String, register: Register, sessions: any SessionSource,
    records: any RecordSource = NoRecords(), resolver: any IdentityResolver,
    programme: String?, excelDates: ExcelDates? = nil
  ) {
    self.file = file
    self.register = register
    memberships = Memberships(register)
    self.sessions = SessionDirectory(sessions)
    self.responses = ResponseDirectory(records, register)
    self.programme = programme
    self.excelDates = excelDates
    disclosure = Disclosure(register, self.sessions)
    matcher = PersonMatcher(resolver: resolver, register: register)
  }

  /// Whose an address is by the rows so far: whoever came with it first.
  func claim(_ email: String, by personID: String) -> String {
    if let owner = owners[email] { return owner }
    owners[email] = personID
    return personID
  }

  /// Whether a name that is not somebody's comes up beside their identifier for the first time.
  func isFirst(name: String, of subject: UUID) -> Bool {
    guard toldNames.count < CheckContext.mostToldNames else { return false }
    return toldNames.insert(subject.uuidString + name).inserted
  }

  /// Whether an address that nobody has known comes for the first time.
  func isFirst(address: String) -> Bool {
    !matcher.knows(email: address) && newAddresses.insert(address.lowercased()).inserted
  }

  /// What may have been meant by a name that is not known. Found once a name, and for so many names
  /// only: whoever sends a hundred thousand unknown ones is not helped by a spelling.
  func suggestion(
    for name: String, _ what: IngestCode, _ known: some Sequence<String>,
    in wording: InputWording = .columns
  ) -> Suggestion {
    let key = what.id + name
    if let found = suggestions[key] { return found }
    guard suggestions.count < CheckContext.mostSuggestions else { return Suggestion() }
    let damage = SpreadsheetDamage.hint(name, among: known, in: wording)
    let found = Suggestion(
      damage: damage, near: damage == nil ? nearest(to: name, among: known) : nil)
    suggestions[key] = found
    return found
  }

  func count(_ method: MatchMethod) {
    guard let index = methods.firstIndex(where: { $0.method == method }) else {
      return methods.append((method, 1))
    }
    methods[index].count += 1
  }

  /// As the report has it, by the names of the methods.
  var matches: [String: Int] {
    Dictionary(uniqueKeysWithValues: methods.map { ($0.method.rawValue, $0.count) })
  }
}

/// The texts of a batch while it is being checked.
struct BatchText {
  let bytes: UnsafeBufferPointer<UInt8>
  let aside: UnsafeBufferPointer<UInt8>
  let fixed: UnsafeBufferPointer<UInt8>
  let cells: UnsafeBufferPointer<RowBatch.Cell>
}

extension RowBatch {
  /// Runs something on the texts of the batch, which stay where they are for as long.
  func withText<Result>(
    _ layout: Layout, _ body: (BatchText) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { bytes in
      try aside.withUnsafeBufferPointer { aside in
        try layout.fixed.withUnsafeBufferPointer { fixed in
          try cells.withUnsafeBufferPointer { cells in
            try body(BatchText(bytes: bytes, aside: aside, fixed: fixed, cells: cells))
          }
        }
      }
    }
  }
}
