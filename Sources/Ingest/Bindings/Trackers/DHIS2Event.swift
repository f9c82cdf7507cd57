/// An event of a tracker programme, from whichever file.
struct DHIS2Event {
  /// Fields by their present names, and attributes of the person as `attribute ID`.
  var fields: [String: MadeRow.Cell] = [:]
  var values: [(element: String, cell: MadeRow.Cell)] = []
  var line: Int
  var place: SourcePosition
  var original: [UInt8] = []
  /// What is wrong with the event as a whole.
  var objections: [RowObjection] = []

  /// Fields a binding may name.
  static let fields = [
    "event", "status", "program", "programStage", "enrollment", "enrollmentStatus",
    "trackedEntity", "orgUnit", "orgUnitName", "occurredAt", "scheduledAt", "enrolledAt",
    "completedAt", "completedBy", "createdAt", "updatedAt", "updatedBy", "storedBy",
    "assignedUser", "attributeOptionCombo", "attributeCategoryOptions", "followUp",
  ]

  /// What fields used to be called.
  private static let formerly = [
    "eventDate": "occurredAt", "dueDate": "scheduledAt", "enrollmentDate": "enrolledAt",
    "trackedEntityInstance": "trackedEntity", "completedDate": "completedAt",
    "created": "createdAt", "lastUpdated": "updatedAt",
  ]

  /// The present name of a field, `nil` for what is none; attributes are fields, too.
  static func field(_ name: String) -> String? {
    if name.hasPrefix("attribute "), name.count > 10 { return name }
    if fields.contains(name) { return name }
    return formerly[name]
  }

  func text(_ field: String) -> String { fields[field]?.text ?? "" }
}

/// Somewhere such events come from.
protocol DHIS2Events: AnyObject {
  func next() throws -> DHIS2Event?
}
