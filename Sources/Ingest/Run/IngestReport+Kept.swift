internal import Events
internal import FoundationEssentials

extension IngestReport {
  /// A report that was kept, by this version of Varde or by an earlier one: members that reports did
  /// not have yet are as they are at the beginning of a run.
  init(kept json: String) throws {
    let start = IngestReport(run: UUID(), kind: "", file: "", isDryRun: false)
    let before = JSONMembers(Array(try start.json().utf8))
    let kept = JSONMembers(Array(json.utf8))
    var whole = JSONWriter()
    for name in kept.names { whole.raw(dynamic: name, Array(kept.values[name] ?? [])) }
    for name in before.names where kept.values[name] == nil {
      whole.raw(dynamic: name, Array(before.values[name] ?? []))
    }
    self = try JSONDecoder().decode(IngestReport.self, from: Data(whole.finish()))
  }
}
