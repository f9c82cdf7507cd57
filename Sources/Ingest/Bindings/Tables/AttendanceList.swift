internal import Events

/// A list of names with a column a session, as it is kept on paper or in a spreadsheet: each cell
/// with a mark in it is somebody's attendance at one session.
struct AttendanceList: ToolBinding {
  static let tool = "attendance-list"
  let kind = "attendance"
  private let people: [ColumnSource]
  private let sessions: [(key: BoundText, value: BoundText)]
  private let status: [(key: BoundText, value: BoundText)]
  /// Whether a blank cell says "absent"; otherwise it says nothing.
  private let isComplete: Bool
  private let drop: [BoundText]
  private let line: Int?

  init(_ reader: inout BindingReader) throws {
    _ = reader.text("kind", oneOf: ["attendance"])
    people = reader.sources("columns")
    sessions = reader.pairs("sessions")
    status = reader.pairs("status")
    isComplete = reader.flag("complete")
    drop = reader.list("drop")
    line = reader.headerLine()
    let known = AttendanceKind.statuses.values
    for word in status where !known.contains(word.value.text) {
      reader.report(
        .bindingKey, word.value, "'\(word.value.text)' is no status",
        hint: nearest(to: word.value.text, among: known).map { "did you mean '\($0)'?" }
          ?? "known are " + known.joined(separator: ", "))
    }
    try reader.close()
  }

  /// The columns that say who somebody is, and whether they are a member.
  private static let targets: [String: Int] = [
    "person_id": AttendanceKind.At.personID, "email": AttendanceKind.At.email,
    "name": AttendanceKind.At.name, "guest": AttendanceKind.At.guest,
  ]

  func check(
    against register: Register, _ directory: SessionDirectory, binding file: String
  ) throws {
    var found: [Diagnostic] = []
    for source in people where AttendanceList.targets[source.column.text] == nil {
      found.append(
        Diagnostic(
          .bindingKey, file: file, line: source.column.line, column: source.column.column,
          message: "'columns' of a list has no '\(source.column.text)'",
          hint: "known are " + AttendanceList.targets.keys.sorted().joined(separator: ", ")))
    }
    for session in sessions where try directory.entry(named: session.value.text) == nil {
      found.append(try session.value.unknownSession(in: directory, file: file))
    }
    if !found.isEmpty { throw InputError(found) }
  }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try check(against: setting.register, setting.sessions, binding: setting.binding)
    let input = try OpenedInput(file, setting.options)
    let header = try input.header(inLine: line)
    var bound = BoundHeader(header, file: file)
    let added = AttendanceListReader.added
    var layout = Layout(
      columns: AttendanceKind().columns.count, width: bound.names.count + added)
    layout.added = added
    layout.isMade = true
    layout.sources[AttendanceKind.At.session] = 0
    layout.sources[AttendanceKind.At.status] = 1
    let blank = isComplete ? [(theirs: "", ours: "absent")] : []
    layout.translate(
      AttendanceKind.At.status,
      status.map { (theirs: $0.key.text, ours: $0.value.text) } + blank, key: "'status:'",
      isCode: { $0.count == 1 })
    for source in people {
      guard let column = AttendanceList.targets[source.column.text] else { continue }
      switch source.origin {
      case .value(let value): layout.fix(column, to: value.text)
      case .heading(let heading):
        guard let index = bound.need(heading) else { continue }
        source.bind(column, to: index + added, in: &layout)
        if column != AttendanceKind.At.guest { layout.identifying.insert(index + added) }
      }
    }
    let marks = sessions.compactMap { session in
      bound.need(session.key).map { (cell: $0, session: session.value.text) }
    }
    try bound.finish(
      &layout, dropping: drop,
      near: sessions.map(\.key.text) + people.compactMap(\.heading), added: added)
    let ownHeader = header.raw(
      header.rows[0], without: Set(layout.reasons.map { $0 - added }),
      delimiter: input.reader.delimiter)
    let reader = AttendanceListReader(input.reader, marks, isComplete: isComplete, layout)
    return BoundInput(
      source: input.source, reader: reader, layout: layout, kind: AttendanceKind(),
      header: ownHeader)
  }

  /// For a table with dates among its headings: two, or one beside a heading that names people.
  static func draft(for sample: FileSample) -> String? {
    let isDate = { (text: String) in
      Array(text.utf8).withUnsafeBufferPointer { bytes in
        if case .value = CellText(bytes).date() { true } else { false }
      }
    }
    let kind = AttendanceKind()
    let isPerson = { (text: String) in
      ColumnTargets.index(of: text, in: kind).map { targets[kind.columns[$0].name] != nil } == true
    }
    guard let header = SampleHeader(sample, least: 1, isDate),
      header.cells.count(where: isDate) > 1 || header.cells.contains(where: isPerson),
      !header.isBelowHeadings(of: sample)
    else { return nil }
    let dates = header.sessions(sample, isDate, except: isPerson)
    var lines = [
      "# A list of people with a column a session.",
      "tool: attendance-list", "kind: attendance",
    ]
    if let key = header.key { lines.append(key) }
    lines += [
      "# Who a row is about: person_id, email or name, and the heading it has in the file.",
      "columns:",
    ]
    var left: [String] = []
    var hasPerson = false
    for heading in header.cells where !dates.contains(heading) && !heading.isEmpty {
      let index = ColumnTargets.index(of: heading, in: kind)
      let name = index.map { kind.columns[$0].name } ?? ""
      if targets[name] != nil {
        lines.append("  \(name): \(YAMLText.quoted(heading))")
        hasPerson = true
      } else {
        left.append(YAMLText.quoted(heading))
      }
    }
    if !hasPerson { lines.append("  name: HEADING  # which one names the person?") }
    lines += ["# Each heading and the code of its session.", "sessions:"]
    lines += dates.map { "  \(YAMLText.quoted($0)): SESSION" }
    lines += [
      "# What the marks mean: " + AttendanceKind.statuses.values.joined(separator: ", ") + ".",
      "status: {x: present, \"1\": present, fravær: absent, syk: excused}",
      "# A blank cell says nothing. Take the # away if everybody not marked was absent.",
      "# complete: true",
    ]
    if !left.isEmpty { lines.append("drop: [\(left.joined(separator: ", "))]") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension BindingReader {
  /// `true` or `false`; `false` where the key is missing.
  mutating func flag(_ key: String) -> Bool {
    guard let value = bound(key, required: false) else { return false }
    guard ["true", "false"].contains(value.text) else {
      report(.bindingKey, value, "'\(key)' is neither true nor false")
      return false
    }
    return value.text == "true"
  }
}

extension SampleHeader {
  /// Whether a row further up names columns of ours, so that the days in this one are what stands in
  /// them.
  fileprivate func isBelowHeadings(of sample: FileSample) -> Bool {
    let headings = SampleHeader(sample, least: 2) { text in
      RecordKinds.all.contains { ColumnTargets.index(of: text, in: $0) != nil }
    }
    return headings.map { $0.index < index } ?? false
  }

  /// The headings of sessions: dates, and others with the same marks below them.
  fileprivate func sessions(
    _ sample: FileSample, _ isDate: (String) -> Bool, except isOther: (String) -> Bool
  ) -> [String] {
    func marks(_ column: Int) -> Set<String> {
      Set(
        sample.rows.dropFirst(index + 1).compactMap { row in
          column < row.count && !row[column].isEmpty ? row[column].lowercased() : nil
        })
    }
    let known = cells.indices.filter { isDate(cells[$0]) }.map(marks).reduce(Set()) { $0.union($1) }
    return cells.indices.filter { column in
      if isDate(cells[column]) { return true }
      let own = marks(column)
      return !cells[column].isEmpty && !isOther(cells[column]) && !own.isDisjoint(with: known)
        && own.allSatisfy { $0.count <= 10 }
    }.map { cells[$0] }
  }
}
