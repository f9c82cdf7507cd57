/// Gathers the answers of a form, a line of JSON or an element of a list each, into submissions, a row
/// each.
///
/// The lines of a submission need not stand together; they are held until the end of the file, or
/// until what is held outgrows its bound. Then the submission that began first is complete. The lines
/// themselves are put aside; what is held of each is its answer.
final class NettskjemaSubmissions: RowReader {
  /// What is known of a submission so far.
  fileprivate struct Submission {
    var line: Int
    var created = ""
    /// At most one a column; those of one submission are few.
    var cells: [Cell] = []
    /// Where its lines were put aside.
    var lines: [Range<Int>] = []
    var fault: (kind: RowFault.Kind, detail: String?, line: Int)?
    /// Bytes it takes in memory, roughly.
    var weight = NettskjemaSubmissions.submissionWeight
  }

  /// Small, for hundreds of thousands are held.
  fileprivate struct Cell {
    var text: String
    var modified: String
    var column: Int32
    var line: UInt32

    init(_ text: String, column: Int, line: Int, modified: String) {
      self.text = text
      self.modified = modified
      self.column = Int32(column)
      self.line = UInt32(clamping: line)
    }
  }

  let batch = RowBatch()
  let delimiter = Delimiter.semicolon
  let encoding: EncodingChoice? = nil
  let rejectsForm = RejectsForm.lines
  let form: String?
  /// What an answer takes in memory beside its text, room for more ones included.
  fileprivate static let cellWeight = 64
  /// What the place of a line takes.
  private static let lineWeight = 24
  /// What a submission takes in memory beside its answers.
  fileprivate static let submissionWeight = 360
  /// What makes a batch complete.
  private static let batchBytes = 4 << 20
  private let lines: any LineSource
  private let elements: NettskjemaElements
  private let bound: Int
  private var open: [String: Submission] = [:]
  /// Submissions in the order they began in; those before `next` are complete.
  private var order: [String] = []
  private var nextOpen = 0
  private var held = 0
  private let complete: LargeIDSet
  private let store: ByteStore
  private var ready: [(id: String, submission: Submission)] = []
  private var isAtEnd = false

  /// - Parameters:
  ///   - name: the input, for messages.
  ///   - bound: bytes of submissions that are held while lines of theirs may still come.
  init(
    _ lines: any LineSource, _ elements: NettskjemaElements, name: String, bound: Int = 24 << 20
  ) {
    self.lines = lines
    form = (lines is JSONListReader ? "a list" : "lines") + " of JSON, an answer each"
    complete = LargeIDSet(for: name)
    store = ByteStore(for: name)
    self.elements = elements
    self.bound = bound
  }

  func next(atMost count: Int?) throws -> Bool {
    batch.clear()
    let wanted = min(count ?? 5_000, 5_000)
    while ready.count < wanted, !isAtEnd {
      guard let line = try lines.next() else {
        isAtEnd = true
        break
      }
      try take(line)
      while held > bound, nextOpen < order.count { try close() }
    }
    while isAtEnd, ready.count < wanted, nextOpen < order.count { try close() }
    var written = 0
    while written < min(wanted, ready.count),
      batch.bytes.count + batch.originalBytes < NettskjemaSubmissions.batchBytes
    {
      try write(ready[written].id, ready[written].submission)
      written += 1
    }
    ready.removeFirst(written)
    return !batch.rows.isEmpty
  }

  /// The submission that began first is complete.
  private func close() throws {
    let id = order[nextOpen]
    nextOpen += 1
    guard let submission = open.removeValue(forKey: id) else { return }
    held -= submission.weight
    _ = try complete.insert(id)
    ready.append((id, submission))
    if nextOpen > 10_000 {
      order.removeFirst(nextOpen)
      nextOpen = 0
    }
  }

  // MARK: Reading answers

  private func take(_ line: LineReader.Line) throws {
    guard !line.isTooLong else {
      return try refuse(line, .notAnswer, IngestCode.lineTooLong.summary)
    }
    var answer: JSONValue?
    var reason = "the line has no 'submissionId'"
    do throws(JSONReader.Fault) {
      answer = try JSONReader.read(line.bytes)
    } catch {
      reason = "the line is not valid JSON: \(error.reason)"
    }
    // Of a damaged line, too, for without it the submission is not whole.
    guard let id = answer.map({ $0["submissionId"]?.text }) ?? DamagedAnswer.submission(line.bytes)
    else { return try refuse(line, .notAnswer, reason) }
    if open[id] == nil, try complete.contains(id) { return try refuse(line, .answersApart, nil) }
    if open[id] == nil {
      open[id] = Submission(line: line.number)
      order.append(id)
    }
    guard var submission = open.removeValue(forKey: id) else { return }
    if !submission.lines.isEmpty { held -= submission.weight }
    submission.lines.append(try store.add(line.onOneLine))
    if let answer {
      take(answer, line.number, &submission)
    } else if submission.fault == nil {
      submission.fault = (.answerDamaged, nil, line.number)
    }
    submission.weight += NettskjemaSubmissions.lineWeight
    held += submission.weight
    open[id] = submission
  }

  private func take(_ answer: JSONValue, _ line: Int, _ submission: inout Submission) {
    if let code = answer["error_code"]?.text, DamagedAnswer.isAlone(code) {
      submission.fault = submission.fault ?? (.answerAlone, nil, line)
    }
    let created = answer["createdDate"]?.text ?? ""
    if submission.created.isEmpty || (!created.isEmpty && created < submission.created) {
      submission.created = created
    }
    let question = NettskjemaElements.Question(
      element: answer["elementId"]?.text ?? "", row: answer["subElementId"]?.text)
    let chosen = (answer["answerOptionIds"]?.elements ?? []).compactMap(\.text)
    var modified = answer["modifiedDate"]?.text ?? created
    // Mostly they are the same time, and then one text stands for all of them.
    if modified == submission.created { modified = submission.created }
    switch elements.places[question] {
    case nil:
      submission.note("the form's description has no \(question.words)", line)
    case .one(let column, let options):
      let codes = chosen.map { options[$0] }
      if let index = codes.firstIndex(of: nil) {
        submission.note(chosen[index], isNoOptionOf: question, line)
      }
      let text =
        codes.isEmpty ? answer["textAnswer"]?.text : codes.compactMap(\.self).joined(separator: ",")
      submission.set(Cell(text ?? "", column: column, line: line, modified: modified))
    case .each(let columns):
      if let option = chosen.first(where: { columns[$0] == nil }) {
        submission.note(option, isNoOptionOf: question, line)
      }
      for (option, column) in columns {
        let text = chosen.contains(option) ? "1" : "0"
        submission.set(Cell(text, column: column, line: line, modified: modified))
      }
    }
  }

  /// A line that belongs to no submission is a row of its own.
  private func refuse(
    _ line: LineReader.Line, _ kind: RowFault.Kind, _ detail: String?
  ) throws {
    let place = try store.add(line.onOneLine)
    let fault = (kind, detail, line.number)
    ready.append(("", Submission(line: line.number, lines: [place], fault: fault)))
  }

  /// The lines of a submission as they stand in the file.
  private func original(_ submission: Submission) throws -> [UInt8] {
    Array(try submission.lines.map(store.bytes).joined(separator: [0x0A]))
  }

  // MARK: Writing rows

  /// A line as it stands, which is wrong.
  private func writeLine(_ submission: Submission) throws {
    let original = try original(submission)
    let row = batch.beginRow(line: submission.line)
    let first = Int32(batch.bytes.count)
    let start = SourcePosition(line: submission.line, column: 1)
    batch.appendCell(original, at: start, in: row, delimiter)
    batch.endRow(
      row, original: original,
      fault: submission.fault.map { RowFault(kind: $0.kind, offset: first, detail: $0.detail) })
  }

  /// Submission, time, and the form's columns.
  private func write(_ id: String, _ submission: Submission) throws {
    guard !id.isEmpty else { return try writeLine(submission) }
    let row = batch.beginRow(line: submission.fault?.line ?? submission.line)
    let start = SourcePosition(line: submission.line, column: 1)
    let first = Int32(batch.bytes.count)
    batch.appendCell(id.utf8, at: start, in: row, delimiter)
    batch.appendCell(submission.created.utf8, at: start, in: row, delimiter)
    var cells = [Cell?](repeating: nil, count: elements.columns.count)
    for cell in submission.cells { cells[Int(cell.column)] = cell }
    for cell in cells {
      let place = cell.map { SourcePosition(line: Int($0.line), column: 1) } ?? start
      batch.appendCell((cell?.text ?? "").utf8, at: place, in: row, delimiter)
    }
    if let fault = submission.fault {
      batch.places[batch.cells.count - elements.columns.count - 2].line = fault.line
    }
    batch.endRow(
      row, original: try original(submission),
      fault: submission.fault.map { RowFault(kind: $0.kind, offset: first, detail: $0.detail) })
  }
}

extension NettskjemaSubmissions.Submission {
  /// An answer that was changed stands there twice; the later one counts.
  fileprivate mutating func set(_ cell: NettskjemaSubmissions.Cell) {
    weight += Self.weight(cell.text) + (cell.modified == created ? 0 : Self.weight(cell.modified))
    if let index = cells.firstIndex(where: { $0.column == cell.column }) {
      if cells[index].modified <= cell.modified { cells[index] = cell }
    } else {
      weight += NettskjemaSubmissions.cellWeight
      cells.append(cell)
    }
  }

  /// What a text takes beside the place it is kept in, which holds short ones itself.
  private static func weight(_ text: String) -> Int {
    text.utf8.count > 15 ? text.utf8.count + 48 : 0
  }
  /// The first thing found wrong is the one that is told.
  fileprivate mutating func note(_ detail: String, _ line: Int) {
    fault = fault ?? (.unknownElement, detail, line)
  }

  fileprivate mutating func note(
    _ option: String, isNoOptionOf question: NettskjemaElements.Question, _ line: Int
  ) {
    note("the form's description has no option \(shownID(option)) of \(question.words)", line)
  }
}

extension NettskjemaElements.Question {
  /// The numbers it has in the form, as the answer names them.
  fileprivate var words: String {
    "element \(shownID(element))" + (row.map { ", row \(shownID($0))" } ?? "")
  }
}

/// What the tool counts elements and options by; anything else may say who somebody is.
private func shownID(_ id: String) -> String {
  !id.isEmpty && id.count <= 12 && id.allSatisfy { $0.isASCII && $0.isNumber } ? id : masked(id)
}
