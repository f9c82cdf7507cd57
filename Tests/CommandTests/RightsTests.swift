import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct `A login that lacks a right` {
  @Test func `to make roles is told which, at init`() throws {
    let varde = try Command()
    let login = "plain_\(UUID().uuidString.prefix(8).lowercased())"
    try varde.session().execute("CREATE ROLE \(login) LOGIN")
    defer { try? varde.session().execute("DROP OWNED BY \(login); DROP ROLE \(login)") }
    let plain = varde.url.replacing("user='varde'", with: "user='\(login)'")
    let outcome = try varde.run("init", url: plain)
    #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD676]"), "\(outcome.output)")
    #expect(outcome.output.contains("CREATEROLE") && !outcome.output.contains("password"))
  }

  @Test func `to act in two parts is told both at once`() throws {
    let varde = try Command.withProgrammes()
    let outcome = try varde.asStranger().run("programme", "apply", "\(demoData)/tst.yaml")
    #expect(outcome.exitCode == 4 && outcome.output.contains("error[VD674]"), "\(outcome.output)")
    #expect(outcome.output.contains("varde_steward") && outcome.output.contains("varde_recorder"))
  }
}
