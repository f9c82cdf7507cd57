internal import EventLog
internal import Events

/// New responses that are recorded in another wave already, word for word: a survey whose ids begin
/// anew in every wave looks like another one when it is sent with the wrong wave.
struct ResponsesElsewhere {
  private let source: any RecordSource
  private let waves: [OtherWave]
  private var drafts: [EventDraft] = []
  private var asked = 0
  private var found: [String: CountedRows] = [:]
  private var lines: [Int] = []
  /// So many rows show it.
  private static let most = 500

  init(_ source: any RecordSource, _ waves: [OtherWave]) {
    self.source = source
    self.waves = waves
  }

  mutating func note(_ draft: EventDraft, line: Int) {
    guard !waves.isEmpty, asked + drafts.count < Self.most else { return }
    drafts.append(draft)
    lines.append(line)
  }

  mutating func lookUp() throws {
    guard !drafts.isEmpty else { return }
    defer {
      asked += drafts.count
      drafts.removeAll()
      lines.removeAll()
    }
    for other in waves {
      let keys = drafts.map { $0.naturalKey.flatMap(other.key) }
      let records = try source.records(keys.compactMap(\.self))
      for (index, key) in keys.enumerated() {
        guard let body = key.flatMap({ records[$0]?.body }) else { continue }
        let (old, new) = (JSONMembers(body), JSONMembers(drafts[index].body))
        let isSame = ["answers", "on"].allSatisfy { old.values[$0] == new.values[$0] }
        if isSame { found[other.wave, default: CountedRows()].note(line: lines[index]) }
      }
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    found.sorted { $0.key < $1.key }.filter { 2 * $0.value.count > asked }.map { wave, rows in
      Diagnostic(
        .responsesElsewhere, file: file, line: rows.line,
        message: (rows.count == 1 ? "a new response is" : "\(rows.count) new responses are")
          + " recorded in wave '\(wave)' already, with the same id, day and answers")
    }
  }
}

/// Another wave of a survey whose responses the wave tells apart.
struct OtherWave: Sendable {
  var wave: String
  /// The numbering of responses there and here.
  var source: String
  var own: String

  /// The natural key of the same response there; `nil` for a key of another kind.
  func key(_ key: String) -> String? {
    let middle = "\u{1F}\(own)\u{1F}"
    return key.firstRange(of: middle).map {
      key.replacingCharacters(in: $0, with: "\u{1F}\(source)\u{1F}")
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
