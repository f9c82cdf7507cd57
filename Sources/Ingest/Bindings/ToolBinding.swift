internal import Events

/// What a binding file says of one tool's files, read and checked: how they become rows of a kind.
///
/// One type a tool, one line in `Tools.all`.
protocol ToolBinding: Sendable {
  /// The `tool:` of the binding file.
  static var tool: String { get }
  /// The kind of record its rows are.
  var kind: String { get }
  /// Whether files of this tool are told from others by their looks alone: their columns are the
  /// tool's, and a binding names none that another file would lack.
  static var isToldByLooks: Bool { get }
  /// Whether files name their columns at the top; if not, only their records show what is in them.
  static var hasHeader: Bool { get }
  /// Reads the members of the binding; ends with `reader.close()`, which throws what was found.
  init(_ reader: inout BindingReader) throws
  /// Checks what the binding names against what is known, before any file is opened: programme,
  /// instrument, items, waves, sessions. Throws all that is wrong with it.
  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws
  /// What the binding translates values to that is not recorded. It may be by the time a file is
  /// sent, so that only a check tells.
  func unknownReferences(_ register: Register, binding file: String) -> [Diagnostic]
  /// Throws where the binding names a time zone nobody knows.
  func checkZone(_ setting: BindingSetting) throws
  /// Opens a file: reads its header, checks it against the binding, and answers how its rows are
  /// read. Throws all that is wrong with the header.
  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput
  /// A binding for a file whose header looks like this tool's, as YAML with comments, to be
  /// completed by hand; `nil` for another tool's file.
  static func draft(for sample: FileSample) -> String?
}

extension ToolBinding {
  static var isToldByLooks: Bool { false }
  static var hasHeader: Bool { true }

  func unknownReferences(_ register: Register, binding file: String) -> [Diagnostic] { [] }

  func checkZone(_ setting: BindingSetting) throws {}
}

/// The tools there are bindings for.
enum Tools {
  static let all: [any ToolBinding.Type] = [
    Nettskjema.self, NettskjemaAnswers.self, LimeSurvey.self, LimeSurveyVV.self, Qualtrics.self,
    REDCap.self, StatisticsSurvey.self, ZoomMeeting.self, TeamsMeeting.self, AttendanceList.self,
    XAPIBinding.self,
    DHIS2Binding.self, TableBinding.self,
  ]

  /// The first tool whose files look like the sample.
  static func tool(of sample: FileSample) -> (any ToolBinding.Type)? {
    all.first { $0.draft(for: sample) != nil }
  }
}

/// What a binding may ask of the run it is part of.
struct BindingSetting {
  /// The binding file, for messages about it.
  let binding: String
  let register: Register
  let sessions: SessionDirectory
  var options: IngestOptions
  /// What of the file may be told.
  let disclosure: Disclosure
  /// Looks people up, for adapters that must know whether somebody is known.
  let matcher: PersonMatcher
  /// The rules of a time zone by its name, for tools that write local times.
  let zones: any ZoneSource
}

/// A tool's file, ready to be read.
struct BoundInput {
  /// Counts and hashes the bytes of the file.
  var source: ByteSource
  /// Rows as `layout` describes them, header gone.
  var reader: any RowReader
  var layout: Layout
  var kind: any CheckedKind
  /// The header as the file of rejected rows repeats it.
  var header: [UInt8]
  /// Set where all of the input is given back when any of it is turned down.
  var whole: (any WholeInput)?
  /// Whether a binding says which column is what.
  var isBound = true
}
