import ArgumentParser
import FoundationEssentials
import Glibc
import Postgres
import Projection

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is in the log and how far facts and figures have come.",
    discussion: """
      Everything is read from the log and the checkpoints themselves, never from what a worker
      believes of itself:
        position    end of the log; how far facts and figures have come
        behind      events of the log that were not taken yet, and the same in blocks
        late        time since the first block that was not taken was appended
        served      time since a worker advanced it
        stale       groups of figures that no longer fit the facts
        failures    places in the log that could not be taken, and the age of the oldest
        snapshots   how long the oldest snapshot of the database has been held; while an old one
                    lasts, no vacuum cleans up behind it
        reader      a process that keeps facts open in one transaction: no rebuild can swap
        rebuild     ready to swap, so that figures stand still for a moment
        checkpoint  when a checkpoint was signed last ('varde checkpoint'), and blocks since

      --json prints one object: projections (institution, projection fact or cell, events, blocks,
      position, events_behind, blocks_behind, seconds_behind, seconds_since_served, state, reason,
      attempts), stale by institution, failures, oldest_failure, workers, oldest_snapshot,
      sees_sessions (if false, others' snapshots and readers are not shown), readers (pid, login,
      application, state, seconds), is_swap_near (figures stand still),
      checkpoints (institution, seconds_since, blocks_since). Ages are in seconds; what there is not
      is left out.

      Examples:
        $ varde status
        $ varde status --watch          # until Ctrl-C
        $ varde status --json | jq '.projections[] | select(.state == "halted")'
      """)

  @Flag(help: "One JSON object.")
  var json = false

  @Flag(help: "Show it again every second.")
  var watch = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let database = workplace.url == nil ? workplace.home : session.address
    while true {
      let watching = try Watching(session)
      let text = json ? try line(watching) : table(watching, database)
      // A person sees one page; a pipe gets one after the other.
      let isPage = watch && !json && isatty(1) == 1
      Console.line((isPage ? "\u{1B}[H\u{1B}[2J" : "") + text)
      guard watch else { return }
      sleep(1)
    }
  }

  private func line(_ watching: Watching) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(watching), as: UTF8.self)
  }

  private func table(_ watching: Watching, _ database: String) -> String {
    guard !watching.projections.isEmpty else {
      return "database  \(database)\n"
        + "no institution yet; apply a programme: varde programme apply FILE.yaml"
    }
    var table = TextTable(
      "institution", "what", "position", "behind", "blocks", "late", "served", "stale", "state")
    for each in watching.projections {
      if each.projection == "fact" {
        table.add([each.institution, "log", String(each.events), "", "", "", "", "", ""])
      }
      let isCell = each.projection == "cell"
      table.add([
        each.institution, isCell ? "figures" : "facts", String(each.position),
        String(each.eventsBehind), String(each.blocksBehind), Age(each.secondsBehind).text,
        each.secondsSinceServed.map { Age($0).text } ?? "never",
        isCell ? String(watching.stale[each.institution] ?? 0) : "", each.state,
      ])
    }
    var lines = ["database    \(database)", table.rendered()]
    lines += watching.projections.compactMap { each in
      each.reason.map { "\(each.institution): \($0)" }
    }
    lines.append("workers     \(watching.workers) seen within a minute")
    lines.append(
      "failures    \(watching.failures)"
        + (watching.oldestFailure.map { ", the oldest \(Age($0).text) old" } ?? ""))
    let unseen =
      watching.seesSessions ? nil : "not allowed to see: GRANT pg_read_all_stats TO varde_owner"
    lines.append(
      "snapshots   "
        + (unseen ?? watching.oldestSnapshot.map { "the oldest held for \(Age($0).text)" }
          ?? "none held"))
    lines += watching.readers.map { each in
      "reader      process \(each.pid) keeps facts open for \(Age(each.seconds).text), \(each.state)"
    }
    if watching.isSwapNear {
      lines.append("rebuild     ready to swap; figures stand still for up to 3 minutes")
    }
    lines += watching.checkpoints.map { each in
      guard let age = each.secondsSince else {
        return "checkpoint  \(each.institution): never signed; varde checkpoint makes one"
      }
      let blocks = each.blocksSince == 1 ? "1 block" : "\(each.blocksSince) blocks"
      return "checkpoint  \(each.institution): signed \(Age(age).text) ago, \(blocks) since"
    }
    return lines.joined(separator: "\n")
  }
}

/// A time span as people say it: `0 s`, `0.4 s`, `12 s`, `5 min`, `3.2 h`, `12 d`.
private struct Age {
  let text: String

  init(_ seconds: Double) {
    switch seconds {
    case ..<0.05: text = "0 s"
    case ..<9.95: text = "\((seconds * 10).rounded() / 10) s"
    case ..<120: text = "\(Int(seconds)) s"
    case ..<7_200: text = "\(Int(seconds / 60)) min"
    case ..<172_800: text = "\((seconds / 360).rounded() / 10) h"
    default: text = "\(Int(seconds / 86_400)) d"
    }
  }
}
