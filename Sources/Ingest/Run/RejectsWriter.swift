internal import Events
internal import Glibc

/// Writes the rows that were turned down as they stood, in the input's own delimiter and
/// encoding, with two more columns that say why. The file appears when it is complete.
///
/// What stands in its place already may have been mended and not been sent yet: it is never
/// overwritten by other content, unless the user named the file.
final class RejectsWriter {
  /// Where the rows are, once `finish` has put them there.
  private(set) var path: String
  private let isNamed: Bool
  private let encoder: TextEncoder
  private let delimiter: Delimiter
  private let form: RejectsForm
  private var stream: UnsafeMutablePointer<FILE>?
  private var hasFailed = false
  /// Of this process alone: two runs may be at work on one file.
  private let unfinished: String

  /// Begins with the input's header. `isNamed` says that the user chose the path.
  init(
    path: String, isNamed: Bool, header: [UInt8], form: RejectsForm, encoding: EncodingChoice,
    delimiter: Delimiter
  ) {
    self.path = path
    self.isNamed = isNamed
    unfinished = "\(path).\(getpid()).part"
    self.form = form
    self.delimiter = delimiter
    encoder = TextEncoder(encoding: encoding.encoding)
    stream = fopen(unfinished, "wb")
    guard stream != nil else {
      hasFailed = true
      return
    }
    guard form == .table else { return }
    write(TextEncoder.mark(encoding))
    let names = "\(delimiter.rawValue)error_code\(delimiter.rawValue)error\r\n"
    write(encoder.encode(header + Array(names.utf8)))
  }

  deinit {
    if let stream {
      fclose(stream)
      unlink(unfinished)
    }
  }

  /// Adds one row and why it was turned down. Cells it lacks are added empty, so that the reasons
  /// stand in their own columns.
  func add(_ raw: [UInt8], lacking: Int, _ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    let codes = errors.map(\.code).joined(separator: " ")
    let told = errors.map(\.message).joined(separator: "; ")
    // A dot that is seldom in Windows-1252 would make the encoding doubtful when the file comes back.
    let text = encoder.encoding == .windows1252 ? told.replacing(mask, with: "***") : told
    guard form == .table else { return write(RejectsWriter.line(raw, codes, text)) }
    let cells = Array(repeating: "", count: lacking + 1) + [codes, text]
    let end = CSVWriter.row(cells, delimiter: delimiter) + "\r\n"
    write(encoder.encode(raw + Array(end.utf8)))
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

  private func write(_ bytes: [UInt8]) {
    guard let stream else { return }
    if fwrite(bytes, 1, bytes.count, stream) != bytes.count { hasFailed = true }
  }

  /// Puts the file in its place; answers whether that worked.
  func finish() -> Bool {
    guard let stream else { return false }
    self.stream = nil
    let isClosed = fclose(stream) == 0
    if isClosed, !hasFailed, takePlace() { return true }
    unlink(unfinished)
    return false
  }

  private func takePlace() -> Bool {
    guard !isNamed else { return rename(unfinished, path) == 0 }
    for _ in 0..<1_000 {
      if RejectsWriter.isSame(unfinished, path) { return unlink(unfinished) == 0 }
      // Claimed first, so that another run cannot choose the same name.
      let claim = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
      if claim >= 0 {
        close(claim)
        return rename(unfinished, path) == 0
      }
      guard errno == EEXIST else { return false }
      path = RejectsWriter.path(beside: path, form: form)
    }
    return false
  }

  /// Whether a file was sent again unmended: then its rejected rows are there already.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    guard let left = fopen(one, "rb") else { return false }
    defer { fclose(left) }
    guard let right = fopen(other, "rb") else { return false }
    defer { fclose(right) }
    var (mine, theirs) = (
      [UInt8](repeating: 0, count: 65_536), [UInt8](repeating: 0, count: 65_536)
    )
    while true {
      let count = fread(&mine, 1, mine.count, left)
      guard fread(&theirs, 1, theirs.count, right) == count else { return false }
      guard mine[..<count] == theirs[..<count] else { return false }
      if count == 0 { return true }
    }
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
