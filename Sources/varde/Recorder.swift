import EventLog
import Events
import FoundationEssentials
import Ingest
import Postgres
import Vault

/// How a file is sent.
struct SendingOrder {
  /// What becomes of a file of which some rows are wrong.
  enum Atomicity: String, CaseIterable {
    /// The good rows are recorded; a wrong one takes no other with it.
    case row
    /// Nothing is recorded unless every row is good.
    case all
  }

  var options = IngestOptions()
  var atomic = Atomicity.row
  /// Retract what the file does not name; `insists`: even if that is much.
  var snapshot = false
  var insists = false
}

/// What is sent: a file of ours or of a tool, or one record by hand.
enum Sending {
  case file(String, any RecordKind)
  case bound(String, Binding)
  case record([RecordArgument], any RecordKind)

  /// As runs and messages call it.
  var name: String {
    switch self {
    case .file(let file, _), .bound(let file, _): file
    case .record: "record"
    }
  }

  /// The binding, where the file is a tool's.
  var binding: Binding? { if case .bound(_, let binding) = self { binding } else { nil } }

  /// The file, where there is one.
  var file: String? { if case .record = self { nil } else { name } }
}

/// What became of what was sent.
enum Sent {
  case report(IngestReport)
  /// A signal came before there was anything to report.
  case interrupted
}

/// Takes one file after another to an institution's log, and keeps every run: what `varde ingest`,
/// `varde record` and `varde watch` have in common.
final class Recorder {
  let archive: RunArchive
  private let session: Session
  /// People and sessions are looked up while a block is being written, in a session of their own.
  private let looking: Session
  private let institution: Institution
  private let observer: ProgressLine
  /// What the rows of the last pass were checked against.
  private var known: (register: Register, sessions: LogSessions, records: RecordLookup)?
  /// What the last pass has corrected that other records hang on.
  private var fallout = Fallout()
  /// Tells the user something while the work goes on.
  private let tell: (String) -> Void

  init(
    _ workplace: Workplace, institution name: String?, observer: ProgressLine,
    tell: @escaping (String) -> Void = Console.problem
  ) throws {
    (session, institution, looking, archive) = try observer.stop.leaving {
      let session = try workplace.session(as: .recorder)
      let institution = try workplace.institution(named: name, session)
      return (
        session, institution, try workplace.session(as: .recorder),
        RunArchive(
          session: try workplace.session(as: .recorder), institution: institution.id)
      )
    }
    self.observer = observer
    self.tell = tell
  }

  func send(_ sending: Sending, kind: any RecordKind, _ order: SendingOrder) throws -> Sent {
    observer.begin(sending.name)
    defer {
      archive.letGo()
      Console.endProgress()
    }
    do {
      return try observer.stop.cancelling([session, looking]) {
        order.options.dryRun
          ? try rehearse(sending, kind, order) : try record(sending, kind, order)
      }
    } catch let error as PostgresError where error.isCancelled && observer.wantsToStop {
      return .interrupted
    }
  }

  private func record(
    _ sending: Sending, _ kind: any RecordKind, _ order: SendingOrder
  ) throws -> Sent {
    var checked: [UInt8]?
    if order.atomic == .all, let file = sending.file {
      switch try check(file, sending, kind, order) {
      case .good(let digest): checked = digest
      case .bad(let sent): return sent
      }
    }
    let digest = checked ?? sending.file.flatMap { RunArchive.digest(of: $0) }
    let begun = try archive.begin(
      kind: kind.name, file: sending.name, digest: digest,
      settings: order.options.digest(with: sending.binding), waitForOther: waiting(sending.name))
    guard let begun else { return .interrupted }
    if let time = begun.interrupted {
      tell("\(sending.name): continuing the run that began at \(time) UTC")
    }
    var order = order
    order.options.earlierFiles = begun.files
    order.options.earlierRows = begun.report?.read ?? 0
    do {
      var (report, writer) = try pass(sending, run: begun.id, order)
      report.number = begun.number
      if let earlier = begun.report { tellIfShorter(&report, earlier) }
      if let checked, !report.isInterrupted, report.sha256 != hexadecimal(checked) {
        report.add(first: AllOrNothing.changed(sending.name))
      }
      try complete(&report, kind, writer, order)
      try archive.keep(&report)
      return .report(report)
    } catch let error as InputError {
      return .report(try keep(error, begun, sending.name, kind))
    }
  }

  /// The report of a run is that of all its attempts.
  private func tellIfShorter(_ report: inout IngestReport, _ earlier: IngestReport) {
    let read = report.read
    guard report.take(in: earlier) else { return }
    tell(
      "\(report.file): stopped after \(read) rows, before the place the run had come to;"
        + " this is what it has done so far")
  }

  /// Keeps a run of whose input nothing could be used.
  func keep(
    _ error: InputError, _ begun: RunArchive.Begun, _ file: String, _ kind: any RecordKind
  ) throws -> IngestReport {
    var report = IngestReport(
      unusable: error, run: begun.id, kind: kind.name, file: file, isDryRun: false)
    report.number = begun.number
    try archive.keep(&report)
    return report
  }

  /// Waits a moment for another process that records the same file, and says so once.
  private func waiting(_ name: String) -> () -> Bool {
    var hasTold = false
    return { [observer, tell] in
      if !hasTold {
        tell(
          "\(name): warning[VD226]: another process is recording this file;"
            + " waiting until it has ended")
      }
      hasTold = true
      return !observer.stop.wait(milliseconds: 200)
    }
  }

  // MARK: - One pass over the input

  /// - Parameter rehearsing: nothing is written, whatever the order says.
  func pass(
    _ sending: Sending, run id: UUID, _ order: SendingOrder, rehearsing: Bool = false
  ) throws -> (IngestReport, LogWriter) {
    var options = order.options
    options.dryRun = options.dryRun || rehearsing
    options.isSnapshot = order.snapshot
    // What the file before this one has brought counts already; ids made up for a rehearsal do not.
    var register = Register()
    try register.load(from: session, institution: institution.id)
    try register.loadPeople(from: session, institution: institution.id)
    let vault = try IdentityVault(session: looking, institution: institution.id)
    let keySecret = try vault.sourceKeySecret()
    let writer = try LogWriter(
      session: session, institution: institution.id, run: id,
      keySecret: keySecret, dryRun: options.dryRun)
    if order.snapshot || order.atomic == .all, sending.file != nil { try writer.beginSnapshot() }
    let sessions = LogSessions(
      session: looking, institution: institution.id, keySecret: keySecret)
    known = (
      register, sessions,
      RecordLookup(session: looking, institution: institution.id, keySecret: keySecret)
    )
    fallout = Fallout()
    options.today = CivilDate(daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400))
    let run = IngestRun(
      id: id, register: register, sessions: sessions,
      records: LogRecords(
        session: looking, institution: institution.id, keySecret: keySecret),
      people: vault,
      sink: LogPipeline(writer), zones: ServerZones(session: session), options: options,
      observer: observer, fallout: fallout)
    switch sending {
    case .file(let file, let kind): return (try run.ingest(kind, file: file), writer)
    case .bound(let file, let binding): return (try run.ingest(binding, file: file), writer)
    case .record(let arguments, let kind): return (try run.record(kind, arguments), writer)
    }
  }

  private func rehearse(
    _ sending: Sending, _ kind: any RecordKind, _ order: SendingOrder
  ) throws -> Sent {
    let run = UUID()
    do {
      var (report, writer) = try pass(sending, run: run, order)
      if order.atomic == .all { try judge(&report, writer) }
      try complete(&report, kind, writer, order)
      return .report(report)
    } catch let error as InputError {
      return .report(
        IngestReport(
          unusable: error, run: run, kind: kind.name, file: sending.name, isDryRun: true))
    }
  }

  private func complete(
    _ report: inout IngestReport, _ kind: any RecordKind, _ writer: LogWriter,
    _ order: SendingOrder
  ) throws {
    if order.snapshot, !report.isRefused, let known {
      try SnapshotRetraction(
        writer: writer, kind: kind, insists: order.insists, kept: order.options.kept,
        register: known.register, sessions: known.sessions, fallout: fallout
      ).run(&report)
    }
    if !report.isRefused, !report.isInterrupted, let known {
      let found = try fallout.diagnostics(
        file: report.file, known.register, known.records, isDryRun: report.isDryRun)
      for diagnostic in found { report.add(first: diagnostic) }
    }
    if let warning = warning(of: try writer.leftOut(), report.file) { report.add(first: warning) }
    if writer.firstPosition > 0 { report.positions = writer.firstPosition...writer.lastPosition }
  }

  /// Records that a steward has left out of all facts are not brought back by being sent again: a list
  /// that is sent every week would halt the facts every week.
  private func warning(of leftOut: [Int64], _ file: String) -> Diagnostic? {
    guard let first = leftOut.first else { return nil }
    let places = leftOut.count == 1 ? "position \(first)" : "the first at position \(first)"
    return Diagnostic(
      code: "VD677", severity: .warning, file: file,
      message: leftOut.count == 1
        ? "an unchanged record is left out of all facts (varde quarantine), \(places)"
        : "\(leftOut.count) unchanged records are left out of all facts (varde quarantine), \(places)",
      hint: "correct it; or, if it is right and nothing stands in its way any more: varde retract "
        + "\(first), then send it again")
  }
}
