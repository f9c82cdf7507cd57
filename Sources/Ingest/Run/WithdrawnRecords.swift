internal import EventLog
internal import Events

/// Rows that are left out because the tool says they are no records, while the log has them: deleted
/// since, marked as spam, a form that is not complete any more. They stay recorded, and count.
///
/// They are looked up a block at a time, checked apart from the rest: nothing of them is counted or
/// told but where they stand in the log.
struct WithdrawnRecords {
  private let run: IngestRun
  private let input: BoundInput
  private let file: String
  private var context: CheckContext?
  private var rows = CountedRows()
  /// The first ones, in the order they were found.
  private var positions: [Int64] = []
  private static let mostShown = 5

  init(_ run: IngestRun, _ input: BoundInput, file: String) {
    self.run = run
    self.input = input
    self.file = file
  }

  /// Looks which of the rows a batch leaves out are recorded.
  mutating func lookUp(_ batch: RowBatch) throws {
    guard !batch.withdrawn.isEmpty, !run.options.isSnapshot else { return }
    let context = context ?? run.context(of: file)
    context.numbers = NumberWriting(input.reader)
    self.context = context
    let keys = try batch.withText(input.layout) { try self.keys(of: batch, $0, context) }
    let found = try run.records.records(keys.map(\.key))
    for (key, line) in keys {
      guard let record = found[key] else { continue }
      rows.note(line: line)
      if positions.count < Self.mostShown, !positions.contains(record.position) {
        positions.append(record.position)
      }
    }
  }

  private func keys(
    of batch: RowBatch, _ text: BatchText, _ context: CheckContext
  ) throws -> [(key: String, line: Int)] {
    let kind = input.kind
    var row = RowCheck(
      context: context, batch: batch, text: text, layout: input.layout, columns: kind.columns,
      wording: input.reader.wording, hasMembers: input.reader.hasMembers, row: batch.withdrawn[0])
    let whole = batch.withdrawn.filter { $0.fault == nil && input.layout.fits($0) }
    for each in whole {
      row.begin(each)
      for who in kind.people {
        context.matcher.want(id: row.words(who.id), email: row.words(who.email))
      }
      if let column = kind.sessionColumn { context.sessions.want(row.cell(column)) }
    }
    try context.matcher.lookUp()
    try context.sessions.lookUp()
    return try whole.compactMap { each in
      row.begin(each)
      var key = try kind.key(&row)
      if kind.registersPeople {
        let people = try context.matcher.register([row.identity ?? PersonIdentity()], dryRun: true)
        NaturalKey.append(people[0], to: &key)
      }
      return key.map { ($0, each.line) }
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    guard rows.count > 0 else { return [] }
    let more = rows.count - positions.count
    let places = positions.map(String.init).joined(separator: ", ")
    return [
      Diagnostic(
        .recordWithdrawn, file: file, line: rows.line,
        message: (rows.count == 1
          ? "a row that is left out is recorded, at position "
          : "\(rows.count) of the rows that are left out are recorded, at positions ")
          + places + (more > 0 ? " and \(more) more" : ""))
    ]
  }
}
