import ArgumentParser
import Postgres

struct DownCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Stop the private PostgreSQL cluster.",
    discussion: "Nothing is lost; the next command starts it again.")

  func run() throws {
    guard let cluster = try Workplace.current().cluster() else {
      Console.line("VARDE_DATABASE_URL is set: that server is not Varde's to stop")
      return
    }
    Console.line(try cluster.stop() ? "stopped" : "was not running")
  }
}
