/// How many rows something is so of, and the line of the first.
struct CountedRows {
  private(set) var count = 0
  private(set) var line = 0

  mutating func note(line: Int) {
    if count == 0 { self.line = line }
    count += 1
  }
}
