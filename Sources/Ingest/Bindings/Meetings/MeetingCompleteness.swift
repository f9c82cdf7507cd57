/// What tells whether a report shows everybody who was there. One that was cut off, or of which a row
/// cannot be read, leaves people out, and somebody left out was not absent.
struct MeetingCompleteness {
  /// How many took part, as the report itself says.
  var told: Int?
  /// How many it shows.
  var shown = 0
  /// The title above the people, where sections have numbers and the next one is missing.
  var unclosed: RowBatch.Row?
  /// The line of the first row that cannot be read.
  var unreadable: Int?

  /// Why there may have been more people than are shown; `nil` where nothing speaks for it.
  var lack: String? {
    if let unreadable { return "line \(unreadable) of the report cannot be read" }
    // Who are as many as they should be are all of them, whatever was to follow.
    if let told { return told > shown ? "\(told) took part by it, and it shows \(shown)" : nil }
    return unclosed == nil ? nil : "it ends before the section that follows the participants"
  }

  /// Whether what stands above the people is needed to see that somebody is missing.
  var isToldAbove: Bool { told != nil || unclosed != nil }
}

extension MeetingCompleteness {
  private static let participants = ["particip", "delta", "deelne", "teilne", "osallist"]
  /// No group is larger; a title may be a year.
  private static let most = 1_000

  /// What the lines of a report tell about it being whole.
  ///
  /// - Parameters:
  ///   - tables: all whose rows are about people, the one of `header` among them.
  ///   - reasons: columns that a file of rejected rows has added to the people's table.
  init(_ batch: RowBatch, header: RowBatch.Row, tables: [MeetingTable], reasons: Set<Int>) {
    let above = batch.rows.filter { $0.start < header.start }
    told = MeetingCompleteness.told(MeetingTable(batch: batch, header: header, rows: above))
    unclosed = MeetingCompleteness.unclosed(batch, above, header)
    let ragged = tables.compactMap { table in
      var layout = Layout(columns: 0, width: table.width)
      if table.header.start == header.start { layout.reasons = reasons }
      return table.rows.first { !layout.fits($0) }?.line
    }
    unreadable = (batch.rows.filter { $0.fault != nil }.map(\.line) + ragged).min()
  }

  /// The number beside or below a word for participants; else the only small number that stands
  /// beside a word, for reports are in any language.
  private static func told(_ block: MeetingTable) -> Int? {
    var named: [Int] = []
    var others: [Int] = []
    for (index, row) in block.rows.enumerated() {
      let cells = block.batch.cells(of: row).map { CellTrim.trimmed(block.batch.text($0)) }
      let isPair = cells.count { !$0.isEmpty } == 2
      for (place, cell) in cells.enumerated() {
        let isNamed = participants.contains(where: ColumnName.folded(cell).contains)
        let below = block.rows.dropFirst(index + 1).first.map { block.text($0, place) }
        if isNamed, let number = below.flatMap(count) { named.append(number) }
        guard isPair, let number = cells.dropFirst(place + 1).first.flatMap(count) else { continue }
        if isNamed { named.append(number) } else { others.append(number) }
      }
    }
    // Of those who were invited or have registered there are more.
    return named.min() ?? (others.count == 1 ? others[0] : nil)
  }

  private static func count(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text), number < most
    else { return nil }
    return number
  }

  /// The title nearest above the people, `2. Participants`, where no title has the next number.
  private static func unclosed(
    _ batch: RowBatch, _ above: [RowBatch.Row], _ header: RowBatch.Row
  ) -> RowBatch.Row? {
    func number(_ row: RowBatch.Row) -> Int? {
      let cells = batch.cells(of: row).map { CellTrim.trimmed(batch.text($0)) }
      guard let title = cells.first, cells.dropFirst().allSatisfy(\.isEmpty) else { return nil }
      let digits = title.prefix { $0.isASCII && $0.isNumber }
      return title.dropFirst(digits.count).first == "." ? Int(digits) : nil
    }
    guard let title = above.last(where: { number($0) != nil }), let own = number(title) else {
      return nil
    }
    let isClosed = batch.rows.contains { $0.start > header.start && number($0) == own + 1 }
    return isClosed ? nil : title
  }
}
