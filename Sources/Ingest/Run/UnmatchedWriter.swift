internal import Events

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
  private let part: PartFile

  /// - Parameter path: where it goes, unless the rejected rows turn out to go elsewhere.
  init(path: String) {
    part = PartFile(for: path)
    // With a mark, so that a spreadsheet reads Norwegian letters.
    part.write(Array("\u{FEFF}".utf8))
    write(["line", "column", "person_id", "email", "name", "error_code", "error"])
  }

  func add(_ person: Unmatched) {
    let identity = person.identity
    write([
      String(person.line), person.column.map { String($0) } ?? "", identity.personID ?? "",
      identity.email ?? "", identity.name ?? "", person.code.id, person.code.summary,
    ])
  }

  private func write(_ cells: [String]) {
    let row = CSVWriter.row(cells, delimiter: .semicolon) + "\r\n"
    part.write(FormulaMark.marked(Array(row.utf8), .semicolon, hasMarks: false))
  }

  /// Why that did not work, as the system numbers it.
  var failure: Int32 { part.failure }

  /// Puts the file in a place; its SHA-256, or `nil` where that did not work.
  func finish(at path: String) -> String? { part.replace(path) ? part.digest : nil }

  /// `NAME.unmatched.csv` beside `NAME.rejected.csv`, with the same number: the two belong together,
  /// and two inputs never share one.
  static func path(beside rejects: String) -> String {
    let name = rejects.split(separator: "/").last ?? ""
    let folder = rejects.dropLast(name.count)
    let dot = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil }
    let stem = name[..<(dot ?? name.endIndex)]
    guard let word = stem.ranges(of: ".rejected").last else {
      return "\(folder)\(stem).unmatched.csv"
    }
    return "\(folder)\(stem[..<word.lowerBound]).unmatched\(stem[word.upperBound...]).csv"
  }
}
