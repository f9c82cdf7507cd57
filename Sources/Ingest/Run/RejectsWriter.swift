internal import Events
internal import Glibc

/// Writes the rows that were turned down as they stood, in the input's own delimiter and
/// encoding, with two more columns that say why. The file appears when it is complete.
final class RejectsWriter {
  let path: String
  private let encoder: TextEncoder
  private let delimiter: Delimiter
  private var stream: UnsafeMutablePointer<FILE>?
  private var hasFailed = false
  private var unfinished: String { path + ".part" }

  /// Begins with the input's header.
  init(path: String, header: [UInt8], encoding: EncodingChoice, delimiter: Delimiter) {
    self.path = path
    self.delimiter = delimiter
    encoder = TextEncoder(encoding: encoding.encoding)
    stream = fopen(path + ".part", "wb")
    guard stream != nil else {
      hasFailed = true
      return
    }
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

  /// Adds one row and why it was turned down.
  func add(_ raw: [UInt8], _ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    let codes = errors.map(\.code).joined(separator: " ")
    let text = errors.map(\.message).joined(separator: "; ")
    let end = CSVWriter.row(["", codes, text], delimiter: delimiter) + "\r\n"
    write(encoder.encode(raw + Array(end.utf8)))
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
    if isClosed, !hasFailed, rename(unfinished, path) == 0 { return true }
    unlink(unfinished)
    return false
  }

  /// `NAME.rejected.csv` beside `NAME.csv`. What is left of a file of rejected rows goes to
  /// `NAME.rejected-2.csv`: the one that was sent is the user's.
  static func path(beside input: String) -> String {
    var stem = input
    let name = input.split(separator: "/").last ?? ""
    if let dot = name.lastIndex(of: "."), dot > name.startIndex {
      stem = String(input[..<dot])
    }
    if stem.hasSuffix(".rejected") { return stem + "-2.csv" }
    if let dash = stem.range(ofLast: ".rejected-"), let number = Int(stem[dash...].dropFirst(10)) {
      return stem[..<dash] + ".rejected-\(number + 1).csv"
    }
    return stem + ".rejected.csv"
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
