/// Reasons to leave a row out that are the tool's own: nothing in a binding says so.
enum ToolReason: String, CaseIterable {
  case deleted
  case previews
  case tests
  case spam = "marked as spam"
  case takenBack = "taken back by another statement"
  case takingBack = "taking back another statement"
  case waitingRoom = "in the waiting room"
}
