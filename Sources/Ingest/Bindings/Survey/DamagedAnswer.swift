/// Lines of answers that are given back without the others of their submission.
enum DamagedAnswer {
  /// The submission a line names that is no JSON, where that can be read.
  static func submission(_ line: [UInt8]) -> String? {
    let name = Array("\"submissionId\"".utf8)
    guard line.count > name.count else { return nil }
    let found = (0..<line.count - name.count).first {
      line[$0..<$0 + name.count].elementsEqual(name)
    }
    guard let found else { return nil }
    let rest = line[(found + name.count)...].drop { $0 == 0x20 }
    guard rest.first == UInt8(ascii: ":") else { return nil }
    let value = rest.dropFirst().drop { $0 == 0x20 || $0 == UInt8(ascii: "\"") }
    let digits = value.prefix { (0x30...0x39).contains($0) }
    // A number that goes on where the line ends may be the beginning of another.
    guard !digits.isEmpty, digits.count < 20, digits.endIndex < line.endIndex else { return nil }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Whether a line with these codes was given back alone: what else its submission says was
  /// recorded, or given back elsewhere.
  static func isAlone(_ codes: String) -> Bool {
    codes.split(separator: " ").contains {
      $0 == IngestCode.answersApart.id || $0 == IngestCode.notAnswer.id
    }
  }
}
