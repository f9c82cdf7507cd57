import ArgumentParser
import Events
import FoundationEssentials
import Ingest

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read files, check every row, and append what is new or changed to the log.",
    discussion: """
      Send the whole file again any time: rows the log knows are unchanged, rows that differ become \
      corrections, and nothing is ever overwritten. Rows with errors go to NAME.rejected.csv in the \
      file's own layout (those of a workbook or a statistics file as CSV, which a spreadsheet opens); \
      mend them and send that file, with the same binding. A cell that a spreadsheet would run as a \
      formula has an apostrophe before it there, which is taken off again when that file, with its \
      columns error_code and error, is read. What stood beside the table is in a column error_surplus; \
      empty it when it is mended. People whom nobody knows, or more than one, are named in \
      NAME.unmatched.csv, which only you may read; nobody is made known but by an enrolment. NAME is \
      the file's name without its ending; where it is taken, both files get the same number.

      A record that is missing from a file stays as it is. With --snapshot the file is taken as all \
      there is (of its programmes and, for responses, of its instruments and waves), and what it does \
      not name is listed and retracted: only if no row was rejected, more than a fifth only with --yes, \
      and never all there is because a file has no rows. With --dry-run it is listed only.

      A name beside an employee id or address is compared with the one the person is known by. Another \
      person's name is an error (ids and names may have been sorted apart), a new one a warning; \
      enrolments that change a name or add an address list that. Names are compared with those from \
      before the file, too, so that a column that has slipped by a row renames one person at most.

      Somebody may leave a group and come back: a row whose days share none with a membership that is \
      recorded is one more (VD424); one that begins on the same day, or shares a day, corrects it. \
      'left', like dissolved_on of a group, is the first day outside. A correction after which recorded \
      attendance counts no longer says how much, also with --dry-run (VD436, VD437).

      A file is read as what it is, whatever its name: delimited text (CSV, TSV), an Excel workbook \
      (.xlsx), an SPSS or Stata file (.sav, .dta; codes, not labels), or objects of JSON, one a line \
      (NDJSON) or all in one list. Of a workbook the first sheet is read, or the one of --sheet, or of 'sheet:' in the binding; of \
      cells that are merged only the first has the value, which a warning tells.

      A wrong row never takes others with it. With --atomic all the file is checked as a whole first, \
      and nothing of it is recorded unless every row is good; then mend the file itself. Interrupted \
      while it is recorded, it is complete once it was sent again.

      Ctrl-C and SIGTERM end the work after the rows under way, and at once where it waits for input, \
      for a lock or for the server; the same file, sent again, goes on where it stopped. While another \
      process records the same file, this one waits. Every run is kept: varde runs, varde run show N.

      A column that is missing says that its cells are empty; a warning tells where that empties \
      recorded values.

      With --json each file's report is one object on one line: read, new, corrected, unchanged, \
      duplicate, rejected; errorCount, warningCount and codes; and the first of what was found under \
      diagnostics, each with code, severity, file, message and, where they are known, line, column, \
      reference, hint and excerpt. Of a file that could not be used, or whose binding could not, \
      isUnusable is true and the counts are 0. What has no value is left out.

      Kinds: \(RecordKinds.all.map(\.name).joined(separator: ", ")).
      A file of a tool (Nettskjema, LimeSurvey, Qualtrics, REDCap, Teams …) needs a binding that says \
      which column is what: see 'varde binding'.

      Examples:
        $ varde ingest attendance attendance.csv
        read 240: 12 new, 3 corrected, 224 unchanged, 0 duplicate, 1 rejected
        $ varde ingest responses survey.csv --binding survey.binding.yaml --dry-run
        $ varde ingest sessions plan.xlsx --sheet "Vår 2025"
        $ cat hours.csv | varde ingest hours -

      Exit codes: 0 all rows recorded or known; 1 wrong usage; 2 recorded, but some rows or files were \
      rejected; 3 nothing could be used (with --atomic all: not every row is good); 4 the system is at \
      fault (database, disk): send the file again; 130 interrupted.
      """)

  @Argument(help: "What the files record.", completion: .list(RecordKinds.all.map(\.name)))
  var kind: String

  @Argument(help: "Files; - is standard input.", completion: .file())
  var files: [String]

  @Option(help: "Binding file of the tool that made the files.", completion: .file())
  var binding: String?

  @Flag(name: .customLong("dry-run"), help: "Check and report; write nothing.")
  var dryRun = false

  @Option(help: "utf-8, utf-16le, utf-16be or cp1252, where the file does not say.")
  var encoding: TextEncoding?

  @Option(help: "semicolon, comma or tab, where the header leaves doubt.")
  var delimiter: Delimiter?

  @Option(help: "The sheet of a workbook, by name or by number from 1.")
  var sheet: String?

  @Option(
    name: .customLong("excel-dates"),
    help: "1900 or 1904: how the numbers count that Excel leaves in place of dates.")
  var excelDates: ExcelDates?

  @Option(help: "The programme of rows that do not say.")
  var programme: String?

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Option(help: "Where rejected rows go, instead of beside the file.", completion: .file())
  var rejects: String?

  @Option(
    name: .customLong("max-errors"), help: "Stop reading after so many rejected rows.")
  var maxErrors: Int?

  @Option(help: "row: record the good rows. all: record nothing unless every row is good.")
  var atomic = SendingOrder.Atomicity.row

  @Flag(help: "Retract what the log holds and the file does not name.")
  var snapshot = false

  @Flag(help: "Retract even if more than a fifth of the records is missing.")
  var yes = false

  @Flag(help: "The report as JSON.")
  var json = false

  func validate() throws {
    if let maxErrors, maxErrors < 1 {
      throw ValidationError("--max-errors is a number from 1 on.")
    }
  }

  func run() throws {
    let recordKind = try RecordKinds.known(kind)
    let bound = try binding.map { try readBinding($0, for: recordKind) }
    try check(bound)
    let stop = StopSignal()
    let recorder = try Recorder(
      Workplace.current(), institution: institution, observer: ProgressLine(stop))
    var ends: [ExitStatus] = []
    for file in files {
      let sending = bound.map { Sending.bound(file, $0) } ?? .file(file, recordKind)
      let sent = try recorder.send(sending, kind: recordKind, order)
      ends.append(ExitStatus(sent))
      try sent.tell(inJSON: json)
      if stop.isRaised { break }
    }
    let end = stop.isRaised && ends.count < files.count ? .interrupted : ExitStatus.of(ends)
    if end != .done { throw end }
  }

  private func check(_ bound: Binding?) throws {
    if let bound, bound.kind != kind {
      throw Failure(
        code: "VD614",
        text: "the binding is for \(bound.kind), not for \(kind)"
          + "\n  hint: varde ingest \(bound.kind) … --binding \(binding ?? "FILE")",
        status: .usage)
    }
    if let rejects, let input = files.first(where: { Files.isSame($0, rejects) }) {
      throw Failure(
        code: "VD658",
        text: "--rejects names the input '\(input)', which would be overwritten"
          + "\n  hint: choose another name", status: .usage)
    }
    if rejects != nil, files.count > 1 {
      throw Failure(
        code: "VD653",
        text: "--rejects names one file, and there are \(files.count) inputs"
          + "\n  hint: leave it out: every input has its own file of rejected rows beside it",
        status: .usage)
    }
  }

  private var order: SendingOrder {
    SendingOrder(
      options: IngestOptions(
        encoding: encoding, delimiter: delimiter, dryRun: dryRun,
        rejects: rejects.map { .path($0) } ?? .beside, programme: programme,
        sheet: sheet, maxErrors: maxErrors, excelDates: excelDates),
      atomic: atomic, snapshot: snapshot, insists: yes)
  }

  /// A binding that cannot be read makes every file unusable: told once, or in each file's report.
  private func readBinding(_ path: String, for kind: any RecordKind) throws -> Binding {
    do {
      return try Binding(file: path)
    } catch let error as InputError {
      for file in json ? files : Array(files.prefix(1)) {
        let report = IngestReport(
          unusable: error, run: UUID(), kind: kind.name, file: file, isDryRun: dryRun)
        try Sent.report(report).tell(inJSON: json)
      }
      throw ExitStatus.nothingWritten
    }
  }
}
