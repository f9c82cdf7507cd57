internal import Events

// What stands in a cell of a tool.
extension IngestCode {
  static let unmappedCode = IngestCode(
    "VD330", .error, "the binding does not say what this code stands for",
    "add the code to the binding")
  static let twoChecked = IngestCode(
    "VD331", .error, "two options are checked where one answer is possible",
    "see in the tool which one was meant, or make each option an item of its own")
  static let timeTwice = IngestCode(
    "VD332", .warning, "clocks showed this time twice, as they were set back",
    "nothing to do, unless the hour matters")
  static let timeNever = IngestCode(
    "VD333", .warning, "clocks never showed this time, as they were set forward",
    "check the binding's 'zone:'")
  static let noWave = IngestCode(
    "VD334", .error, "the response belongs to no wave",
    "name the wave in the row or in the binding, or define one that covers the day")
  static let notTime = IngestCode(
    "VD335", .error, "not a day and a time of day", "write it as 2026-09-01 08:10:00")
  static let unmappedValue = IngestCode(
    "VD345", .error, "the binding does not say what this value means",
    "add the value to the column's 'map:', or correct the cell")
  static let noActor = IngestCode(
    "VD346", .error, "the statement does not say who it is about",
    "statements need an actor with an account or an e-mail address")
  static let unmappedObject = IngestCode(
    "VD347", .error, "the binding does not say what this object is",
    "add it under 'sessions:' or 'groups:', or under 'drop:'")
  static let voidedElsewhere = IngestCode(
    "VD348", .warning, "a statement from elsewhere is taken back",
    "if it was recorded from an earlier file, send one that holds both statements")
  static let unmappedElement = IngestCode(
    "VD349", .error, "the binding neither maps nor drops this data element",
    "add it under 'values:' or 'drop:'")
  static let unknownEventStatus = IngestCode(
    "VD350", .error, "not a status events have",
    "statuses are "
      + "ACTIVE, COMPLETED, VISITED, SCHEDULE, OVERDUE and SKIPPED")
  static let eventApart = IngestCode(
    "VD351", .error, "the rows of one event do not stand together",
    "sort the rows by 'event' and send the file again")

  static let eventCut = IngestCode(
    "VD362", .error, "a row beside those of this event cannot be read, and may be one of them",
    "mend that row, which is given back between them, and send them together")
  static let elementTwice = IngestCode(
    "VD352", .error, "one event has two values of the same data element",
    "see in DHIS2 which one is right, and remove the other")

  static let ofToolCells: [IngestCode] = [
    unmappedCode, twoChecked, timeTwice, timeNever, noWave, notTime, unmappedValue, noActor,
    unmappedObject, voidedElsewhere, unmappedElement, unknownEventStatus, eventApart, elementTwice,
    eventCut,
  ]
}
