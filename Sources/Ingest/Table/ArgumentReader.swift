/// One record, given as `key=value` arguments: a header and one row, as a file of its kind would
/// have them. Places count arguments as lines, so that what is wrong can be shown in its argument.
final class ArgumentReader: RowReader {
  let batch = RowBatch()
  let delimiter = Delimiter.semicolon
  let encoding: EncodingChoice? = nil
  let form: String? = "one record"
  let wording = InputWording.keys
  private let arguments: [RecordArgument]
  private var isRead = false

  init(_ arguments: [RecordArgument]) { self.arguments = arguments }

  func next(atMost count: Int?) -> Bool {
    guard !isRead else { return false }
    isRead = true
    fill { ($0.value, $0.valueColumn) }
    return true
  }

  /// The keys, as the header of a file.
  func header() -> RowBatch {
    fill { ($0.key, 1) }
    return batch.copy()
  }

  private func fill(_ cell: (RecordArgument) -> (text: String, column: Int)) {
    batch.clear()
    let row = batch.beginRow(line: 0)
    for argument in arguments {
      let (text, column) = cell(argument)
      batch.appendCell(
        Array(Composition.composed(text).utf8),
        at: SourcePosition(line: argument.number, column: column), in: row, delimiter)
    }
    batch.endRow(row)
  }
}

/// One `key=value` of a command line.
public struct RecordArgument: Sendable, Equatable {
  /// Its number among the arguments, from 1.
  public let number: Int
  public let key: String
  public let value: String

  /// `nil` where there is no `=`, or nothing before it.
  public init?(_ text: String, number: Int) {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    self.number = number
    key = String(text[..<sign])
    value = String(text[text.index(after: sign)...])
  }

  /// Where the value begins, in Unicode scalars from 1.
  var valueColumn: Int { key.unicodeScalars.count + 2 }
}
