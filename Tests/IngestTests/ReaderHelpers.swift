import Events
import FoundationEssentials
import Glibc

@testable import Ingest

extension RowReader {
  /// All rows, as texts; rows with a fault as its code.
  func allRows() throws -> [[String]] {
    var rows: [[String]] = []
    while try next() {
      for row in batch.rows {
        rows.append(row.fault.map { [$0.code.id] } ?? batch.cells(of: row).map(batch.text))
      }
    }
    return rows
  }
}

/// The rows of a file, opened as the command opens it.
func rows(
  of file: String, _ options: IngestOptions = IngestOptions()
) throws -> [[String]] {
  try OpenedInput(file, options).reader.allRows()
}

/// The codes an attempt ends with; none when it does not fail.
func codes(_ attempt: () throws -> Void) -> [String] {
  do {
    try attempt()
    return []
  } catch let error as InputError {
    return error.diagnostics.map(\.code)
  } catch {
    return ["\(error)"]
  }
}

/// Bytes that can be read only once, at a path.
final class Pipe {
  private let descriptor: Int32
  var path: String { "/dev/fd/\(descriptor)" }

  /// No more than a pipe holds by itself, 64 KiB.
  init(holding bytes: [UInt8]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0, write(ends[1], bytes, bytes.count) == bytes.count else {
      throw CocoaError(.fileWriteUnknown)
    }
    close(ends[1])
    descriptor = ends[0]
  }

  deinit { close(descriptor) }
}
