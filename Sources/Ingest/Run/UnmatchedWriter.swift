internal import Events
internal import Glibc

/// Somebody a row is about and nobody is known as, with the place and in clear.
struct Unmatched {
  var line: Int
  var column: Int?
  var identity: PersonIdentity
  var code: IngestCode
}

/// Writes whom nobody could be matched with to `NAME.unmatched.csv`, so that the recorder can look
/// them up. It names people: only its owner may read it, and nothing of it goes anywhere else.
final class UnmatchedWriter {
  let path: String
  private var stream: UnsafeMutablePointer<FILE>?
  private var hasFailed = false
  /// Of this process alone: two runs may be at work on one file.
  private let unfinished: String

  init(path: String) {
    self.path = path
    unfinished = "\(path).\(getpid()).part"
    unlink(unfinished)
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    stream = descriptor < 0 ? nil : fdopen(descriptor, "wb")
    // With a mark, so that a spreadsheet reads Norwegian letters.
    write("\u{FEFF}")
    write(["line", "column", "person_id", "email", "name", "error_code", "error"])
  }

  deinit {
    if let stream {
      fclose(stream)
      unlink(unfinished)
    }
  }

  func add(_ person: Unmatched) {
    let identity = person.identity
    write([
      String(person.line), person.column.map { String($0) } ?? "", identity.personID ?? "",
      identity.email ?? "", identity.name ?? "", person.code.id, person.code.summary,
    ])
  }

  private func write(_ cells: [String]) {
    write(CSVWriter.row(cells, delimiter: .semicolon) + "\r\n")
  }

  private func write(_ text: String) {
    guard let stream else { return }
    let bytes = Array(text.utf8)
    if fwrite(bytes, 1, bytes.count, stream) != bytes.count { hasFailed = true }
  }

  /// Puts the file in its place; answers whether that worked.
  func finish() -> Bool {
    guard let stream else { return false }
    self.stream = nil
    let isClosed = fclose(stream) == 0
    if isClosed, !hasFailed, rename(unfinished, path) == 0 { return true }
    unlink(unfinished)
    return false
  }

  /// `NAME.unmatched.csv` beside `NAME.csv`.
  static func path(beside file: String) -> String {
    let name = file.split(separator: "/").last ?? ""
    let hasEnding = name.lastIndex(of: ".").map { $0 > name.startIndex } ?? false
    let stem = hasEnding ? file[..<(file.lastIndex(of: ".") ?? file.endIndex)] : file[...]
    return stem + ".unmatched.csv"
  }
}
