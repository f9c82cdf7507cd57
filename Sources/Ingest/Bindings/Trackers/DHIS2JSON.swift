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
      // An enrolment has a list of events and more beside it, and so has what was given back.
      guard value["error_code"] == nil, value["orgUnit"] == nil, value["program"] == nil,
        value["trackedEntity"] == nil,
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
        unfold(item.value, Around(), item, &found)
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

  /// What an event stands in: the person, the enrolment.
  private struct Around {
    var fields: [String: MadeRow.Cell] = [:]
    /// The texts before and after the event that make it whole when it is sent again: what is said
    /// of its person and enrolment, and none of their other events.
    var before: [UInt8] = []
    var after: [UInt8] = []

    mutating func enter(_ value: JSONValue, _ list: JSONValue.Member, _ item: JSONItems.Item) {
      before.append(UInt8(ascii: "{"))
      for member in value.members
      where member.name == "attributes" || member.value.text != nil {
        before += item.name(of: member) + item.text(of: member.value) + [UInt8(ascii: ",")]
      }
      before += item.name(of: list) + [UInt8(ascii: "[")]
      after = Array("]}".utf8) + after
    }
  }

  /// Adds the events in a value; what it says of its person and enrolment is theirs, too.
  private func unfold(
    _ value: JSONValue, _ around: Around, _ item: JSONItems.Item, _ found: inout [DHIS2Event]
  ) {
    var around = around
    var fields = around.fields
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
    let nested =
      value.members.last { $0.name == "enrollments" } ?? value.members.last { $0.name == "events" }
    guard let nested else {
      var event = DHIS2Event(
        fields: fields, line: item.place(value).line, place: item.place(value),
        original: around.before + item.text(of: value) + around.after)
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
    around.fields = fields
    around.enter(value, nested, item)
    for part in nested.value.elements { unfold(part, around, item, &found) }
  }
}
