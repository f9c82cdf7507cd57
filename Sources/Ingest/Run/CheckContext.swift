internal import Events
internal import FoundationEssentials

/// What every row of a run is checked against.
final class CheckContext {
  let file: String
  let register: Register
  let matcher: PersonMatcher
  /// The programme the user named, for rows that do not say.
  let programme: String?
  /// How the numbers count that Excel leaves in place of dates.
  let excelDates: ExcelDates?
  /// How many people were recognised in which way. Few ways, many people: no dictionary.
  private var methods: [(method: MatchMethod, count: Int)] = []
  let sessions: SessionDirectory
  private var owners: [String: String] = [:]

  init(
    file: String, register: Register, sessions: any SessionSource, resolver: any IdentityResolver,
    programme: String?, excelDates: ExcelDates? = nil
  ) {
    self.file = file
    self.register = register
    self.sessions = SessionDirectory(sessions)
    self.programme = programme
    self.excelDates = excelDates
    matcher = PersonMatcher(resolver: resolver, register: register)
  }

  /// Whose an address is by the rows so far: whoever came with it first.
  func claim(_ email: String, by personID: String) -> String {
    if let owner = owners[email] { return owner }
    owners[email] = personID
    return personID
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
