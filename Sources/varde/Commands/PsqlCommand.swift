import ArgumentParser
import Glibc

struct PsqlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "psql",
    abstract: "Open psql as an analyst on the right database.",
    discussion: """
      The analyst sees the views in schema `evaluation` and the facts behind them, neither the log
      nor the vault, and cannot write.

      Examples:
        $ varde psql
        $ varde psql -- -c 'SELECT * FROM evaluation.catalogue'
        $ varde psql -- --csv -c 'SELECT * FROM evaluation.indicator' > indicators.csv
      """)

  @Argument(parsing: .postTerminator, help: "Arguments for psql, after --.")
  var arguments: [String] = []

  func run() throws {
    let workplace = Workplace.current()
    let conninfo: String
    if workplace.url == nil {
      conninfo = try workplace.conninfo(user: "varde_analyst")
      setenv("PGOPTIONS", "-c search_path=evaluation -c timezone=UTC", 1)
    } else {
      conninfo = try workplace.conninfo()
      setenv("PGOPTIONS", "-c role=varde_analyst -c search_path=evaluation -c timezone=UTC", 1)
    }
    let command = ["psql", "--no-psqlrc", conninfo] + arguments
    let pointers = command.map { strdup($0) }
    execvp("psql", pointers + [nil])
    throw Failure(
      code: "VD606",
      text: "psql is not installed\n  hint: apt-get install postgresql-client", status: .system)
  }
}
