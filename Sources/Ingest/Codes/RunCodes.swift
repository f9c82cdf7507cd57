internal import Events

// A file as a whole, and formats other than delimited text.
extension IngestCode {
  static let noParticipants = IngestCode(
    "VD240", .error, "no table of participants was found",
    "download the attendance report from the meeting again; do not edit it")
  static let rejectsUnwritable = IngestCode(
    "VD241", .warning, "the file of rejected rows could not be written",
    "make room, or choose another place with --rejects, and send the same file again: what was"
      + " recorded is unchanged then")
  static let columnLeftOut = IngestCode(
    "VD242", .warning, "the file lacks a column of which the log has values; they are emptied",
    "add the column with its values and send the file again: what was emptied comes back")
  static let tooManyRejected = IngestCode(
    "VD243", .error, "as many rows were rejected as --max-errors allows; the rest was not read",
    "mend the rows, or check that kind, delimiter and binding are the right ones")
  static let fileChanged = IngestCode(
    "VD244", .error, "the file changed while it was being checked or recorded",
    "wait until it is written, then send it again")
  static let readableOnce = IngestCode(
    "VD245", .error, "--atomic all reads the input twice, and this one can be read only once",
    "save it as a file and send that")
  static let notAllGood = IngestCode(
    "VD246", .error, "nothing was recorded, because not every row is good (--atomic all)",
    "mend the rows in the file itself and send it again, or leave --atomic all out")
  static let otherFormat = IngestCode(
    "VD250", .error, "a kind of file that is not read",
    "save it as .xlsx or as CSV UTF-8 and send that")
  static let fileDamaged = IngestCode(
    "VD251", .error, "the file is damaged or cut off",
    "open it in the program it comes from, save it again and send that")
  static let sheetUnknown = IngestCode(
    "VD252", .error, "the file has no such sheet", "choose one with --sheet NAME or --sheet NUMBER")
  static let errorCell = IngestCode(
    "VD253", .error, "a cell holds an error of the spreadsheet, for example #REF!",
    "mend the formula, or type the value")
  static let formulaUnsaved = IngestCode(
    "VD254", .error, "a cell holds a formula and no result",
    "open the file in the spreadsheet, save it again and send that")
  static let digitsLost = IngestCode(
    "VD255", .error, "a number of more than 15 digits, of which spreadsheets keep 15",
    "format the column as text and type the value again")
  static let unpacksTooLarge = IngestCode(
    "VD256", .error, "a part of the file unpacks to more than is read",
    "save the sheet as CSV UTF-8 and send that")
  static let refusedXML = IngestCode(
    "VD257", .error, "the file declares XML entities, which no workbook needs",
    "do not use this file unless you know where it comes from; save it again in the spreadsheet")
  static let copyTooLarge = IngestCode(
    "VD258", .error, "the input is too large to be read through a pipe",
    "give the file itself instead of a pipe")
  static let lineTooLong = IngestCode(
    "VD259", .error, "a line is larger than 1 MiB", "one record stands on one line")
  static let badJSON = IngestCode(
    "VD260", .error, "a line that is no JSON object", "mend it at the place shown")
  static let nestedMember = IngestCode(
    "VD261", .error, "a member holds a list or an object",
    "give one text, number or truth value a member")
  static let newMember = IngestCode(
    "VD262", .error, "a member that no line at the beginning of the file has",
    "give it in the first line, too, with null for no value")
  static let tooManyVariables = IngestCode(
    "VD263", .error, "the file describes more variables than are read",
    "save it with the variables that are needed")

  static let mergedCells = IngestCode(
    "VD296", .warning, "cells are merged, and only the first of them has the value",
    "take the merging off, write the value into every row it is true of, and send the file again")

  static let ofRuns: [IngestCode] = [
    noParticipants, rejectsUnwritable, columnLeftOut, tooManyRejected, fileChanged, readableOnce,
    notAllGood, otherFormat, fileDamaged, sheetUnknown, errorCell, formulaUnsaved, digitsLost,
    unpacksTooLarge, refusedXML, copyTooLarge, lineTooLong, badJSON, nestedMember, newMember,
    tooManyVariables, mergedCells,
  ]
}
