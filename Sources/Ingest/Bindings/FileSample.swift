internal import Events

/// The beginning of a file of an unknown tool.
struct FileSample {
  let file: String
  /// The file's first bytes as UTF-8, at most 64 KiB and no line cut off; empty for what is no text.
  var text: String
  /// The first rows, as cells, as far as the file is a table.
  var rows: [[String]]
  /// The line each of them begins in; empty where nobody knows.
  var lines: [Int] = []
  /// What is recorded, if anything is: names to fill in.
  let register: Register
  /// What a statistics file says of its columns; empty for others.
  var variables: [Variable] = []

  private static let most = 65_536
  /// How many rows.
  static let sampled = 200
}

extension FileSample {
  /// Reads the beginning of a file the way a run would; throws what cannot be opened.
  init(_ file: String, _ register: Register, _ options: IngestOptions) throws {
    let source = try ByteSource(path: file, stop: options.stop)
    let start = Array(try source.peek(FileSample.most))
    let isText = [.delimitedText, .linesOfJSON, .listOfJSON].contains(
      FileForm(start.prefix(FileForm.enough)))
    self.init(
      file: file, text: isText ? try FileSample.text(start, file, options) : "",
      rows: [], register: register)
    do {
      let input = try OpenedInput(source, options)
      variables = (input.reader as? StatisticsReader)?.variables ?? []
      guard try input.reader.next(atMost: FileSample.sampled) else { return }
      let batch = input.reader.batch
      lines = batch.rows.map(\.line)
      rows = batch.rows.map { row in
        batch.cells(of: row).map { Composition.composed(CellTrim.trimmed(batch.text($0))) }
      }
    } catch  where isText {
      // A document of JSON is no table; what is wrong with a text is told when it is read.
    }
  }

  private static func text(
    _ start: [UInt8], _ file: String, _ options: IngestOptions
  ) throws -> String {
    let decoder = TextDecoder(MemorySupply(start), file: file, encoding: options.encoding)
    var bytes: [UInt8] = []
    while bytes.count < most, try decoder.append(to: &bytes) {}
    if start.count == most, let end = bytes.lastIndex(of: 0x0A) { bytes.removeSubrange(end...) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The objects of JSON a text begins with: a line each, or the elements of one list.
  func objects(atMost count: Int) -> [JSONValue] {
    let supply = MemorySupply(Array(text.utf8))
    let lines: any LineSource =
      FileForm(text.utf8.prefix(FileForm.enough)) == .listOfJSON
      ? JSONListReader(supply, file: file) : LineReader(supply)
    var objects: [JSONValue] = []
    // The sample may end inside one.
    while objects.count < count, let line = try? lines.next() {
      if let object = try? JSONReader.read(line.bytes) { objects.append(object) }
    }
    return objects
  }

  /// The texts a column has in the sample, row by row.
  func cells(of name: String) -> [String] {
    guard let column = rows.first?.firstIndex(of: name) else { return [] }
    return rows.dropFirst().compactMap { column < $0.count ? $0[column] : nil }
  }

  /// What a column of a table, or a member of JSON, has in the sample: each text once, a few of them.
  func values(of name: String) -> [String] {
    var found: [String] = []
    func note(_ text: String) {
      if !text.isEmpty, found.count < 30, !found.contains(text) { found.append(text) }
    }
    if let column = rows.first?.firstIndex(of: name) {
      for row in rows.dropFirst() where column < row.count { note(row[column]) }
      return found
    }
    for rest in text.split(separator: "\"\(name)\"").dropFirst() {
      let value = rest.drop { $0.isWhitespace || $0 == ":" }
      if value.first == "\"" { note(String(value.dropFirst().prefix { $0 != "\"" })) }
    }
    return found
  }

  /// The sample as a batch of rows: of a text, with that delimiter between the cells.
  func batch(between delimiter: Delimiter) -> RowBatch {
    guard !text.isEmpty,
      let reader = try? CSVReader(MemorySupply(Array(text.utf8)), delimiter: delimiter),
      (try? reader.next()) == true
    else { return RowBatch(sample: self) }
    return reader.batch
  }
}

extension FileSample {
  /// The kind of record whose template a sample has the header of, each column of it and none else.
  static func ownKind(of sample: FileSample) -> String? {
    guard let header = sample.rows.first, header.count > 1 else { return nil }
    return RecordKinds.all.compactMap { $0 as? any CheckedKind }.first { kind in
      let targets = ColumnTargets(kind, sample.register)
      let named = header.map { targets[$0] }
      return !named.contains { $0 == nil }
        && kind.columns.indices.allSatisfy {
          !kind.columns[$0].isRequired || named.contains(.column($0))
        }
    }?.name
  }
}

/// The row of a sample that names the columns: titles may stand above.
struct SampleHeader {
  let cells: [String]
  /// Its number among the rows.
  let index: Int
  /// The key that says where it stands; `nil` for the first row, which needs none.
  let key: String?

  /// The one of the first rows with most cells that are headings, at least `least` of them; the first
  /// row where no other is better.
  init?(_ sample: FileSample, least: Int, _ isHeading: (String) -> Bool) {
    let counted = sample.rows.prefix(10).enumerated().map { index, cells in
      (index: index, count: cells.count { !$0.isEmpty && isHeading($0) })
    }
    guard
      let best = counted.max(by: { ($0.count, $1.index) < ($1.count, $0.index) }),
      best.count >= least
    else { return nil }
    index = best.index
    cells = sample.rows[index]
    let line = index < sample.lines.count ? sample.lines[index] : index + 1
    key = index == 0 ? nil : "header: \(line)"
  }
}
