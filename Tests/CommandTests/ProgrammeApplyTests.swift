import Foundation
import Postgres
import Testing

@Suite struct `A definition that is applied again` {
  @Test func `what it corrects is told with the old and the new value`() throws {
    let varde = try Command.withProgrammes()
    let changed = try String(contentsOfFile: "\(demoData)/opm.yaml", encoding: .utf8)
      .replacing("dissolved_on: 2026-01-31", with: "dissolved_on: 2026-02-28")
      .replacing("ends_on: 2026-07-31", with: "ends_on: 2026-08-31")
    try varde.file("opm.yaml", changed)
    let told = [
      "  corrected programme_registered: ends_on 2026-07-31 → 2026-08-31",
      "  corrected group OPM-6: dissolved_on 2026-01-31 → 2026-02-28",
      "OPM: 0 new, 2 corrected, 5 unchanged",
    ]
    let dry = try varde.run("programme", "apply", "opm.yaml", "--dry-run")
    #expect(
      dry.output.split(separator: "\n").map(String.init)
        == told.dropLast() + [told[2] + " (dry run: nothing was written)"])
    let applied = try varde.run("programme", "apply", "opm.yaml")
    #expect(applied.output.split(separator: "\n").map(String.init) == told)
    let again = try varde.run("programme", "apply", "opm.yaml")
    #expect(again.output == "OPM: 0 new, 0 corrected, 7 unchanged\n")
  }
}
