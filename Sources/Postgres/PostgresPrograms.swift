import Glibc

/// Where the server's programs (initdb, pg_ctl) are on this machine.
public struct PostgresPrograms: Sendable {
  /// Folder that holds initdb and pg_ctl.
  public let folder: String

  /// No server programs of version 15 or later were found.
  public struct NotInstalled: Error, CustomStringConvertible {
    public var description: String {
      "PostgreSQL's server programs (15 or later) are not installed"
        + "\n  hint: apt-get install postgresql, or set VARDE_DATABASE_URL to a running server"
    }
  }

  /// Takes the newest version Debian has installed, then whatever `pg_config` or PATH names.
  public static func find() throws -> PostgresPrograms {
    let debian = "/usr/lib/postgresql"
    var versions: [Int] = []
    if let listing = opendir(debian) {
      defer { closedir(listing) }
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if let version = Int(name), version >= 15 { versions.append(version) }
      }
    }
    for version in versions.sorted(by: >) {
      let folder = "\(debian)/\(version)/bin"
      if access("\(folder)/initdb", X_OK) == 0 { return PostgresPrograms(folder: folder) }
    }
    if let outcome = try? ChildProcess.run(["pg_config", "--bindir"]), outcome.exitCode == 0 {
      let folder = String(outcome.output.prefix { $0 != "\n" })
      if access("\(folder)/initdb", X_OK) == 0 { return PostgresPrograms(folder: folder) }
    }
    throw NotInstalled()
  }

  func path(_ program: String) -> String { "\(folder)/\(program)" }
}
