internal import Events
internal import FoundationEssentials

/// A kind of record: the columns of its files, the checks of a row, and the event a row becomes.
///
/// One file a kind in this folder. A reader fills rows, a layout says which cell is which column,
/// and `draft` does the rest.
public protocol RecordKind: Sendable {
  /// Its name on the command line, for example `attendance`.
  var name: String { get }
  /// The type of the events its rows become.
  var eventType: String { get }
  var columns: [Column] { get }
}

/// What the run needs of a kind and nobody else does.
protocol CheckedKind: RecordKind {
  /// The columns that say whom a row is about, one entry a person.
  var people: [PersonColumns] { get }
  /// The column that names a session recorded before.
  var sessionColumn: Int? { get }
  /// Whether rows may be about people nobody has met yet. Only enrolments may.
  var registersPeople: Bool { get }
  /// Columns that depend on what is known, folded: item codes.
  func openColumns(_ register: Register) -> [String: String]
  /// Notes what a row will ask of the log besides people and sessions.
  func want(_ row: RowCheck)
  /// Looks at a row before any of its block becomes an event, once all that was noted is known.
  /// Called only if something was noted.
  func weigh(_ row: RowCheck)
  /// Checks one row, reporting all that is wrong with it, and builds its event; `nil` when it is
  /// rejected.
  func draft(_ row: inout RowCheck) throws -> EventDraft?
  /// The natural key of a row, whether or not all the rest of it is right; `nil` where it cannot be
  /// told. Of kinds that register people it is without the person.
  func key(_ row: inout RowCheck) throws -> String?
}

extension CheckedKind {
  var people: [PersonColumns] { [] }
  var sessionColumn: Int? { nil }
  var registersPeople: Bool { false }
  func openColumns(_ register: Register) -> [String: String] { [:] }
  func want(_ row: RowCheck) {}
  func weigh(_ row: RowCheck) {}
  func key(_ row: inout RowCheck) throws -> String? { try draft(&row)?.naturalKey }
}

/// Where a row says who somebody is; indices of columns.
struct PersonColumns: Sendable {
  var id: Int?
  var email: Int?
  var name: Int?
}

extension RecordKind {
  /// A header and one example row, to be filled in: what `varde template` prints.
  public func template(language: Language = .en) -> String {
    let isNorwegian = language == .nb
    let names = columns.map { isNorwegian ? $0.aliases.first ?? $0.name : $0.name }
    let examples = columns.map { isNorwegian ? $0.norwegianExample : $0.example }
    return CSVWriter.row(names, delimiter: .semicolon) + "\n"
      + CSVWriter.row(examples, delimiter: .semicolon) + "\n"
  }
}

/// The kinds there are, in the order their files are usually sent.
public enum RecordKinds {
  public static let all: [any RecordKind] = [
    EnrolmentKind(), ConsentKind(), SessionKind(), AttendanceKind(), ObservationKind(),
    LogEntryKind(),
    ResponseKind(), HoursKind(), SupportActKind(), OutreachKind(),
  ]

  /// The kind of that name, or `nil`.
  public static func named(_ name: String) -> (any RecordKind)? {
    all.first { $0.name == name }
  }
}
