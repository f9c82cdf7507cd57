internal import Events
internal import FoundationEssentials

extension IngestReport {
  /// The report as JSON, members in the order of the alphabet: what the run keeps.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The report as a terminal shows it; the last line is the summary. Of an input that could not be
  /// used it is what was wrong with it, and nothing else.
  ///
  /// - Parameter showing: how many diagnostics and how many corrections to print in full.
  public func text(showing limit: Int = 20) -> String {
    var lines: [String] = []
    if isUnusable { return diagnostics.map(\.rendered).joined(separator: "\n") }
    lines += diagnostics.prefix(limit).map(\.rendered)
    let hidden = errorCount + warningCount - min(limit, diagnostics.count)
    if hidden > 0 {
      let counts = codes.map { "\($0.code) × \($0.count)" }.joined(separator: ", ")
      lines.append("… and \(hidden) more; all of them: \(counts)")
    }
    let content = sha256.isEmpty ? "" : ", \(bytes) bytes, sha256 \(sha256)"
    lines.append("\(file): \(kind)\(content)")
    if let encoding {
      let separated = delimiter.map { "; cells separated by \($0.name)" } ?? ""
      lines.append("  \(encoding.encoding.rawValue) (\(encoding.reason))\(separated)")
    }
    if let form { lines.append("  \(form)") }
    lines += leftOutLines
    if !matches.isEmpty || unmatched > 0 {
      let list = matches.sorted { $0.key < $1.key }.map {
        $0.key == MatchMethod.new.rawValue ? "\($0.value) new" : "\($0.value) by \($0.key)"
      }
      lines.append(
        "  people matched: "
          + (list + (unmatched > 0 ? ["\(unmatched) not matched"] : [])).joined(separator: ", "))
    }
    if externalGuests > 0 {
      lines.append("  external guests: \(externalGuests), counted and not recorded")
    }
    if !corrections.isEmpty {
      lines += corrections.prefix(limit).map { "  corrected \($0)" }
      let more = corrected - min(limit, corrections.count)
      if more > 0 { lines.append("  … and \(more) more corrections") }
    }
    if !personChanges.isEmpty {
      lines += personChanges.prefix(limit).map { "  changed \($0)" }
      let more = namesChanged + emailsAdded - min(limit, personChanges.count)
      if more > 0 { lines.append("  … and \(more) more changes of names and addresses") }
      let names = isDryRun ? "names that would change" : "names changed"
      let addresses = isDryRun ? "addresses that would be added" : "addresses added"
      lines.append("  \(names): \(namesChanged); \(addresses): \(emailsAdded)")
    }
    if erased > 0 {
      lines.append("  \(erased) rows are of erased persons and were not recorded again")
    }
    if !missingRecords.isEmpty {
      let verb = retracted > 0 && !isDryRun ? "retracted" : "would retract"
      lines += missingRecords.prefix(limit).map { "  \(verb) \($0)" }
      let more = missing - min(limit, missingRecords.count)
      if more > 0 { lines.append("  … and \(more) more the snapshot does not name") }
      lines.append(
        "  whom they are about, by random ids: varde log --from POSITION --to POSITION; varde subject"
          + " show ID says who that is")
    }
    if retracted > 0 {
      let verb = isDryRun ? "would be retracted" : "retracted"
      lines.append("  \(retracted) records \(verb): the snapshot does not name them")
    }
    if let positions {
      let isOne = positions.count == 1
      lines.append(
        isOne
          ? "  recorded at position \(positions.lowerBound)"
          : "  recorded at positions \(positions.lowerBound) to \(positions.upperBound)")
    }
    if isInterrupted {
      lines.append(
        isRefused
          ? "  interrupted in the check of the whole: sent again, the file is checked from its start"
          : "  interrupted: the same file, sent again, goes on where this stopped")
    }
    if isRefused { lines.append("  nothing was recorded: these are the numbers of the check") }
    if stoppedEarly { lines.append("  reading stopped before the end of the file") }
    if let rejectsFile {
      // Whoever opens a spreadsheet's rejects in the spreadsheet does not see what they are.
      let isTable = form != nil && rejectsFile.hasSuffix(".csv")
      lines.append(
        "  "
          + (isGivenBackWhole
            ? "all rows, for they count together, and what is wrong with the rejected ones"
            : "rejected rows") + " are in \(rejectsFile)"
          + (isTable ? ", as CSV that a spreadsheet opens" : "")
          + ": mend them and send that file")
    }
    if let unmatchedFile {
      lines.append(
        "  who was not matched is in \(unmatchedFile), which only you may read: look them up")
    }
    if rejected > 0, rejectsFile == nil, !isDryRun, !isRefused, file == "-" {
      lines.append("  rejected rows were not kept: name a file for them with --rejects")
    }
    if isDryRun { lines.append("  dry run: nothing was written") }
    if let number { lines.append("  run \(number)") }
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  /// What was left out, by whose word.
  private var leftOutLines: [String] {
    let ofTool = Set(ToolReason.allCases.map(\.rawValue))
    return [("tool", true), ("binding", false)].compactMap { who, isTool in
      let list = excluded.filter { ofTool.contains($0.key) == isTool }.sorted { $0.key < $1.key }
        .map { "\($0.value) \($0.key)" }
      return list.isEmpty ? nil : "  left out, as the \(who) says: " + list.joined(separator: ", ")
    }
  }
}
