import ArgumentParser
import EventLog
import Events
import FoundationEssentials
import Ingest
import Postgres
import Vault

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read files, check every row, and append what is new or changed to the log.",
    discussion: """
      Send the whole file again any time: rows the log knows are unchanged, rows that differ become
      corrections, and nothing is ever overwritten. Rows with errors go to NAME.rejected.csv in the
      file's own layout; mend them and send that file. People whom nobody knows, or more than one,
      are named in NAME.unmatched.csv, which only you may read; nobody is made known but by an
      enrolment.

      A record that is missing from a file stays as it is. With --snapshot the file is taken as all
      there is (of its programmes and, for responses, of its instruments and waves), and what it does
      not name is retracted: only if no row was rejected, and more than a fifth only with --yes.

      A file is read as what it is, whatever its name: delimited text (CSV, TSV), an Excel workbook
      (.xlsx), an SPSS or Stata file (.sav, .dta; codes, not labels), or lines of JSON (NDJSON). Of
      a workbook the first sheet is read, or the one of --sheet.

      Kinds: \(RecordKinds.all.map(\.name).joined(separator: ", ")).
      A file of a tool (Nettskjema, Teams) needs a binding that says which column is what.

      Examples:
        $ varde ingest attendance attendance.csv
        read 240: 12 new, 3 corrected, 224 unchanged, 0 duplicate, 1 rejected
        $ varde ingest responses survey.csv --binding survey.binding.yaml --dry-run
        $ varde ingest sessions plan.xlsx --sheet "Vår 2025"
        $ cat hours.csv | varde ingest hours -
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

  @Flag(help: "Retract what the log holds and the file does not name.")
  var snapshot = false

  @Flag(help: "Retract even if more than a fifth of the records is missing.")
  var yes = false

  @Flag(help: "The report as JSON.")
  var json = false

  func run() throws {
    let recordKind = try RecordKinds.known(kind)
    let bound = try binding.map(readBinding)
    if let bound, bound.kind != kind {
      throw Failure(
        code: "VD614",
        text: "the binding is for \(bound.kind), not for \(kind)"
          + "\n  hint: varde ingest \(bound.kind) … --binding \(binding ?? "FILE")",
        status: .usage)
    }
    let workplace = Workplace.current()
    let session = try workplace.session(as: .recorder)
    let institution = try workplace.institution(named: institution, session)
    // People and sessions are looked up while a block is being written, in a session of their own.
    let looking = try workplace.session(as: .recorder)
    let vault = try IdentityVault(session: looking, institution: institution.id)
    let keySecret = try vault.sourceKeySecret()
    let sessions = LogSessions(
      session: looking, institution: institution.id, keySecret: keySecret)

    var anyRejected = false
    var anyUnusable = false
    var anyRead = false
    for file in files {
      let archive = RunArchive(session: session, institution: institution.id)
      let runID = dryRun ? UUID() : try begin(file, archive)
      // What the file before this one has brought counts already.
      var register = Register()
      try register.load(from: session, institution: institution.id)
      try register.loadPeople(from: session, institution: institution.id)
      let writer = try LogWriter(
        session: session, institution: institution.id, run: runID,
        keySecret: keySecret, dryRun: dryRun)
      let run = IngestRun(
        id: runID, register: register, sessions: sessions, people: vault, sink: LogPipeline(writer),
        zones: ServerZones(session: session), options: options)
      do {
        if snapshot { try writer.beginSnapshot() }
        var report =
          try bound.map { try run.ingest($0, file: file) }
          ?? run.ingest(recordKind, file: file)
        if snapshot, try !retractMissing(recordKind, writer, &report) { anyRejected = true }
        try archive.keep(report)
        Console.line(json ? try report.json() : report.text())
        anyRead = true
        anyRejected = anyRejected || report.rejected > 0 || report.stoppedEarly
      } catch let error as InputError {
        if !dryRun { try archive.keep(error, of: runID) }
        tell(error)
        anyUnusable = true
      }
    }
    if anyUnusable, !anyRead { throw ExitStatus.nothingWritten }
    if anyRejected || anyUnusable { throw ExitStatus.rejectedRows }
  }

  /// Takes back what a full snapshot does not name; `false` if that was refused.
  private func retractMissing(
    _ kind: any RecordKind, _ writer: LogWriter, _ report: inout IngestReport
  ) throws -> Bool {
    guard report.rejected == 0, !report.stoppedEarly else {
      Console.problem(
        "\(report.file): error[VD616]: nothing was retracted: not every row could be read"
          + "\n  hint: mend the rejected rows and send the whole snapshot again")
      return false
    }
    let now = Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
    let gap = try writer.snapshotGap(of: kind.eventType, occurredAt: now)
    guard yes || !gap.isSuspicious else {
      Console.problem(
        "\(report.file): error[VD617]: nothing was retracted: the snapshot does not name"
          + " \(gap.missing.count) of \(gap.known) records"
          + "\n  hint: is the file complete? if so, send it again with --snapshot --yes")
      return false
    }
    var rest = gap.missing[...]
    while !rest.isEmpty {
      report.retracted += try writer.retract(Array(rest.prefix(LogWriter.blockLimit)))
      rest = rest.dropFirst(LogWriter.blockLimit)
    }
    return true
  }

  private func begin(_ file: String, _ archive: RunArchive) throws -> UUID {
    let run = try archive.begin(kind: kind, file: file)
    if let time = run.interrupted {
      Console.problem("\(file): continuing the run that began at \(time) UTC")
    }
    return run.id
  }

  private var options: IngestOptions {
    IngestOptions(
      encoding: encoding, delimiter: delimiter, dryRun: dryRun,
      rejects: rejects.map { .path($0) } ?? .beside, programme: programme, sheet: sheet,
      excelDates: excelDates)
  }

  private func readBinding(_ path: String) throws -> Binding {
    do {
      return try Binding(file: path)
    } catch let error as InputError {
      tell(error)
      throw ExitStatus.nothingWritten
    }
  }

  private func tell(_ error: InputError) {
    for diagnostic in error.diagnostics { Console.problem(diagnostic.rendered) }
  }
}
