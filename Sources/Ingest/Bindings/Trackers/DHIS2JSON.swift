internal import Events

/// Events from JSON: nested in the people and enrolments they belong to, or flat.
final class DHIS2JSON: DHIS2Events {
  private let items: JSONItems
  private let file: String
  private var waiting: [DHIS2Event] = []
  private var any = false

  /// Lists a document may be.
  private static let lists = ["trackedEntities", "instances", "enrollments", "events"]

  init(_ supply: any ByteSupply, file: String) {
    self.file = file
    items = JSONItems(supply, file: file) { value in
      if case .array(let elements) = value.content { return elements }
      // An enrolment has a list of events and more beside it.
      guard value["orgUnit"] == nil, value["program"] == nil, value["trackedEntity"] == nil,
        value["enrollment"] == nil
      else { return nil }
      return DHIS2JSON.lists.lazy.compactMap { value[$0] }.first?.elements
    }
  }

  func next() throws -> DHIS2Event? {
    while waiting.isEmpty {
      guard let reading = try items.next() else {
        guard any else {
          throw InputError(
            .nothingOfTool, file: file, message: "'\(file)' has no events of a tracker programme")
        }
        return nil
      }
      any = true
      switch reading {
      case .item(let item):
        var found: [DHIS2Event] = []
        unfold(item.value, [:], item, &found)
        waiting = found.reversed()
      case .fault(let line, let place, let reason, let original):
        waiting = [
          DHIS2Event(
            line: line, place: place, original: original,
            objections: [
              RowObjection(
                code: .notJSON, place: place,
                message: "this is not readable as JSON: \(reason)")
            ])
        ]
      }
    }
    return waiting.popLast()
  }

  /// Adds the events in a value; what it says of its person and enrolment is theirs, too.
  private func unfold(
    _ value: JSONValue, _ context: [String: MadeRow.Cell], _ item: JSONItems.Item,
    _ found: inout [DHIS2Event]
  ) {
    var fields = context
    for member in value.members {
      guard let text = member.value.text else { continue }
      let isEnrolment = value["events"] != nil && member.name == "status"
      let name = isEnrolment ? "enrollmentStatus" : DHIS2Event.field(member.name) ?? member.name
      fields[name] = MadeRow.Cell(text: text, place: item.place(member.value))
    }
    for attribute in value["attributes"]?.elements ?? [] {
      guard let id = attribute["attribute"]?.text, let text = attribute["value"] else { continue }
      fields["attribute \(id)"] = MadeRow.Cell(text: text.text ?? "", place: item.place(text))
    }
    let nested = value["enrollments"] ?? value["events"]
    guard let nested else {
      // The whole of what the event stands in, for it needs its person when it is sent again.
      var event = DHIS2Event(
        fields: fields, line: item.place(value).line, place: item.place(value),
        original: item.original)
      for pair in value["dataValues"]?.elements ?? [] {
        guard let element = pair["dataElement"]?.text, let text = pair["value"] else { continue }
        event.values.append(
          (element, MadeRow.Cell(text: text.text ?? "", place: item.place(text))))
      }
      found.append(event)
      return
    }
    // A person's own status and dates are not their enrolments'.
    for name in ["status", "createdAt", "updatedAt", "deleted"] { fields[name] = nil }
    for part in nested.elements { unfold(part, fields, item, &found) }
  }
}
