/// Gathers the answers of a form, a line of JSON each, into submissions, a row each.
///
/// The lines of a submission need not stand together; they are held until the end of the file, or
/// until what is held outgrows its bound. Then the submission that began first is complete. The lines
/// themselves are put aside; what is held of each is its answer.
final class NettskjemaSubmissions: RowReader {
  /// What is known of a submission so far.
  fileprivate struct Submission {
    var line: Int
    var created = ""
    var cells: [Int: Cell] = [:]
    /// Where its lines were put aside.
    var lines: [Range<Int>] = []
    var fault: (kind: RowFault.Kind, line: Int)?
    /// Bytes it takes in memory, roughly.
    var weight = NettskjemaSubmissions.submissionWeight
  }

  fileprivate struct Cell {
    var text: String
    var line: Int
    var modified: String
  }

  let batch = RowBatch()
  let delimiter = Delimiter.semicolon
  let encoding: EncodingChoice? = nil
  let rejectsForm = RejectsForm.lines
  let form: String? = "lines of JSON, an answer each"
  /// What an answer takes in memory beside its text.
  fileprivate static let cellWeight = 240
  /// What a submission takes in memory beside its answers.
  fileprivate static let submissionWeight = 400
  /// What makes a batch complete.
  private static let batchBytes = 4 << 20
  private let lines: LineReader
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
    _ lines: LineReader, _ elements: NettskjemaElements, name: String, bound: Int = 48 << 20
  ) {
    self.lines = lines
    complete = LargeIDSet(for: name)
    store = ByteStore(for: name, bound: 16 << 20)
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
    guard !line.isTooLong else { return try refuse(line, .notAnswer) }
    let answer = try? JSONReader.read(line.bytes)
    // Of a damaged line, too, for without it the submission is not whole.
    guard let id = answer.map({ $0["submissionId"]?.text }) ?? DamagedAnswer.submission(line.bytes)
    else { return try refuse(line, .notAnswer) }
    if open[id] == nil, try complete.contains(id) { return try refuse(line, .answersApart) }
    if open[id] == nil {
      open[id] = Submission(line: line.number)
      order.append(id)
    }
    guard var submission = open.removeValue(forKey: id) else { return }
    if !submission.lines.isEmpty { held -= submission.weight }
    submission.lines.append(try store.add(line.bytes))
    if let answer {
      take(answer, line.number, &submission)
    } else if submission.fault == nil {
      submission.fault = (.answerDamaged, line.number)
    }
    submission.weight += MemoryLayout<Range<Int>>.stride
    held += submission.weight
    open[id] = submission
  }

  private func take(_ answer: JSONValue, _ line: Int, _ submission: inout Submission) {
    if let code = answer["error_code"]?.text, DamagedAnswer.isAlone(code) {
      submission.fault = submission.fault ?? (.answerAlone, line)
    }
    let created = answer["createdDate"]?.text ?? ""
    if submission.created.isEmpty || (!created.isEmpty && created < submission.created) {
      submission.created = created
    }
    let question = NettskjemaElements.Question(
      element: answer["elementId"]?.text ?? "", row: answer["subElementId"]?.text)
    let chosen = (answer["answerOptionIds"]?.elements ?? []).compactMap(\.text)
    let modified = answer["modifiedDate"]?.text ?? created
    switch elements.places[question] {
    case nil: submission.fault = submission.fault ?? (.unknownElement, line)
    case .one(let column, let options):
      let codes = chosen.map { options[$0] }
      if codes.contains(nil) { submission.fault = submission.fault ?? (.unknownElement, line) }
      let text =
        codes.isEmpty ? answer["textAnswer"]?.text : codes.compactMap(\.self).joined(separator: ",")
      submission.set(column, Cell(text: text ?? "", line: line, modified: modified))
    case .each(let columns):
      if chosen.contains(where: { columns[$0] == nil }) {
        submission.fault = submission.fault ?? (.unknownElement, line)
      }
      for (option, column) in columns {
        let text = chosen.contains(option) ? "1" : "0"
        submission.set(column, Cell(text: text, line: line, modified: modified))
      }
    }
  }

  /// A line that belongs to no submission is a row of its own.
  private func refuse(_ line: LineReader.Line, _ kind: RowFault.Kind) throws {
    let place = try store.add(line.bytes)
    ready.append(("", Submission(line: line.number, lines: [place], fault: (kind, line.number))))
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
      fault: submission.fault.map { RowFault(kind: $0.kind, offset: first) })
  }

  /// Submission, time, and the form's columns.
  private func write(_ id: String, _ submission: Submission) throws {
    guard !id.isEmpty else { return try writeLine(submission) }
    let row = batch.beginRow(line: submission.fault?.line ?? submission.line)
    let start = SourcePosition(line: submission.line, column: 1)
    let first = Int32(batch.bytes.count)
    batch.appendCell(id.utf8, at: start, in: row, delimiter)
    batch.appendCell(submission.created.utf8, at: start, in: row, delimiter)
    for column in elements.columns.indices {
      let cell = submission.cells[column]
      let place = cell.map { SourcePosition(line: $0.line, column: 1) } ?? start
      batch.appendCell((cell?.text ?? "").utf8, at: place, in: row, delimiter)
    }
    if let fault = submission.fault {
      batch.places[batch.cells.count - elements.columns.count - 2].line = fault.line
    }
    batch.endRow(
      row, original: try original(submission),
      fault: submission.fault.map { RowFault(kind: $0.kind, offset: first) })
  }
}

extension NettskjemaSubmissions.Submission {
  /// An answer that was changed stands there twice; the later one counts.
  fileprivate mutating func set(_ column: Int, _ cell: NettskjemaSubmissions.Cell) {
    if let earlier = cells[column] {
      if earlier.modified > cell.modified { return }
    } else {
      weight += NettskjemaSubmissions.cellWeight
    }
    weight += cell.text.utf8.count
    cells[column] = cell
  }
}
