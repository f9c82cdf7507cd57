import Testing

@testable import Ingest

@Suite("CSV")
struct CSVReaderTests {
  private struct Parsed: Equatable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var faults: [String] = []
    var positions: [SourcePosition] = []
  }

  private func parse(
    _ bytes: [UInt8], delimiter: Delimiter? = nil, block: Int = 65_536,
    limits: CSVReader.Limits = .init()
  ) throws -> Parsed {
    let reader = try CSVReader(
      MemorySupply(bytes, block: block), delimiter: delimiter, limits: limits)
    var parsed = Parsed()
    while try reader.next() {
      for row in reader.batch.rows {
        parsed.rows.append(reader.batch.cells(of: row).map { reader.batch.text($0) })
        parsed.lines.append(row.line)
        if let fault = row.fault {
          parsed.faults.append("\(fault.kind)")
          parsed.positions.append(reader.batch.position(of: fault.offset, in: row))
        }
        for cell in reader.batch.cells(of: row) {
          parsed.positions.append(reader.batch.position(of: cell.origin, in: row))
        }
      }
    }
    return parsed
  }

  private func rows(_ text: String, _ delimiter: Delimiter? = nil) throws -> [[String]] {
    try parse(Array(text.utf8), delimiter: delimiter).rows
  }

  @Test func `rows end with LF, CRLF or CR, the last one with or without`() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["a;b", "1;2", "3;"].joined(separator: end)
      let expected = [["a", "b"], ["1", "2"], ["3", ""]]
      #expect(try rows(text) == expected)
      #expect(try rows(text + end) == expected)
      #expect(try rows(text + end + end + end) == expected)
    }
  }

  @Test func `quoted cells hold delimiters, line ends and doubled quotes`() throws {
    let text = "a,b\r\n\"x,\"\"y\"\"\r\nz\",\"\"\r\n"
    #expect(try rows(text) == [["a", "b"], ["x,\"y\"\r\nz", ""]])
  }

  @Test func `the delimiter is the one that stands most often outside quotes in the header`() throws
  {
    #expect(try rows("\"a,b,c\";d\n") == [["a,b,c", "d"]])
    #expect(try rows("a\tb,c\td\n") == [["a", "b,c", "d"]])
    #expect(try rows("a;b,c\n") == [["a", "b,c"]])
    #expect(try rows("sep=,\na;x,b\n") == [["a;x", "b"]])
    #expect(try rows("a;b,c\n", .comma) == [["a;b", "c"]])
  }

  @Test(arguments: [1, 6, 64])
  func `Excel's first line is one line, wherever the blocks end`(block: Int) throws {
    let parsed = try parse(Array("sep=;\r\na,b;c\r\n".utf8), block: block)
    #expect(parsed.rows == [["a,b", "c"]])
    #expect(parsed.lines == [2])
  }

  @Test(arguments: [1, 5, 64])
  func `a header with line ends in its cells is looked at as a whole`(block: Int) throws {
    let parsed = try parse(Array("\"What,\nthen?\";\"b\"\n1;2\n".utf8), block: block)
    #expect(parsed.rows == [["What,\nthen?", "b"], ["1", "2"]])
  }

  @Test func `every cell knows its line and column, in scalars`() throws {
    let parsed = try parse(Array("å;b\n\"æ\nø\";c\n".utf8))
    #expect(
      parsed.positions == [
        SourcePosition(line: 1, column: 1), SourcePosition(line: 1, column: 3),
        SourcePosition(line: 2, column: 1), SourcePosition(line: 3, column: 4),
      ])
    #expect(parsed.lines == [1, 2])
  }

  @Test func `what RFC 4180 forbids is a fault of that row alone`() throws {
    let parsed = try parse(Array("a;b\n1\"x;2\n3;4\n\"5\"x;6\n7;8\n".utf8))
    #expect(parsed.faults == ["strayQuote", "strayQuote"])
    #expect(parsed.rows.contains(["3", "4"]))
    #expect(parsed.rows.contains(["7", "8"]))
    #expect(parsed.lines == [1, 2, 3, 4, 5])
  }

  @Test func `a quote never closed is a fault at the place it opens`() throws {
    let parsed = try parse(Array("a;b\n1;\"2\n3;4\n".utf8))
    #expect(parsed.faults == ["quoteOpen"])
    #expect(parsed.positions.contains(SourcePosition(line: 2, column: 3)))
  }

  @Test func `bytes that are no UTF-8 and NUL are faults of their row`() throws {
    let parsed = try parse([0x61, 0x0A, 0xFF, 0x0A, 0x62, 0x00, 0x0A, 0x63, 0x0A])
    #expect(parsed.faults == ["badBytes", "controlByte"])
    #expect(parsed.rows.last == ["c"])
  }

  @Test func `cells, rows and columns have a largest size`() throws {
    var limits = CSVReader.Limits()
    limits.cellBytes = 8
    limits.rowBytes = 64
    limits.cells = 4
    let long = String(repeating: "x", count: 9)
    #expect(try parse(Array("a\n\(long)\n1\n".utf8), limits: limits).faults == ["cellTooLarge"])
    #expect(
      try parse(Array("a;b\n1;2;3;4;5;6\n1;2\n".utf8), limits: limits).faults
        == ["tooManyColumns"])
    let endless = Array(("a\n\"" + String(repeating: "y", count: 500)).utf8)
    let reader = try CSVReader(MemorySupply(endless, block: 16), limits: limits)
    var faults: [RowFault.Kind] = []
    while try reader.next() { faults += reader.batch.rows.compactMap { $0.fault?.kind } }
    #expect(faults == [.rowTooLarge])
    #expect(reader.gaveUp)
    #expect(reader.batch.bytes.count < 500)
  }

  @Test(arguments: 0..<200)
  func `what is written is read back, whatever the blocks`(seed: UInt64) throws {
    var random = Seeded(seed + 1)
    let alphabet = Array("ab1 ;,\t\"\n\rå𝄞'")
    let width = Int.random(in: 1...5, using: &random)
    let written = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<width).map { _ in
        String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in
            alphabet.randomElement(using: &random) ?? "a"
          })
      }
    }
    let delimiter = Delimiter.allCases.randomElement(using: &random) ?? .comma
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let text = written.map { CSVWriter.row($0, delimiter: delimiter) }.joined(separator: end)
    let bytes = Array(text.utf8)
    let whole = try parse(bytes, delimiter: delimiter)
    #expect(whole.rows == written)
    #expect(whole.faults.isEmpty)
    let block = Int.random(in: 1...9, using: &random)
    #expect(try parse(bytes, delimiter: delimiter, block: block) == whole)
  }

  @Test(arguments: 0..<400)
  func `any bytes are rows or faults, and every place is inside the file`(seed: UInt64) throws {
    var random = Seeded(seed + 1000)
    let alphabet: [UInt8] = [0x22, 0x0A, 0x0D, 0x3B, 0x2C, 0x09, 0x61, 0xC3, 0xA5, 0xFF, 0x00]
    let bytes = (0..<Int.random(in: 1...80, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0x61
    }
    let whole = try parse(bytes, delimiter: .semicolon)
    for block in [1, 2, 3, 7] {
      #expect(try parse(bytes, delimiter: .semicolon, block: block) == whole)
    }
    let lineCount = bytes.filter { $0 == 0x0A || $0 == 0x0D }.count + 1
    for position in whole.positions {
      #expect((1...lineCount).contains(position.line))
      #expect((1...bytes.count + 1).contains(position.column))
    }
    #expect(whole.lines == whole.lines.sorted())
  }
}
