/// A binding drafted for a table: which kind its rows may be, by all of its headings, and which
/// heading is which column.
struct TableDraft {
  /// How well a header fits a kind.
  private struct Fit {
    var kind: any CheckedKind
    /// Its columns that have a heading.
    var columns: Set<Int>

    var required: [Int] { kind.columns.indices.filter { kind.columns[$0].isRequired } }
    /// Columns with a heading, required ones twice.
    var points: Int { columns.count + columns.count { kind.columns[$0].isRequired } }
    /// Whether it can be little else: two headings or more, and half of what is required.
    var isLikely: Bool {
      columns.count >= 2 && 2 * required.count(where: columns.contains) >= required.count
    }
  }

  private let header: SampleHeader
  private let targets: ColumnTargets
  private let fit: Fit
  /// The kinds it may be, where that is not clear.
  private let others: [String]

  /// `nil` for a table without any heading of ours, and for one of our own templates.
  init?(_ sample: FileSample) {
    guard FileSample.ownKind(of: sample) == nil,
      let header = SampleHeader(
        sample, least: 1, { text in RecordKinds.all.contains { $0.column(text) != nil } }),
      header.cells.count > 1
    else { return nil }
    let fits = RecordKinds.all.compactMap { $0 as? any CheckedKind }.map { kind in
      Fit(kind: kind, columns: Set(header.cells.compactMap(kind.column)))
    }.filter { !$0.columns.isEmpty }
    // Where two fit alike, the one that makes nobody known who is not known already.
    let ordered = fits.enumerated().sorted { left, right in
      let (one, two) = (left.element, right.element)
      if one.points != two.points { return one.points > two.points }
      if one.kind.registersPeople != two.kind.registersPeople { return two.kind.registersPeople }
      return left.offset < right.offset
    }.map(\.element)
    guard let best = ordered.first else { return nil }
    self.header = header
    let isClear =
      best.isLikely && ordered.dropFirst().allSatisfy { $0.points < best.points }
    others = isClear ? [] : ordered.map(\.kind.name)
    fit = isClear ? best : ordered.first { !$0.kind.registersPeople } ?? best
    targets = ColumnTargets(fit.kind, sample.register)
  }

  /// The kind of its rows, where the headings leave no doubt.
  var clearKind: String? { others.isEmpty ? fit.kind.name : nil }

  /// Whether at least half of the headings are columns of that kind.
  var namesMost: Bool { 2 * fit.columns.count >= header.cells.count }

  var yaml: String {
    let kind = fit.kind
    var lines = [
      "# A table as \(kind.name): our column, then the heading it has in the file.",
      "# Values are translated by {column: Heading, map: {theirs: ours}}; what is the same in every",
      "# row is {value: it}. Required: "
        + fit.required.map { kind.columns[$0].name }
        .joined(separator: ", ") + ".",
    ]
    if clearKind == nil {
      lines += [
        "# UNSURE: the headings do not say what the rows are. They may be "
          + others.joined(separator: ", ") + ";",
        "# this draft takes the one that can do least harm. If it is another, put 'kind' right and",
        "# see its columns with: varde template KIND",
        "# If they are the answers of a form, like those of Google or Microsoft: 'tool: statistics'",
        "# reads any table, with 'response', 'time', 'subject' and, for answers in words, maps.",
      ]
    }
    lines += ["tool: table", "kind: \(kind.name)"]
    if let key = header.key { lines.append(key) }
    lines.append("columns:")
    var left: [String] = []
    var taken: Set<Int> = []
    for heading in header.cells where !heading.isEmpty {
      switch targets[heading] {
      case .column(let index) where taken.insert(index).inserted:
        lines.append("  \(kind.columns[index].name): \(YAMLText.quoted(heading))")
      case .item(let item): lines.append("  \(YAMLText.quoted(item)): \(YAMLText.quoted(heading))")
      default: left.append(YAMLText.quoted(heading))
      }
    }
    for index in fit.required where !taken.contains(index) {
      lines.append(
        "  \(kind.columns[index].name): HEADING  # required; or {value: the same in every row}")
    }
    if !left.isEmpty { lines.append("drop: [\(left.joined(separator: ", "))]") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RecordKind {
  /// The column a heading names, by any of its names.
  fileprivate func column(_ heading: String) -> Int? { ColumnTargets.index(of: heading, in: self) }
}
