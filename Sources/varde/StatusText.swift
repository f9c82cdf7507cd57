import Projection

/// What `varde status` shows to people.
struct StatusText {
  /// A claim held for less is no news: the next look finds another.
  private static let longClaim = 5.0

  private let watching: Watching
  private let database: String

  /// - Parameter database: where it is, as one names it to people.
  init(_ watching: Watching, of database: String) {
    self.watching = watching
    self.database = database
  }

  var rendered: String {
    guard !watching.projections.isEmpty else {
      return "database  \(database)\n"
        + "no institution yet; apply a programme: varde programme apply FILE.yaml"
    }
    let reasons = watching.projections.compactMap { each in
      each.reason.map { "\(each.institution): \($0)" }
    }
    return
      (["database    \(database)", table.rendered()] + warnings + reasons + claims + counts
      + readers + checkpoints).joined(separator: "\n")
  }

  private var table: TextTable {
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
    return table
  }

  private var warnings: [String] {
    var lines: [String] = []
    if watching.readModels == .outdated {
      lines.append("\(ReadSide.Outdated.notice): varde rebuild")
    }
    if let rebuild = watching.rebuild {
      let age = Age(rebuild.seconds).text
      lines.append(
        rebuild.isAtWork
          ? "rebuild     under way for \(age)"
          : "rebuild     begun \(age) ago and left; varde rebuild goes on with it")
    }
    if watching.isSwapNear {
      lines.append("rebuild     ready to swap; figures stand still for up to 3 minutes")
    }
    return lines
  }

  private var claims: [String] {
    watching.claims.filter { $0.seconds > StatusText.longClaim }.map { each in
      let what = each.projection == "cell" ? "figures" : "facts"
      let silence = each.idleSeconds.map { $0 > 1 ? ", silent for \(Age($0).text)" : "" } ?? ""
      return "claim       \(each.institution), \(what): for \(Age(each.seconds).text) by process "
        + "\(each.process) on \(each.host)\(silence)"
    }
  }

  private var counts: [String] {
    let unseen =
      watching.seesSessions ? nil : "not allowed to see: GRANT pg_read_all_stats TO varde_owner"
    return [
      "workers     \(watching.workers) seen within a minute",
      "failures    \(watching.failures)"
        + (watching.oldestFailure.map { ", the oldest \(Age($0).text) old" } ?? ""),
      "snapshots   "
        + (unseen ?? watching.oldestSnapshot.map { "the oldest held for \(Age($0).text)" }
          ?? "none held"),
    ]
  }

  private var readers: [String] {
    watching.readers.map { each in
      "reader      process \(each.pid) keeps facts open for \(Age(each.seconds).text), \(each.state)"
    }
  }

  private var checkpoints: [String] {
    watching.checkpoints.map { each in
      guard let age = each.secondsSince else {
        return "checkpoint  \(each.institution): never signed; varde checkpoint makes one"
      }
      let blocks = each.blocksSince == 1 ? "1 block" : "\(each.blocksSince) blocks"
      return "checkpoint  \(each.institution): signed \(Age(age).text) ago, \(blocks) since"
    }
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
