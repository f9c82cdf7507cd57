internal import Events
internal import FoundationEssentials

/// The row being checked: its cells by column, and what was found wrong with it so far.
///
/// Each reader of a cell answers `nil` both for an empty cell and for one it has reported; a
/// kind reads on, so that all that is wrong with a row is told at once, and gives up at the end
/// when `isRejected`.
struct RowCheck {
  let context: CheckContext
  let batch: RowBatch
  let text: BatchText
  let layout: Layout
  let columns: [Column]
  let wording: InputWording
  /// Whether cells are members of objects in the file.
  let hasMembers: Bool
  var row: RowBatch.Row
  var diagnostics: [Diagnostic] = []
  private(set) var isRejected = false
  /// Set by the kind that registers people: who the row is about.
  var identity: PersonIdentity?
  /// Numbers of the batch's cells that hold dates where a code is made known.
  var damagedDates: [Int] = []
  /// What the row changes of who they are.
  var changes: [PersonChange] = []
  /// People of the row whom nobody knows.
  var unmatched: [Unmatched] = []

  init(
    context: CheckContext, batch: RowBatch, text: BatchText, layout: Layout, columns: [Column],
    wording: InputWording, hasMembers: Bool, row: RowBatch.Row
  ) {
    self.context = context
    self.batch = batch
    self.text = text
    self.layout = layout
    self.columns = columns
    self.wording = wording
    self.hasMembers = hasMembers
    self.row = row
  }

  /// A copy of many collections: what is asked of every row asks `context.register`.
  var register: Register { context.register }

  mutating func begin(_ row: RowBatch.Row) {
    self.row = row
    diagnostics.removeAll(keepingCapacity: true)
    isRejected = false
    identity = nil
    changes.removeAll(keepingCapacity: true)
    damagedDates.removeAll(keepingCapacity: true)
    unmatched.removeAll(keepingCapacity: true)
  }

  func cell(_ column: Int?) -> CellText {
    guard let column else { return .empty }
    let source = layout.sources[column]
    if source >= 0 {
      let cell = self.cell(at: source)
      guard !layout.maps.isEmpty, let map = layout.maps[column] else { return cell }
      return translated(cell, map)
    }
    if source == -1 { return .empty }
    return CellText(UnsafeBufferPointer(rebasing: text.fixed[layout.fixedRanges[-2 - source]]))
  }

  func cell(at index: Int) -> CellText {
    let cell = text.cells[Int(row.firstCell) + index]
    let range = Int(cell.start)..<Int(cell.end)
    return CellText(UnsafeBufferPointer(rebasing: (cell.isAside ? text.aside : text.bytes)[range]))
  }

  /// A cell's text, `nil` when it is empty.
  func words(_ column: Int?) -> String? {
    let cell = cell(column)
    return cell.isEmpty ? nil : cell.string
  }

  // MARK: Telling what is wrong

  /// Reports something at a column of the row, or at the row when there is no such cell.
  mutating func report(
    _ code: IngestCode, _ column: Int?, _ message: String, hint: String? = nil
  ) {
    let source = column.map { layout.sources[$0] } ?? -1
    report(code, cell: source >= 0 ? source : nil, message, hint: hint)
  }

  mutating func report(
    _ code: IngestCode, cell: Int?, _ message: String, hint: String? = nil
  ) {
    if code.severity == .error { isRejected = true }
    let origin = cell.map { batch.cells[Int(row.firstCell) + $0].origin } ?? row.start
    let place = batch.position(of: origin, in: row)
    var shown: (text: String, caret: Int?)?
    if hasMembers {
      shown = cell.flatMap(member(at:))
    } else {
      let excerpt = batch.excerpt(around: origin, row, layout, context.disclosure)
      shown = (excerpt.text, excerpt.caret)
    }
    diagnostics.append(
      Diagnostic(
        code, file: batch.file(of: row) ?? context.file, line: place.line,
        column: cell == nil ? nil : place.column,
        reference: cell == nil ? nil : place.reference, message: message, hint: hint,
        excerpt: shown?.text, caret: shown?.caret))
  }

  /// A cell's text for a message, masked where it may say who somebody is.
  func shown(_ column: Int) -> String {
    let text = cell(column).string
    return columns[column].isIdentifying ? masked(text) : shown(text)
  }

  /// A text of the file for a message, masked unless it says nothing about anybody.
  func shown(_ text: some StringProtocol) -> String {
    layout.holdsAnswers
      ? context.disclosure.shownToTheDay(text) : context.disclosure.shown(text)
  }

  // MARK: Reading cells

  mutating func take<Value>(_ reading: Reading<Value>, _ column: Int) -> Value? {
    switch reading {
    case .value(let value): return value
    case .empty:
      if columns[column].isRequired {
        report(.emptyCell, column, "'\(columns[column].name)' is empty")
      }
      return nil
    case .wrong(let code, var hint):
      if reportSpreadsheetError(column) { return nil }
      if code == .excelDamage, hint == nil, wording != .columns { hint = wording.mendNumber }
      let name = columns[column].name
      report(
        code, column, "'\(name)': '\(shown(column))' is \(code.complaint)",
        hint: hint ?? damageHint(code, column))
      return nil
    }
  }

  /// Reports a cell that holds what a spreadsheet writes where it has no value.
  mutating func reportSpreadsheetError(_ column: Int) -> Bool {
    let text = cell(column).string
    guard let error = SpreadsheetError(text) else { return false }
    report(
      .errorCell, column, "'\(columns[column].name)': '\(shown(column))' is \(error.complaint)",
      hint: error.hint)
    return true
  }

  private func damageHint(_ code: IngestCode, _ column: Int) -> String? {
    guard code == .notWhole || code == .notDecimal,
      SpreadsheetDamage.isDate(cell(column).string)
    else { return nil }
    return "Excel makes dates of numbers such as 1.3:"
      + " format the column as text or as a number and type the number again"
  }

  mutating func date(_ column: Int) -> CivilDate? {
    let day = take(cell(column).date(context.excelDates, in: wording), column)
    guard let day, day.isPlaceholder else { return day }
    reportPlaceholder(column)
    return nil
  }

  mutating func instant(_ column: Int) -> (day: CivilDate, microseconds: Int64)? {
    let moment = take(cell(column).instant(), column)
    guard let moment, moment.day.isPlaceholder else { return moment }
    reportPlaceholder(column)
    return nil
  }

  private mutating func reportPlaceholder(_ column: Int) {
    let isRequired = columns[column].isRequired
    let outcome = isRequired ? "and one is required" : "so the cell counts as empty"
    report(
      isRequired ? .emptyCell : .placeholderDate, column,
      "'\(columns[column].name)': '\(shown(column))' stands for no date, \(outcome)",
      hint: isRequired ? "write the true date" : nil)
  }

  mutating func choice(_ column: Int, _ choices: Choices) -> String? {
    take(choices.read(cell(column)), column)
  }

  /// Several words with space, comma or semicolon between them, in the order of the choices.
  mutating func choices(_ column: Int, _ choices: Choices) -> [String]? {
    let words = cell(column).string.split { $0 == "," || $0 == ";" || $0.isWhitespace }
    guard !words.isEmpty else { return take(Reading<[String]>.empty, column) }
    var found: Set<String> = []
    for word in words {
      switch choices.read(word) {
      case .value(let value): found.insert(value)
      case .wrong(let code, let hint):
        report(
          code, column, "'\(columns[column].name)': '\(shown(word))' is \(code.complaint)",
          hint: hint)
      case .empty: break
      }
    }
    return choices.values.filter(found.contains)
  }

  mutating func yesNo(_ column: Int) -> Bool? { take(cell(column).yesNo(), column) }

  /// A name from the institution's own register, or text of one line.
  mutating func code(_ column: Int) -> String? {
    let cell = cell(column)
    guard !cell.isEmpty else { return take(Reading<String>.empty, column) }
    guard cell.bytes.count <= 100, !cell.bytes.contains(where: { $0 < 0x20 }) else {
      return take(Reading<String>.wrong(.badCode, hint: nil), column)
    }
    let text = cell.string
    if reportSpreadsheetError(column) { return nil }
    guard !SpreadsheetDamage.isLongNumber(text) else {
      let hint = SpreadsheetDamage.longNumberHint(in: wording)
      return take(Reading<String>.wrong(.excelDamage, hint: hint), column)
    }
    return text
  }
}

extension IngestCode {
  /// The summary as it follows "is" in a message about a cell.
  var complaint: String {
    switch self {
    case .impossibleDate: "a date that does not exist"
    case .dayWithTime: "a day with a time of day"
    case .ambiguousDate: "ambiguous: day and month cannot be told apart"
    case .excelDamage: "a value a spreadsheet has changed"
    default: summary
    }
  }
}

extension RowCheck {
  /// Turns the row down because it is no row.
  mutating func reject(_ fault: RowFault) {
    let place = batch.position(of: fault.offset, in: row)
    let excerpt = batch.excerpt(around: fault.offset, row, layout, context.disclosure)
    add(
      Diagnostic(
        fault.code, file: batch.file(of: row) ?? context.file, line: place.line,
        column: place.column, reference: place.reference, message: fault.message,
        excerpt: excerpt.text, caret: excerpt.caret))
  }

  /// Turns the row down because its cells do not fit the header's: at the first one too many that
  /// holds anything, or at the end where the first is missing.
  ///
  /// - Parameter isBack: whether it came back from mending as it was given.
  mutating func rejectCount(_ count: Int, _ width: Int, isBack: Bool = false) {
    let surplus = batch.cells(of: row).dropFirst(width)
    let offset = (surplus.first { $0.start < $0.end } ?? surplus.first)?.origin ?? row.end
    let place = batch.position(of: offset, in: row)
    let excerpt = batch.excerpt(around: offset, row, layout, context.disclosure)
    add(
      Diagnostic(
        .wrongCellCount, file: batch.file(of: row) ?? context.file, line: place.line,
        column: place.column,
        reference: place.reference,
        message: RowBatch.countMessage(count - layout.added, width - layout.added),
        hint: isBack
          ? "fill in what is missing; if those cells are to be empty, empty the reasons, too"
          : countHint(isSurplus: !surplus.isEmpty, isOfSheet: place.isOfSheet),
        excerpt: excerpt.text, caret: excerpt.caret))
  }

  private func countHint(isSurplus: Bool, isOfSheet: Bool) -> String? {
    let code = IngestCode.wrongCellCount
    guard isSurplus else { return nil }
    let hint = isOfSheet ? "empty the cell, or give its column a name in the header" : code.hint
    guard layout.added == 0, batch.originals.isEmpty else { return hint }
    return hint + "; among the rejected rows it stands in the column 'error_surplus'"
  }

  /// Turns the row down because what stood beside the table is still there.
  mutating func rejectSurplus(_ cell: RowBatch.Cell) {
    let place = batch.position(of: cell.origin, in: row)
    let excerpt = batch.excerpt(around: cell.origin, row, layout, context.disclosure)
    add(
      Diagnostic(
        .wrongCellCount, file: batch.file(of: row) ?? context.file, line: place.line,
        column: place.column, reference: place.reference,
        message: "'error_surplus' still holds what stood beside the table, in no column",
        hint: "write it where it belongs, or leave it out, and empty this cell",
        excerpt: excerpt.text, caret: excerpt.caret))
  }

  mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { isRejected = true }
    diagnostics.append(diagnostic)
  }
}
