import ArgumentParser
import FoundationEssentials
import Glibc

/// The command `varde`.
@main
struct Varde: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "varde",
    abstract: "Evaluate programmes in which teachers support each other.",
    discussion: """
      Files go in, an append-only log keeps them, and every figure can be rebuilt from it,
      explained and proved.

      The way of a programme:
        varde init                              a database, ready
        varde programme apply tst.yaml          what will be recorded
        varde ingest sessions sessions.csv      what happened; send the whole file again any time
        varde worker --once                     log -> facts -> indicators
        varde figures --programme TST           the key figures
        varde release --programme TST --period 2026V --to releases

      Without VARDE_DATABASE_URL, Varde runs a private PostgreSQL in ./.varde (VARDE_HOME).

      Exit codes: 0 done; 1 wrong usage; 2 done, but some rows were rejected; 3 input unusable,
      nothing written; 4 the system is at fault (database, disk); 5 verification found tampering;
      130 interrupted by Ctrl-C or SIGTERM.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Set up", subcommands: [InitCommand.self, ProgrammeCommand.self, DownCommand.self]),
      CommandGroup(
        name: "Record",
        subcommands: [
          TemplateCommand.self, BindingCommand.self, IngestCommand.self, RecordCommand.self,
          RetractCommand.self, WatchCommand.self,
          RunsCommand.self, RunCommand.self, SubjectCommand.self, CodesCommand.self,
        ]),
      CommandGroup(
        name: "Compute",
        subcommands: [
          WorkerCommand.self, RecomputeCommand.self, RebuildCommand.self, FailuresCommand.self,
          RetryCommand.self,
          QuarantineCommand.self,
        ]),
      CommandGroup(
        name: "Read",
        subcommands: [
          StatusCommand.self, MetricsCommand.self, FiguresCommand.self, LogCommand.self,
          PsqlCommand.self,
          ReleaseCommand.self,
        ]),
      CommandGroup(
        name: "Prove",
        subcommands: [
          VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, CheckProofCommand.self,
        ]),
    ])

  static func main() {
    // `varde … | head` ends quietly instead of with an error.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try Varde.parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      Glibc.exit(status.rawValue)
    } catch {
      if let failure = Failure(error) {
        Console.problem("varde: error[\(failure.code)]: \(failure.text)")
        Glibc.exit(failure.status.rawValue)
      }
      let isHelp = Varde.exitCode(for: error) == .success
      let message = Varde.fullMessage(for: error)
      if isHelp {
        Console.line(message)
        Glibc.exit(ExitStatus.done.rawValue)
      }
      Console.problem(message)
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }
}
