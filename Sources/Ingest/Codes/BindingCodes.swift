internal import Events

// Bindings, and files of tools.
extension IngestCode {
  static let bindingUnreadable = IngestCode(
    "VD231", .error, "the binding is not valid YAML", "mend it at the place shown")
  static let bindingKey = IngestCode(
    "VD232", .error, "a key of the binding is unknown, missing or of the wrong type",
    "compare with the examples in the documentation")
  static let bindingColumn = IngestCode(
    "VD233", .error, "the binding names a column the file does not have",
    "compare the binding with the file's header")
  static let unmappedColumn = IngestCode(
    "VD234", .error, "the file has a column the binding neither maps nor drops",
    "add it to the binding, or name it under 'drop:'")
  static let bindingReference = IngestCode(
    "VD235", .error, "the binding refers to something the programme does not have",
    "apply the programme's definition first, or mend the name")
  static let unknownZone = IngestCode(
    "VD270", .error, "the time zone is not known", "zones have names like Europe/Oslo")
  static let privateColumn = IngestCode(
    "VD271", .error, "the binding maps a column that says who or where somebody is",
    "put it under 'drop:'")
  static let bindingValue = IngestCode(
    "VD272", .error, "the binding gives an answer a number that is not on the item's scale",
    "compare the map with the instrument")
  static let anonymousSubject = IngestCode(
    "VD273", .error, "an anonymous form says nothing of persons", "take 'subject:' out")
  static let waveMissing = IngestCode(
    "VD274", .error, "the file tells no times, so the binding must say the wave",
    "add 'wave:' with the wave the form was open in")
  static let headerRows = IngestCode(
    "VD275", .error, "the header rows are not as the tool writes them",
    "export the file again and do not edit it")
  static let companionUnreadable = IngestCode(
    "VD276", .error, "a file the binding names is not what it should be",
    "export it again from the tool")
  static let companionDisagrees = IngestCode(
    "VD277", .error, "the binding and the tool's own description disagree",
    "compare the binding with the description")
  static let toolUnknown = IngestCode(
    "VD278", .error, "no tool is known whose files look like this",
    "if it is one of Varde's own templates, no binding is needed")
  static let answersApart = IngestCode(
    "VD279", .error, "answers of one submission are too far apart in the file",
    "sort the lines by submissionId and send the file again")
  static let notAnswer = IngestCode(
    "VD280", .error, "the line is not an answer of the form", "export the file again")
  static let unknownElement = IngestCode(
    "VD281", .error, "the answer names an element or option the form's description does not have",
    "download the form's elements again, at the same time as the answers")
  static let answerDamaged = IngestCode(
    "VD360", .error, "a line of this submission cannot be read, so that it is not whole",
    "mend the line, which is given back with the others, or export the file again")
  static let answerAlone = IngestCode(
    "VD361", .error, "a line that was given back alone, without the others of its submission",
    "mend it in the file it comes from and send that; if the submission has no other lines, take"
      + " error_code out of this one")
  static let partsDiffer = IngestCode(
    "VD285", .error, "the reports of one meeting do not have the same columns",
    "download them again in the same way and the same language")
  static let membersUnsettled = IngestCode(
    "VD286", .warning, "nobody was recorded as absent: the report may not show everybody",
    "settle who that was, then send the report again")
  static let documentTooLarge = IngestCode(
    "VD287", .error, "a JSON document is larger than what is read in one piece",
    "export it as JSON lines, one record a line, or in several files")
  static let notJSON = IngestCode(
    "VD288", .error, "not readable as JSON",
    "the file may be cut off or edited: export it again")
  static let nothingOfTool = IngestCode(
    "VD289", .error, "the file holds nothing of what the tool of its binding writes",
    "check that file and binding belong together")
  static let tooManyStatements = IngestCode(
    "VD290", .error, "more statements than are folded at once", "export them by term or month")
  static let waveOfAnother = IngestCode(
    "VD291", .error, "the wave belongs to another instrument",
    "name one of this instrument's waves, or of all instruments")
  static let columnUsedTwice = IngestCode(
    "VD292", .error, "the binding uses one column twice",
    "each column answers one item, or stands under 'drop:'")
  static let companionMissing = IngestCode(
    "VD293", .error, "a file the binding names cannot be opened",
    "it is looked for from the folder the binding is in")
  static let meetingOtherDay = IngestCode(
    "VD294", .warning, "the report is of another day than the session",
    "check that report and session belong together; if the session was moved, send it again with"
      + " the day it was held on")
  static let meetingFarOff = IngestCode(
    "VD295", .error, "the report is of a meeting a week or more from the session",
    "name the right session in the binding; if this is the one, send it again first with the day it"
      + " was held on")

  static let zoneContradicted = IngestCode(
    "VD368", .error, "the file says another time zone than the binding",
    "write the file's zone into the binding")
  static let allLeftOut = IngestCode(
    "VD369", .warning, "nothing was recorded, for the binding leaves out all there is in the file",
    "compare the binding with what the file holds: is it the right file?")

  static let bindingOpen = IngestCode(
    "VD264", .error, "a place of the draft is still to be filled in or decided",
    "fill in what is in CAPITALS, and move what stands under 'unsure:' to items or drop")
  static let zoneUntold = IngestCode(
    "VD265", .error, "the file's times do not say their zone, and neither does the binding",
    "add the zone of the tool's server to the binding, for example 'zone: Europe/Oslo'")

  static let columnUnread = IngestCode(
    "VD441", .warning, "the report has a column of which nothing is made",
    "name it under 'drop:' in the binding if it is not needed")

  static let ofBindings: [IngestCode] = [
    columnUnread, bindingOpen, zoneUntold,
    zoneContradicted, allLeftOut,
    bindingUnreadable, bindingKey, bindingColumn, unmappedColumn, bindingReference, unknownZone,
    privateColumn, bindingValue, anonymousSubject, waveMissing, headerRows, companionUnreadable,
    companionDisagrees, toolUnknown, answersApart, notAnswer, unknownElement, answerDamaged,
    answerAlone, partsDiffer, membersUnsettled, documentTooLarge, notJSON, nothingOfTool,
    tooManyStatements,
    waveOfAnother, columnUsedTwice, companionMissing, meetingOtherDay, meetingFarOff,
  ]
}
