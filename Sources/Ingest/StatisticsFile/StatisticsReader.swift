internal import Glibc

/// Reads the cases of an SPSS (.sav) or Stata (.dta) file. The names of the variables are the
/// header; cells are codes, not labels. Cases are numbered from 1, as those programs show them.
final class StatisticsReader: RowReader {
  let batch = RowBatch()
  let delimiter: Delimiter
  let encoding: EncodingChoice? = nil
  let form: String?
  private(set) var gaveUp = false
  /// What the file says about its columns: questions, what codes mean, which stand for no answer.
  let variables: [Variable]
  private let limits: CSVReader.Limits
  private let pass: CasePass
  private var thread: pthread_t?
  private var cases = Cases()
  /// Cells of `cases` that have been used.
  private var used = 0
  private var line = 0
  private var hasHeader = false
  private var failure: InputError?

  init(
    _ file: SeekableFile, _ format: ReadStatPass.Format, encoding: TextEncoding? = nil,
    delimiter: Delimiter = .semicolon, limits: CSVReader.Limits = CSVReader.Limits()
  ) throws {
    self.delimiter = delimiter
    self.limits = limits
    let described = try VariablePass(file, format, encoding: encoding, atMost: limits.cells)
    variables = described.variables
    let count = variables.count == 1 ? "1 variable" : "\(variables.count) variables"
    form = (format == .spss ? "sav, " : "dta, ") + count
    guard !variables.isEmpty else {
      throw InputError(.emptyFile, file: file.name, message: "'\(file.name)' has no variables")
    }
    pass = CasePass(file, format, encoding: encoding, times: described.times, limits: limits)
    thread = pass.start()
    if thread == nil { throw InputError.damaged(file.name, "there is no thread left to read it") }
  }

  deinit {
    pass.steps.abandon()
    if let thread { pthread_join(thread, nil) }
  }

  func next(atMost count: Int?) throws -> Bool {
    batch.clear()
    if let failure { throw failure }
    let wanted = min(count ?? limits.rows, limits.rows)
    if !hasHeader {
      hasHeader = true
      writeHeader()
    }
    while !gaveUp, batch.rows.count < wanted, batch.bytes.count < limits.batchBytes {
      guard used < cases.ends.count else {
        if try takeMore() { continue }
        break
      }
      writeCase()
    }
    return !batch.rows.isEmpty
  }

  private func takeMore() throws -> Bool {
    switch pass.steps.take() {
    case .cases(let more):
      cases = more
      used = 0
      return true
    case .failed(let error):
      guard !batch.rows.isEmpty else { throw error }
      failure = error
      return false
    case nil: return false
    }
  }

  private func writeHeader() {
    let open = batch.beginRow(line: 1)
    for (index, variable) in variables.enumerated() {
      let place = SourcePosition(line: 1, column: index + 1)
      batch.appendCell(Array(variable.name.utf8), at: place, in: open, delimiter)
    }
    batch.endRow(open)
  }

  private func writeCase() {
    line += 1
    let open = batch.beginRow(line: line)
    var fault: RowFault?
    for column in 1...variables.count {
      let start = used == 0 ? 0 : cases.ends[used - 1]
      let text = cases.bytes[start..<cases.ends[used]]
      batch.appendCell(text, at: .init(line: line, column: column), in: open, delimiter)
      if let kind = cases.faults[used], fault == nil {
        gaveUp = kind == .rowTooLarge
        fault = RowFault(kind: kind, offset: batch.cells[batch.cells.count - 1].origin)
      }
      used += 1
    }
    batch.endRow(open, fault: fault)
  }
}
