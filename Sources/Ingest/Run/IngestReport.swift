public import Events
public import FoundationEssentials

/// What became of one file, row by row in numbers: kept with the run for ever, so it never says
/// who anybody is.
public struct IngestReport: Sendable, Equatable, Codable {
  /// How many times a code was found.
  public struct CodeCount: Sendable, Equatable, Codable {
    public var code: String
    public var severity: String
    public var count: Int
  }

  public var run: UUID
  /// The run's number in its institution, as `varde runs` lists it.
  public var number: Int?
  public var kind: String
  /// The file as the user named it.
  public var file: String
  public var isDryRun: Bool
  /// Of all bytes of the file, as they were read.
  public var sha256 = ""
  public var bytes = 0
  public var encoding: EncodingChoice?
  public var delimiter: Delimiter?
  /// What kind of file it is, where it is no delimited text.
  public var form: String?

  /// Rows below the header that hold anything.
  public var read = 0
  public var new = 0
  public var corrected = 0
  public var unchanged = 0
  public var duplicate = 0
  public var rejected = 0
  /// Rows of records that were erased with their person: not recorded again, and counted among the
  /// unchanged.
  public var erased = 0
  /// Records the log held and a full snapshot did not name: taken back, or, in a dry run, what would
  /// be. Not among the rows read.
  public var retracted = 0
  /// Records the log holds and a full snapshot does not name, whether or not they were taken back.
  public var missing = 0
  /// The first of those.
  public var missingRecords: [RetractedRecord] = []
  /// People in a meeting report who are not the institution's; counted, not recorded, and not
  /// among the rows read.
  public var externalGuests = 0
  /// Rows a binding leaves out because the tool itself says they are no records, for example
  /// previews; by reason, and not among the rows read.
  public var excluded: [String: Int] = [:]
  /// How people were recognised: `person_id`, `email`, `name`; `new` where they were made known.
  public var matches: [String: Int] = [:]
  /// People of rejected rows whom nobody knows, or more than one.
  public var unmatched = 0
  /// Whether reading ended before the end of the file.
  public var stoppedEarly = false
  /// Whether a signal ended it; the same file, sent again, goes on where it stopped.
  public var isInterrupted = false
  /// Whether nothing was recorded because not every row was good and all or nothing was asked for.
  public var isRefused = false
  /// Whether the input could not be used at all: the diagnostics say why, and nothing was counted.
  public var isUnusable = false
  /// The first and the last position written; other runs may have written between them.
  public var positions: ClosedRange<Int64>?

  public var errorCount = 0
  public var warningCount = 0
  public var codes: [CodeCount] = []
  /// The first ones in the order of the file; see `errorCount` and `warningCount` for all.
  public var diagnostics: [Diagnostic] = []
  /// The first ones; `corrected` counts all.
  public var corrections: [Correction] = []
  /// People who are called otherwise since, and addresses that were added to known people.
  public var namesChanged = 0
  public var emailsAdded = 0
  /// The first of those.
  public var personChanges: [PersonChange] = []
  /// Where the rejected rows are, if there are any and they were written.
  public var rejectsFile: String?
  /// Whether the rows that were not rejected are in that file, too, because they count together.
  public var isGivenBackWhole = false
  /// Where those people are named who were not matched. It says who they are; the report does not.
  public var unmatchedFile: String?

  /// SHA-256 of those two files by path, where a signal ended the run: whoever continues it may
  /// replace them as long as nobody has changed them.
  public var interruptedFiles: [String: String] = [:]

  init(run: UUID, kind: String, file: String, isDryRun: Bool) {
    self.run = run
    self.kind = kind
    self.file = file
    self.isDryRun = isDryRun
  }

  /// The report on an input that was turned down as a whole, or that was not even opened because its
  /// binding is of no use.
  public init(unusable error: InputError, run: UUID, kind: String, file: String, isDryRun: Bool) {
    self.init(run: run, kind: kind, file: file, isDryRun: isDryRun)
    isUnusable = true
    add(error.diagnostics, keeping: .max)
  }

  /// Whether every row read became exactly one of the five things that can become of it.
  public var isBalanced: Bool { read == new + corrected + unchanged + duplicate + rejected }

  /// Whether rejected rows, or people who were not matched, could not be written to their file.
  public var lacksRejects: Bool {
    codes.contains { $0.code == IngestCode.rejectsUnwritable.id }
  }

  /// The report in one line.
  public var summary: String {
    "read \(read): \(new) new, \(corrected) corrected, \(unchanged) unchanged,"
      + " \(duplicate) duplicate, \(rejected) rejected"
  }

  mutating func add(_ found: [Diagnostic], keeping limit: Int) {
    for diagnostic in found {
      count(diagnostic)
      if diagnostics.count < limit { diagnostics.append(diagnostic) }
    }
  }

  mutating func add(_ changes: [PersonChange], keeping limit: Int) {
    for change in changes {
      switch change.what {
      case .name: namesChanged += 1
      case .email: emailsAdded += 1
      }
      if personChanges.count < limit { personChanges.append(change) }
    }
  }

  /// Adds what concerns the file as a whole; it stands before what concerns its rows.
  public mutating func add(first diagnostic: Diagnostic) {
    count(diagnostic)
    diagnostics.insert(diagnostic, at: 0)
  }

  private mutating func count(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 } else { warningCount += 1 }
    if let index = codes.firstIndex(where: { $0.code == diagnostic.code }) {
      codes[index].count += 1
    } else {
      codes.append(
        CodeCount(code: diagnostic.code, severity: diagnostic.severity.rawValue, count: 1))
    }
  }
}

extension Diagnostic: Codable {
  private enum CodingKeys: CodingKey {
    case code, severity, file, line, column, message, hint, excerpt, caret, reference
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      code: try values.decode(String.self, forKey: .code),
      severity: Severity(rawValue: try values.decode(String.self, forKey: .severity)) ?? .error,
      file: try values.decode(String.self, forKey: .file),
      line: try values.decodeIfPresent(Int.self, forKey: .line),
      column: try values.decodeIfPresent(Int.self, forKey: .column),
      message: try values.decode(String.self, forKey: .message),
      hint: try values.decodeIfPresent(String.self, forKey: .hint),
      excerpt: try values.decodeIfPresent(String.self, forKey: .excerpt),
      caret: try values.decodeIfPresent(Int.self, forKey: .caret),
      reference: try values.decodeIfPresent(String.self, forKey: .reference))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(code, forKey: .code)
    try values.encode(severity.rawValue, forKey: .severity)
    try values.encode(file, forKey: .file)
    try values.encodeIfPresent(line, forKey: .line)
    try values.encodeIfPresent(column, forKey: .column)
    try values.encode(message, forKey: .message)
    try values.encodeIfPresent(hint, forKey: .hint)
    try values.encodeIfPresent(excerpt, forKey: .excerpt)
    try values.encodeIfPresent(caret, forKey: .caret)
    try values.encodeIfPresent(reference, forKey: .reference)
  }
}
