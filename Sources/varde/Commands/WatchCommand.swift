import ArgumentParser
import Ingest
import Postgres

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Record every file that is dropped into a folder.",
    discussion: """
      The kind of a file is the subfolder it lies in (attendance/march.csv), or what its name begins \
      with (attendance-2026-03.csv). Files of a tool need a binding: DIR/bindings/teams.yaml is for \
      files whose names begin with 'teams'. Capitals make no difference.

      A file that was recorded whole goes to DIR/done; one of which rows were rejected, or that could \
      not be used, goes to DIR/failed: mend NAME.rejected.csv and drop it again. Beside it lie \
      NAME.report.txt and NAME.report.json. A name that is taken there already gets a number; \
      rejected rows that are dropped again become NAME.mended.csv there, and what is still wrong with \
      them is in NAME.mended.rejected.csv.

      A file is left alone until two looks in a row find it unchanged and nobody on this machine has \
      it open for writing, and as long as its name ends in .part or .tmp or begins with ~$ or a dot. Enrolments are recorded before sessions, sessions \
      before attendance, then by name. Other subfolders, symbolic links, and files whose names are \
      longer than 200 bytes or no text are left alone, which is said once. Where a disk is full or \
      a folder may not be written to, the watcher says so and tries again. Several watchers may share a folder. One that is killed leaves \
      its file in DIR/working; the next look of any watcher goes on with it, and nothing is recorded \
      twice.

      Examples:
        $ varde watch drop                 # until Ctrl-C or SIGTERM
        $ varde watch drop --once          # what is there now, for a timer

      Exit codes: 0 ended as asked; with --once 2 if a file went to failed; 3 no such folder; 4 the \
      system is at fault; 130 a file was interrupted, and is gone on with next time.
      """)

  @Argument(help: "The folder.", completion: .directory)
  var folder: String

  @Flag(help: "Record what is there, then end.")
  var once = false

  @Option(help: "Seconds between two looks.")
  var interval = 2

  @Option(help: "The programme of rows that do not say.")
  var programme: String?

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Option(help: "row: record the good rows. all: record nothing unless every row is good.")
  var atomic = SendingOrder.Atomicity.row

  func validate() throws {
    if interval < 1 { throw ValidationError("--interval is a number of seconds from 1 on.") }
  }

  func run() throws {
    // Before the watcher changes folders.
    let workplace = Workplace.current()
    let stop = StopSignal()
    let drop = try DropFolder(folder)
    defer { drop.close() }
    var options = IngestOptions(programme: programme)
    options.isNamedByKind = true
    let watcher = Watcher(
      drop, workplace, institution: institution,
      SendingOrder(options: options, atomic: atomic), stop)
    try watcher.look()
    stop.wait(milliseconds: interval * 1_000)
    let end = once ? ExitStatus.ofWatch(try watcher.round()) : try loop(watcher, stop)
    if once {
      for path in try watcher.waiting() { Console.problem("\(path): is still being written; left") }
    }
    if end != .done { throw end }
  }

  /// What the server does meanwhile (a restart, a full disk) is waited for, ever longer.
  private func loop(_ watcher: Watcher, _ stop: StopSignal) throws -> ExitStatus {
    var pause = interval * 1_000
    while !stop.isRaised {
      do {
        if try watcher.round().contains(.interrupted) { return .interrupted }
        pause = interval * 1_000
      } catch let error as PostgresError {
        watcher.forgetSession()
        pause = min(pause * 2, 60_000)
        Console.problem("varde: warning[VD655]: \(error); trying again in \(pause / 1000) s")
      } catch let error as SystemError {
        pause = min(pause * 2, 60_000)
        Console.problem("varde: warning[VD223]: \(error); trying again in \(pause / 1000) s")
      }
      stop.wait(milliseconds: pause)
    }
    Console.line("stopped")
    return .done
  }
}
