internal import Postgres
internal import FoundationEssentials

extension LogWriter {
  /// Copies the wanted rows, numbered after the head, and seals them as one block.
  func send(
    _ rows: inout RowEncoder, _ wanted: [Int], after head: Head, key: UUID
  ) throws -> ClosedRange<Int64>? {
    guard !wanted.isEmpty else { return nil }
    for (place, index) in wanted.enumerated() {
      rows.number(
        index, position: head.lastPosition + 1 + Int64(place), appendNo: head.appendNo + 1)
    }
    try session.copyIn(RowEncoder.copyStatement) { copy in
      try copy.write(RowEncoder.header)
      // Neighbours travel together; where all rows are new that is everything at once.
      var start = wanted.startIndex
      while start < wanted.endIndex {
        var end = start + 1
        while end < wanted.endIndex, wanted[end] == wanted[end - 1] + 1 { end += 1 }
        try copy.write(rows.bytes, rows.offsets[wanted[start]]..<rows.offsets[wanted[end - 1] + 1])
        start = end
      }
      try copy.write(RowEncoder.trailer)
    }
    let sealed = try session.query(
      "SELECT o_first, o_last FROM log.seal($1, $2)", [.int(Int64(institution)), .uuid(key)])[0]
    return Int64(try sealed.int(0))...Int64(try sealed.int(1))
  }
}
