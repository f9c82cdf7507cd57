import FoundationEssentials
import Projection

/// What a rebuild did, as people and programs read it.
enum RebuildText {
  static func json(_ report: RebuildReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  /// - Parameter withParity: whether the comparison is told in full.
  static func lines(_ report: RebuildReport, withParity: Bool) -> [String] {
    let unequal = report.facts.filter { !$0.isEqual }
    var lines: [String] = []
    if withParity { lines.append(table(report.facts)) }
    lines += report.differences.map { difference in
      "\(difference.institution), position \(difference.position): \(difference.fact)."
        + "\(difference.column) was \(difference.before ?? "nothing"), is "
        + (difference.after ?? "nothing")
    }
    lines += report.halts.map {
      "\($0.institution): facts end at position \($0.position): \($0.reason)"
    }
    let rows = "\(report.rows) rows of \(report.eventsInAll) events"
    lines.append(
      report.isResumed
        ? "went on where it was: \(rows), \(report.events) of them in this run" : rows)
    if report.facts.isEmpty {
      lines.append("the facts before were of another version and were not compared")
    } else {
      lines.append(
        unequal.isEmpty
          ? "all \(report.facts.count) facts are the same as before"
          : "not the same as before: \(unequal.map(\.fact).joined(separator: ", "))")
    }
    if !report.seesSessions {
      lines.append(
        "who began to read before the swap could not be seen, and may find too few facts until then"
          + "\n  hint: GRANT pg_read_all_stats TO varde_owner")
    }
    lines.append(report.isSwapped ? "swapped in" : "compared only; what people read is as it was")
    return lines
  }

  private static func table(_ facts: [RebuildReport.Fact]) -> String {
    var table = TextTable("fact", "rows before", "rows after", "same")
    for fact in facts {
      table.add([
        fact.fact, String(fact.rowsBefore), String(fact.rowsAfter), fact.isEqual ? "yes" : "NO",
      ])
    }
    return table.rendered()
  }
}
