import ArgumentParser
import Glibc
import Postgres

struct PsqlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "psql",
    abstract: "Open psql as an analyst on the right database.",
    discussion: """
      The analyst sees the views in schema `evaluation` and the facts behind them, neither the log
      nor the vault, and cannot write. On the private cluster that is a login of its own. With
      VARDE_DATABASE_URL it is the role varde_analyst taken on by your login, which keeps you from
      accidents; a boundary is a URL whose login is a member of varde_analyst only.

      Examples:
        $ varde psql
        $ varde psql -- -c 'SELECT * FROM evaluation.catalogue'
        $ varde psql -- --csv -c 'SELECT * FROM evaluation.indicator' > indicators.csv
      """)

  @Argument(parsing: .postTerminator, help: "Arguments for psql, after --.")
  var arguments: [String] = []

  func run() throws {
    let workplace = Workplace.current()
    let conninfo = try workplace.conninfo(user: "varde_analyst")
    let settings = try ConnectionSettings(conninfo)
    var options = settings.options + " -c search_path=evaluation -c timezone=UTC"
    if workplace.url != nil { options += " -c role=varde_analyst" }
    // By the environment, so that a password does not stand in the list of processes.
    for (name, value) in settings.environment { setenv(name, value, 1) }
    setenv("PGOPTIONS", options, 1)
    let command = ["psql", "--no-psqlrc"] + arguments
    let pointers = command.map { strdup($0) }
    execvp("psql", pointers + [nil])
    throw Failure(
      code: "VD606",
      text: "psql is not installed\n  hint: apt-get install postgresql-client", status: .system)
  }
}
