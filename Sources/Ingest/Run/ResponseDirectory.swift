internal import EventLog
internal import Events
internal import FoundationEssentials

/// What the log holds of the responses a block of rows is about, and which version of an instrument
/// responses were given on that do not say so.
final class ResponseDirectory {
  private let source: any RecordSource
  /// Whether any instrument has several versions; else nothing has to be looked up.
  let areVersioned: Bool
  private var wanted: [String] = []
  private var known: [String: String] = [:]
  /// By what belongs together, the versions all its rows fit so far; the newest is 0.
  private var fitting: [String: Set<Int>] = [:]
  private(set) var unsaid = UnsaidVersions()

  init(_ source: any RecordSource, _ register: Register) {
    self.source = source
    areVersioned = register.instruments.values.contains { $0.count > 1 }
  }

  /// Notes the natural key of a response that does not say its version.
  func want(_ key: String) { wanted.append(key) }

  /// Looks up everything that was noted since; answers whether there was anything.
  func lookUp() throws -> Bool {
    guard !wanted.isEmpty else { return false }
    known = try source.records(wanted).compactMapValues {
      JSONMembers($0.body).text("version")
    }
    wanted.removeAll(keepingCapacity: true)
    return true
  }

  /// The version a response is recorded on.
  func version(of key: String) -> String? { known[key] }

  /// Takes in which versions a row fits. One that fits none, or none the others do, is on its own.
  func narrow(_ whole: String, to versions: Set<Int>) {
    let shared = fitting[whole].map(versions.intersection) ?? versions
    if !shared.isEmpty { fitting[whole] = shared }
  }

  /// The newest version the rows of a whole fit together: one answer sheet is not of two versions.
  func shared(_ whole: String) -> Int? { fitting[whole]?.min() }

  func note(_ instrument: Register.Instrument, line: Int) { unsaid.note(instrument, line: line) }
}

/// New responses that do not say which of several versions they were given on.
struct UnsaidVersions {
  private var rows: [(instrument: String, version: String, rows: CountedRows)] = []

  mutating func note(_ instrument: Register.Instrument, line: Int) {
    if let index = rows.firstIndex(where: {
      $0.instrument == instrument.code && $0.version == instrument.version
    }) {
      rows[index].rows.note(line: line)
    } else {
      var counted = CountedRows()
      counted.note(line: line)
      rows.append((instrument.code, instrument.version, counted))
    }
  }

  func diagnostics(file: String) -> [Diagnostic] {
    Dictionary(grouping: rows, by: \.instrument).sorted { $0.key < $1.key }.map { code, versions in
      let count = versions.reduce(0) { $0 + $1.rows.count }
      let taken = versions.map {
        "version '\($0.version)'" + (versions.count > 1 ? " (\($0.rows.count))" : "")
      }
      return Diagnostic(
        .versionUnsaid, file: file, line: versions.map(\.rows.line).min(),
        message: (count == 1
          ? "a new response does not say" : "\(count) new responses do not say")
          + " on which version of '\(code)' "
          + (count == 1 ? "it was given" : "they were given") + "; taken as "
          + taken.joined(separator: " and ") + ", the newest that fits")
    }
  }
}
