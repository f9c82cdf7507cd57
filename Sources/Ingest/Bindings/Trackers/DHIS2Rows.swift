internal import Events

/// The records events become, as a binding says.
final class DHIS2Rows: RowMaker {
  private let events: any DHIS2Events
  private let binding: DHIS2Binding
  /// What each cell of a row comes from.
  private let sources: [ColumnSource]
  private let zone: LocalDay
  private let elements: Set<String>
  private var notes = ReaderNotes()

  init(
    _ events: any DHIS2Events, _ binding: DHIS2Binding, _ sources: [ColumnSource], _ zone: LocalDay
  ) {
    self.events = events
    self.binding = binding
    self.sources = sources
    self.zone = zone
    elements = Set(binding.values.compactMap(\.heading))
  }

  func takeNotes() -> ReaderNotes {
    defer { notes = ReaderNotes() }
    return notes
  }

  func next() throws -> MadeRow? {
    while let event = try events.next() {
      if !event.objections.isEmpty { return row(event) }
      guard let left = exclusion(event) else { return row(event) }
      notes.excluded[left.reason, default: 0] += 1
      guard left.mayBeRecorded else { continue }
      var row = row(event)
      row.isWithdrawn = true
      return row
    }
    return nil
  }

  /// Why an event is no record of this binding, if so, and whether it can have been one before: its
  /// program and its stage are what they were.
  private func exclusion(_ event: DHIS2Event) -> (reason: String, mayBeRecorded: Bool)? {
    if !binding.programs.isEmpty, !binding.programs.contains(event.text("program")) {
      hint(
        "of another program", "'programs' in the binding", event.text("program"), binding.programs)
      return ("of another program", false)
    }
    if !binding.stages.isEmpty, !binding.stages.contains(event.text("programStage")) {
      hint(
        "of another stage", "'stages' in the binding", event.text("programStage"), binding.stages)
      return ("of another stage", false)
    }
    if event.text("deleted") == "true" { return (ToolReason.deleted.rawValue, true) }
    let status = event.text("status")
    guard DHIS2Binding.statuses.contains(status), !binding.taken.contains(status) else {
      return nil
    }
    hint("with status \(status)", "'take' in the binding", status, binding.taken)
    return ("with status \(status)", true)
  }

  /// Notes how the binding would have to be for an event to be one of its records.
  private func hint(_ reason: String, _ key: String, _ found: String, _ wanted: Set<String>) {
    guard notes.hints[reason] == nil else { return }
    let code = DHIS2Binding.statuses.contains(found) ? found : DHIS2Rows.shown(found)
    notes.hints[reason] =
      "\(key) takes \(wanted.sorted().joined(separator: ", ")), the file has \(code)"
  }

  private func row(_ event: DHIS2Event) -> MadeRow {
    let places = columnsByElement
    var cells = sources.map { source -> MadeRow.Cell in
      let field = source.heading.flatMap(DHIS2Event.field) ?? ""
      var cell = event.fields[field] ?? MadeRow.Cell(text: "", place: event.place)
      cell.text = zone.day(of: cell.text)
      return cell
    }
    var objections = event.objections
    let status = event.text("status")
    if !DHIS2Binding.statuses.contains(status), objections.isEmpty {
      objections.append(
        RowObjection(
          code: .unknownEventStatus, place: event.fields["status"]?.place ?? event.place,
          message: status.isEmpty
            ? "the event has no status" : "this is no status of an event"))
    }
    var given: [String: String] = [:]
    for value in event.values where !binding.drop.contains(value.element) {
      if let other = given.updateValue(value.cell.text, forKey: value.element),
        other != value.cell.text
      {
        objections.append(
          RowObjection(
            code: .elementTwice, place: value.cell.place,
            message: "the event has two values of data element '\(value.element)'"))
      }
      if let place = places[value.element] {
        cells[place] = MadeRow.Cell(text: zone.day(of: value.cell.text), place: value.cell.place)
      } else {
        objections.append(unmapped(value.element, value.cell.place))
      }
    }
    return MadeRow(
      cells: cells, line: event.line, original: event.original, objections: objections)
  }

  private var columnsByElement: [String: Int] {
    var places: [String: Int] = [:]
    for (index, source) in sources.enumerated() {
      if let element = source.heading, elements.contains(element) { places[element] = index }
    }
    return places
  }

  private func unmapped(
    _ element: String, _ place: SourcePosition
  ) -> RowObjection {
    let near = nearest(to: element, among: elements).map { "did you mean '\($0)'?" }
    return RowObjection(
      code: .unmappedElement, place: place,
      message: "data element '\(DHIS2Rows.shown(element))' is neither mapped nor dropped",
      hint: near)
  }

  /// An element as the user must write it into the binding, if it has the shape of one: eleven
  /// letters and digits, or a code in capitals. In a row with a cell too many it may be a name.
  static func shown(_ element: String) -> String {
    let isASCII = element.utf8.allSatisfy { $0 < 0x80 }
    let isUID =
      element.utf8.count == 11 && element.first?.isLetter == true
      && element.dropFirst().contains { $0.isUppercase || $0.isNumber }
    let isCode =
      element.contains("_") && element.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    return isASCII && (isUID || isCode)
      && element.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      ? element : mask
  }
}
