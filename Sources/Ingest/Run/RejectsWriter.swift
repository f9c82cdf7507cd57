internal import Events

/// Writes the rows that were turned down as they stood, in the input's own delimiter and
/// encoding, with two more columns that say why, and one for what stood beside the table, if there
/// is any. The file appears when it is complete.
///
/// A file in UTF-8 with other letters than ASCII begins with a mark, for a spreadsheet takes it for
/// another encoding otherwise.
///
/// Rejected rows say who people are: as the input may be for its owner alone, so are they.
///
/// What stands in its place already may have been mended and not been sent yet: it is never
/// overwritten by other content, unless the user named the file, or the same run left it there when
/// it was interrupted and nobody has changed it since.
final class RejectsWriter {
  /// Where the rows are, once `finish` has put them there.
  private(set) var path: String
  private let isNamed: Bool
  private let encoder: TextEncoder
  private let delimiter: Delimiter
  private let form: RejectsForm
  /// Whether the input is a file of rejected rows itself.
  private let hasMarks: Bool
  private let part: PartFile
  /// The row that was added last, which the next one may be once more.
  private var pending: (row: MendableRow, line: Int, told: [Diagnostic])?
  private let earlier: [String: String]
  private let header: [UInt8]
  private let hasMark: Bool
  /// Bytes of the file before its first row.
  private var beginning = 0
  private var hasLetters = false
  private var hasSurplus = false

  /// Begins with the input's header.
  /// - Parameters:
  ///   - isNamed: whether the user chose the path.
  ///   - encoding: of the input, `nil` where it is no text.
  ///   - hasMarks: whether the input is a file of rejected rows itself, see `FormulaMark`.
  ///   - earlier: SHA-256 of the files the same run has left when it was interrupted, by path.
  init(
    path: String, isNamed: Bool, header: [UInt8], form: RejectsForm, encoding: EncodingChoice?,
    delimiter: Delimiter, hasMarks: Bool, earlier: [String: String] = [:]
  ) {
    self.path = path
    self.isNamed = isNamed
    self.form = form
    self.delimiter = delimiter
    self.earlier = earlier
    self.hasMarks = hasMarks
    let encoding = encoding ?? .spreadsheet
    encoder = TextEncoder(encoding: encoding.encoding)
    self.header = header
    hasMark = !TextEncoder.mark(encoding).isEmpty
    part = PartFile(for: path)
    guard form == .table else { return }
    let first = begun()
    part.write(first)
    beginning = first.count
  }

  /// Adds one row and why it was turned down. A line of a table from which several rows were made comes
  /// back once, with what is wrong with any of them.
  ///
  /// - Parameter line: of the row in its file; `nil` where equal rows are always two.
  func add(_ row: MendableRow, line: Int?, _ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    guard form == .table, let line else { return write(row, errors) }
    if pending?.line == line, pending?.row.text == row.text {
      pending?.told += errors
      return
    }
    flush()
    pending = (row, line, errors)
  }

  private func flush() {
    guard let last = pending else { return }
    pending = nil
    write(last.row, last.told)
  }

  private func write(_ row: MendableRow, _ found: [Diagnostic]) {
    var errors: [Diagnostic] = []
    for error in found
    where !errors.contains(where: { $0.code == error.code && $0.message == error.message }) {
      errors.append(error)
    }
    let codes = errors.map(\.code).joined(separator: " ")
    // A spreadsheet may save the file in an encoding that has no such dot, or a seldom one.
    let text = errors.map(\.inOneLine).joined(separator: "; ").replacing(mask, with: "***")
    guard form == .table else {
      let bare = RejectsWriter.withoutReasons(lines: row.text)
      return part.write(errors.isEmpty ? bare + [0x0A] : RejectsWriter.line(bare, codes, text))
    }
    // Cells it lacks are added empty, so that the reasons stand in their own columns.
    var cells = Array(repeating: "", count: row.lacking) + [codes, text]
    if let surplus = row.surplus {
      hasSurplus = true
      cells.append(surplus)
    }
    let line = encoded(row.text, then: cells)
    if !hasLetters { hasLetters = line.contains { $0 >= 0x80 } }
    part.write(line)
  }

  /// Mark and header, as far as is known what they must be.
  private func begun() -> [UInt8] {
    var line = encoded(
      header, then: Layout.rejectColumns.dropLast(hasSurplus ? 0 : 1))
    let needsMark = hasLetters || line.contains { $0 >= 0x80 }
    if hasMark || (encoder.encoding == .utf8 && needsMark) {
      line = TextEncoder.mark(of: encoder.encoding) + line
    }
    return line
  }

  private func encoded(_ raw: [UInt8], then cells: some Sequence<String>) -> [UInt8] {
    let end = CSVWriter.row([""] + cells, delimiter: delimiter) + "\r\n"
    return encoder.encode(
      FormulaMark.marked(raw + Array(end.utf8), delimiter, hasMarks: hasMarks))
  }

  /// A JSON object, or several lines of them, with two more members in the first one.
  private static func line(_ raw: [UInt8], _ codes: String, _ text: String) -> [UInt8] {
    let end = raw.firstIndex(of: 0x0A) ?? raw.endIndex
    guard let brace = raw[..<end].lastIndex(of: UInt8(ascii: "}")) else { return raw + [0x0A] }
    var reasons = JSONWriter()
    reasons.string("error_code", codes)
    reasons.string("error", text)
    let isEmpty = raw[..<brace].allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: "{") }
    let comma: [UInt8] = isEmpty ? [] : [UInt8(ascii: ",")]
    return raw[..<brace] + comma + reasons.finish().dropFirst() + raw[(brace + 1)...] + [0x0A]
  }

  /// Why that did not work, as the system numbers it.
  var failure: Int32 { part.failure }

  private static func withoutReasons(lines raw: [UInt8]) -> [UInt8] {
    Array(
      raw.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { withoutReasons(Array($0)) }.joined(separator: [0x0A]))
  }

  /// An object without the reasons an earlier run has given; any other text as it is.
  private static func withoutReasons(_ line: [UInt8]) -> [UInt8] {
    guard let members = (try? JSONReader.read(line))?.members,
      members.contains(where: { Layout.rejectColumns.contains($0.name) }),
      let brace = line.lastIndex(of: UInt8(ascii: "}"))
    else { return line }
    let kept = members.indices.filter { !Layout.rejectColumns.contains(members[$0].name) }
      .map { index in
        let end = index + 1 < members.count ? members[index + 1].offset : brace
        let isBetween = { (byte: UInt8) in byte <= 0x20 || byte == UInt8(ascii: ",") }
        let text = line[members[index].offset..<end]
        return text[..<((text.lastIndex { !isBetween($0) } ?? text.startIndex) + 1)]
      }
    return [UInt8(ascii: "{")] + kept.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
  }

  /// Puts the file in its place; its SHA-256, or `nil` where that did not work.
  func finish() -> String? {
    flush()
    if form == .table, hasLetters || hasSurplus {
      part.replaceBeginning(beginning, with: begun())
    }
    let digest = part.digest
    guard !isNamed else { return part.replace(path) ? digest : nil }
    for _ in 0..<1_000 {
      if let there = PartFile.digest(of: path) {
        // Sent again unmended: its rejected rows are there already.
        if there == digest { return digest }
        if there == earlier[path] { return part.replace(path) ? digest : nil }
      }
      if let isPlaced = part.take(path) { return isPlaced ? digest : nil }
      path = RejectsWriter.path(beside: path, form: form)
    }
    return nil
  }

  /// `NAME.rejected.csv` beside `NAME.csv`. What is left of a file of rejected rows goes to
  /// `NAME.rejected-2.csv`: the one that was sent is the user's.
  static func path(beside input: String, form: RejectsForm = .table) -> String {
    let ending = form == .table ? ".csv" : ".ndjson"
    var stem = input
    let name = input.split(separator: "/").last ?? ""
    if let dot = name.lastIndex(of: "."), dot > name.startIndex {
      stem = String(input[..<dot])
    }
    if stem.hasSuffix(".rejected") { return stem + "-2" + ending }
    if let dash = stem.range(ofLast: ".rejected-"), let number = Int(stem[dash...].dropFirst(10)) {
      return stem[..<dash] + ".rejected-\(number + 1)" + ending
    }
    return stem + ".rejected" + ending
  }
}

extension Diagnostic {
  /// What is wrong and what to do about it, for a cell.
  fileprivate var inOneLine: String { hint.map { "\(message) (\($0))" } ?? message }
}

extension String {
  fileprivate func range(ofLast part: String) -> String.Index? {
    var index = endIndex
    while index > startIndex {
      index = self.index(before: index)
      if self[index...].hasPrefix(part) { return index }
    }
    return nil
  }
}
