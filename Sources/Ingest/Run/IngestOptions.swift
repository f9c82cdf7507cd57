public import Events

/// How a file is read, beyond what it says itself.
public struct IngestOptions: Sendable {
  /// Where rejected rows are written.
  public enum Rejects: Sendable, Equatable {
    /// `NAME.rejected.csv` beside the input, or the next free number of it; nowhere for standard
    /// input.
    case beside
    case path(String)
    case nowhere
  }

  /// `nil`: by byte-order mark, or by looking at the bytes.
  public var encoding: TextEncoding?
  /// `nil`: by the first line.
  public var delimiter: Delimiter?
  /// The sheet of a workbook, by name or by number from 1; `nil`: the first one that is shown.
  public var sheet: String?
  /// The sheet a binding names, which `sheet` overrules; a file that is no workbook has none, and may
  /// be one of rejected rows.
  var boundSheet: String?
  /// Whether the kind of record was taken from the file's name or folder, where it has to be changed.
  public var isNamedByKind = false
  /// Whether the file is all there is: what it does not name is taken back once it was read.
  public var isSnapshot = false
  /// Same checks, same report, nothing written anywhere.
  public var dryRun = false
  public var rejects = Rejects.beside
  /// The programme of rows that do not say.
  public var programme: String?
  /// The day the run takes place, after which nothing can have been held; `nil`: no day is too late.
  public var today: CivilDate?
  /// Reading stops once so many rows were rejected; `nil`: it goes on.
  public var maxErrors: Int?
  /// How the numbers count that Excel leaves in place of dates; `nil`: such a number is no date.
  public var excelDates: ExcelDates?
  /// SHA-256 of the files beside the input that the same run has left when it was interrupted, by
  /// path: they are replaced, unless somebody has changed them.
  public var earlierFiles: [String: String] = [:]
  /// Rows the same run had read when it was interrupted: one that is ended earlier leaves the files
  /// beside the input as they are.
  public var earlierRows = 0
  /// Can be read once the run is to end: whoever waits for bytes waits for this, too.
  var stop: Int32?
  /// How many diagnostics and corrections a report keeps in full; all are counted.
  public var kept = 1_000

  public init(
    encoding: TextEncoding? = nil, delimiter: Delimiter? = nil, dryRun: Bool = false,
    rejects: Rejects = .beside, programme: String? = nil, sheet: String? = nil,
    maxErrors: Int? = nil, excelDates: ExcelDates? = nil
  ) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.dryRun = dryRun
    self.rejects = rejects
    self.programme = programme
    self.sheet = sheet
    self.maxErrors = maxErrors
    self.excelDates = excelDates
  }
}
