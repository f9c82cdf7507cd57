internal import Events

/// Cells of a sheet that are shown as one: only the first of them has the value.
struct MergedCells: Equatable, CustomStringConvertible {
  var first: CellReference
  var last: CellReference

  /// Reads `A5:A8`; `nil` for what is none.
  init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = String(ends[0]).withCString({ CellReference($0) }),
      let last = String(ends[1]).withCString({ CellReference($0) }), first.row <= last.row,
      first.column <= last.column
    else { return nil }
    (self.first, self.last) = (first, last)
  }

  var description: String { "\(first):\(last)" }

  /// The warning of those that lie among the rows below a header, side by side with its columns; `nil`
  /// where none does. A title above the header may well be merged.
  static func warning(
    _ all: [MergedCells], file: String, below header: Int, width: Int
  ) -> Diagnostic? {
    let among = all.filter { $0.last.row > header && $0.first.column <= width }
    guard
      let first = among.min(by: {
        ($0.first.row, $0.first.column) < ($1.first.row, $1.first.column)
      })
    else { return nil }
    let others =
      switch among.count {
      case 1: ""
      case 2: "; there is 1 more such block"
      default: "; there are \(among.count - 1) more such blocks"
      }
    return Diagnostic(
      .mergedCells, file: file, line: first.first.row, column: first.first.column,
      reference: first.first.description,
      message: "cells \(first) are merged: the value stands in \(first.first) alone, and the others"
        + " are read as empty\(others)")
  }
}
