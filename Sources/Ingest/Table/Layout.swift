internal import Events

/// Which cell of a row is which column of its kind.
struct Layout {
  /// For each column of the kind: the cell's index, -1 when the file has no such column, or
  /// `-2 - n` for the n-th fixed text.
  var sources: [Int]
  /// Item codes and where their answers stand.
  var items: [(item: String, source: AnswerSource)] = []
  /// How many cells a row has.
  var width: Int
  /// How many of those were put in front by an adapter and do not stand in the file.
  var added = 0
  /// Whether rows are made of what a tool's file says, so that it can be given no further columns.
  var isMade = false
  /// Texts that are the same in every row because a binding says so.
  var fixed: [UInt8] = []
  var fixedRanges: [Range<Int>] = []
  /// Cells whose text is never shown.
  var identifying: Set<Int> = []
  /// Cells the file of rejected rows added; they are left out when a row is rejected again.
  var reasons: Set<Int> = []
  /// The one of those that holds what stood beside the table, where the file has it.
  var surplus: Int?
  /// Whether rows are somebody's answers: of those no more is shown than what is wrong.
  var holdsAnswers = false
  /// Cells below a header cell that is empty; they must be empty, too.
  var nameless: [Int] = []
  /// Columns of the kind whose cells are translated before they are read.
  var maps: [Int: ValueMap] = [:]

  init(columns: Int, width: Int) {
    sources = Array(repeating: -1, count: columns)
    self.width = width
  }

  /// Whether the error columns stand behind all others, where the file of rejected rows has them.
  private var reasonsAreLast: Bool {
    !reasons.isEmpty && reasons.allSatisfy { $0 >= width - reasons.count }
  }

  /// Whether a row has as many cells as the header. In a file of rejected rows a row may do without
  /// the error columns: a quote that was left open had taken it into another row.
  func fits(_ row: RowBatch.Row) -> Bool {
    let count = Int(row.cellCount)
    if count == width { return true }
    guard reasonsAreLast else { return false }
    // Only rows with a surplus have a cell for it.
    return count == width - reasons.count || (surplus == width - 1 && count == width - 1)
  }

  /// Notes a cell that the file of rejected rows added; answers whether the name is that of one.
  mutating func takeReason(_ name: String, at index: Int) -> Bool {
    guard Layout.rejectColumns.contains(name) else { return false }
    reasons.insert(index)
    if name == Layout.rejectColumns.last { surplus = index }
    return true
  }

  /// Makes a column read the same text in every row.
  mutating func fix(_ column: Int, to text: String) {
    sources[column] = -2 - hold(text)
  }

  /// Keeps a text that does not stand in the file; answers its place in `fixedRanges`.
  mutating func hold(_ text: String) -> Int {
    let start = fixed.count
    fixed.append(contentsOf: text.utf8)
    fixedRanges.append(start..<fixed.count)
    return fixedRanges.count - 1
  }
}

extension Layout {
  /// Columns the file of rejected rows adds; a mended one may keep them. The last is there only where
  /// a row had more cells than the header.
  static let rejectColumns = ["error_code", "error", "error_surplus"]
  /// Of so many things wrong with a header, nobody reads more.
  private static let toldAtMost = 100

  /// Matches a header with the columns of a kind; throws everything that is wrong with it.
  ///
  /// - Parameter programme: of rows that do not say, so that none has to.
  init(
    header: RowBatch, kind: some CheckedKind, register: Register, file: String,
    wording: InputWording = .columns, programme: String? = nil
  ) throws(InputError) {
    let row = header.rows[0]
    let cells = Array(header.cells(of: row))
    self.init(columns: kind.columns.count, width: cells.count)
    let names = cells.map { header.text($0) }
    var known: [String: Int] = [:]
    for (index, column) in kind.columns.enumerated() {
      for name in [column.name] + column.aliases { known[ColumnName.folded(name)] = index }
    }
    let open = kind.openColumns(register)
    var report = HeaderReport(header: header, file: file, wording: wording)
    let folded = names.map(ColumnName.folded)
    func checkKind() throws(InputError) {
      guard let other = Layout.otherKind(names, than: kind, register) else { return }
      throw InputError([
        report.diagnostic(
          .otherKind, at: nil, "the header is that of \(other), not of \(kind.name)",
          "if that is what they are: varde ingest \(other) …")
      ])
    }
    guard folded.contains(where: { known[$0] != nil || open[$0] != nil }) else {
      try checkKind()
      let isSheet = header.position(of: cells[0].origin, in: row).isOfSheet
      throw InputError([
        report.diagnostic(
          .noHeader, at: cells[0], Layout.noHeader(kind, wording),
          Layout.hint(kind, wording, isSheet: isSheet))
      ])
    }
    var seen: Set<String> = []
    for (index, name) in folded.enumerated() where report.found.count < Layout.toldAtMost {
      if takeReason(name, at: index) {
        continue
      } else if name.isEmpty {
        nameless.append(index)
      } else if let column = known[name] {
        if sources[column] != -1 { report.twice(cells[index], names[index]) }
        sources[column] = index
        if kind.columns[column].isIdentifying { identifying.insert(index) }
      } else if let item = open[name] {
        if !seen.insert(name).inserted { report.twice(cells[index], names[index]) }
        items.append((item, .number(cell: index)))
      } else {
        report.unknown(
          cells[index], names[index], kind.columns.map(\.name),
          kind.columns.flatMap(\.aliases) + open.values)
      }
    }
    for (index, column) in kind.columns.enumerated()
    where column.isRequired && sources[index] == -1 && report.found.count < Layout.toldAtMost
      && (programme == nil || column.name != "programme")
    {
      report.missing(column)
    }
    if !report.found.isEmpty {
      try checkKind()
      throw InputError(report.found)
    }
    holdsAnswers = kind is ResponseKind
  }

  /// The header as a file of rejected rows repeats it.
  func ownHeader(_ header: RowBatch, _ delimiter: Delimiter) -> [UInt8] {
    header.raw(header.rows[0], without: reasons, delimiter: delimiter)
  }

  private static func hint(
    _ kind: some RecordKind, _ wording: InputWording, isSheet: Bool
  ) -> String {
    guard wording == .columns else { return "'varde template \(kind.name)' prints their names" }
    return "'varde template \(kind.name)' prints the header"
      + (isSheet ? "; --sheet names another sheet" : "")
      + "; with lines above the header, take them out, or say 'header: LINE' in a binding of tool:"
      + " table"
  }

  private static func noHeader(_ kind: some RecordKind, _ wording: InputWording) -> String {
    let required = kind.columns.filter(\.isRequired).map { "'\($0.name)'" }
    let what = wording == .columns ? "the first row names" : "the first lines have"
    return "\(what) no \(wording.part) of \(kind.name); required are "
      + required.joined(separator: ", ")
  }
}

/// Collects what is wrong with a header.
struct HeaderReport {
  let header: RowBatch
  /// Which of several header rows names the columns.
  let row: Int
  let file: String
  let wording: InputWording
  var found: [Diagnostic] = []

  init(header: RowBatch, row: Int = 0, file: String, wording: InputWording = .columns) {
    self.header = header
    self.row = row
    self.file = file
    self.wording = wording
  }

  func diagnostic(
    _ code: IngestCode, at cell: RowBatch.Cell?, _ message: String, _ hint: String?
  ) -> Diagnostic {
    let row = header.rows[row]
    let place = header.position(of: cell?.origin ?? row.start, in: row)
    // Without a header the first line may be about a person, and a header that was worked out
    // stands nowhere, though its columns may.
    let shown = header.headerExcerpt(
      around: cell?.origin ?? row.start, row, isShown: code != .noHeader)
    return Diagnostic(
      code, file: file, line: place.line, column: cell == nil ? nil : place.column,
      reference: cell == nil ? nil : place.reference, message: message, hint: hint,
      excerpt: row.line == 0 ? nil : shown.text, caret: shown.caret)
  }

  mutating func twice(_ cell: RowBatch.Cell, _ name: String) {
    found.append(
      diagnostic(
        .columnTwice, at: cell, "\(wording.part) '\(name)' means one that is there already", nil))
  }

  mutating func unknown(
    _ cell: RowBatch.Cell, _ name: String, _ known: [String], _ others: [String]
  ) {
    let folded = ColumnName.folded(name)
    let near =
      known.first { $0.hasPrefix(folded + "_") } ?? nearest(to: folded, among: known + others)
    let hint =
      near.map { "did you mean '\($0)'?" } ?? "known are " + known.joined(separator: ", ")
    found.append(
      diagnostic(.unknownColumn, at: cell, "\(wording.part) '\(name)' is not known", hint))
  }

  mutating func missing(_ column: Column) {
    found.append(
      diagnostic(
        .missingColumn, at: nil,
        "required \(wording.part) '\(column.name)'\(column.shownAlias) is missing", nil))
  }
}
