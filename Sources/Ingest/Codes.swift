public import Events

/// One thing Ingest can find wrong. The number is a promise: it is never given to another matter,
/// and one that is retired stays retired.
///
/// VD2xx bytes and shape of a file, VD3xx what stands in a cell, VD4xx rules across records.
public struct IngestCode: Sendable, Equatable {
  public let id: String
  public let severity: Diagnostic.Severity
  /// What it means, for the list of codes.
  public let summary: String
  /// What to do about it, unless the place where it is found knows better.
  public let hint: String

  private init(_ id: String, _ severity: Diagnostic.Severity, _ summary: String, _ hint: String) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.hint = hint
  }
}

// Bytes and shape.
extension IngestCode {
  static let fileMissing = IngestCode(
    "VD201", .error, "the file does not exist", "check the name and the folder")
  static let isDirectory = IngestCode(
    "VD202", .error, "the path is a directory", "name the file inside it")
  static let noPermission = IngestCode(
    "VD203", .error, "the file may not be read", "ask its owner for read permission")
  static let unreadable = IngestCode(
    "VD204", .error, "the file cannot be read", "copy it to a local disk and try again")
  static let emptyFile = IngestCode(
    "VD205", .error, "the file is empty", "'varde template KIND' prints a header to start from")
  static let encodingUnknown = IngestCode(
    "VD206", .error, "the bytes are neither UTF-8 nor clearly Windows-1252",
    "say which encoding it is with --encoding, or save it again as UTF-8")
  static let badBytes = IngestCode(
    "VD207", .error, "bytes that are no text in the file's encoding",
    "write the cell again, or name the true encoding with --encoding")
  static let controlByte = IngestCode(
    "VD208", .error, "a NUL byte in the text", "the file is damaged: export it again")
  static let quoteOpen = IngestCode(
    "VD209", .error, "a quoted cell is never closed",
    "close it with a second quote; everything after it was taken for one cell")
  static let strayQuote = IngestCode(
    "VD210", .error, "a quote in the middle of a cell",
    "put the whole cell in quotes and double each quote inside it")
  static let wrongCellCount = IngestCode(
    "VD211", .error, "the row has another number of cells than the header",
    "look for a missing or surplus delimiter, or a cell that needs quotes")
  static let noHeader = IngestCode(
    "VD212", .error, "the first row is not a header of this kind",
    "'varde template KIND' prints the header; check the kind, too")
  static let unknownColumn = IngestCode(
    "VD213", .error, "a column is not known", "rename or remove it")
  static let missingColumn = IngestCode(
    "VD214", .error, "a required column is missing", "add it; 'varde template KIND' shows it")
  static let columnTwice = IngestCode(
    "VD215", .error, "a column appears twice", "keep one of them")
  static let cellTooLarge = IngestCode(
    "VD216", .error, "a cell is larger than 128 KiB", "a quote may be missing before it")
  static let rowTooLarge = IngestCode(
    "VD217", .error, "a row is larger than 1 MiB; reading stops here",
    "a quote may be open, or the file is not a table")
  static let tooManyColumns = IngestCode(
    "VD218", .error, "a row has more than 4,096 cells", "check the delimiter")
  static let noRows = IngestCode(
    "VD219", .warning, "there is a header and nothing below it", "was the right sheet saved?")
  static let namelessColumn = IngestCode(
    "VD220", .error, "a cell stands in a column without a name",
    "give the column a name in the header, or empty it")
  static let lostLetters = IngestCode(
    "VD221", .error, "letters were lost before the file came here (U+FFFD stands for them)",
    "export the file again from where it was made, as UTF-8")
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
    "add it under 'columns:' or 'drop:'")
  static let bindingReference = IngestCode(
    "VD235", .error, "the binding refers to something the programme does not have",
    "apply the programme's definition first, or mend the name")
  static let noParticipants = IngestCode(
    "VD240", .error, "no table of participants was found",
    "download the attendance report from the meeting again; do not edit it")
  static let rejectsUnwritable = IngestCode(
    "VD241", .warning, "the file of rejected rows could not be written",
    "choose another place for it")
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
}

// Cells.
extension IngestCode {
  static let emptyCell = IngestCode(
    "VD301", .error, "a required cell is empty", "fill it in")
  static let notDate = IngestCode(
    "VD302", .error, "not a date", "write it as 2025-02-11 or 11.02.2025")
  static let impossibleDate = IngestCode(
    "VD303", .error, "the date does not exist", "check day and month")
  static let ambiguousDate = IngestCode(
    "VD304", .error, "day and month cannot be told apart",
    "write it as 2025-02-11 or 11.02.2025")
  static let notWhole = IngestCode(
    "VD305", .error, "not a whole number", "write digits only")
  static let outOfRange = IngestCode(
    "VD306", .error, "the number is outside what is possible here", "check the number")
  static let notDecimal = IngestCode(
    "VD307", .error, "not a number", "write it as 37.5 or 37,5")
  static let notAChoice = IngestCode(
    "VD308", .error, "not one of the values this column takes", "use one of the values listed")
  static let notYesNo = IngestCode(
    "VD309", .error, "neither yes nor no", "write yes or no (ja or nei)")
  static let offScale = IngestCode(
    "VD310", .error, "the answer is not on the item's scale",
    "leave the cell empty where there is no answer")
  static let durationUnknown = IngestCode(
    "VD311", .warning, "the duration cannot be read, so it is unknown, not zero",
    "durations look like '1h 27m 51s' or '00:47:03'")
  static let notInstant = IngestCode(
    "VD312", .error, "not an instant with its offset from UTC",
    "instants look like 2026-09-01T08:00:00+02:00")
  static let badCode = IngestCode(
    "VD313", .error, "not usable as a code", "codes have at most 100 characters and one line")
  static let excelDamage = IngestCode(
    "VD314", .error, "the spreadsheet has changed this value",
    "format the column as text and type the value again")
  static let notTerm = IngestCode(
    "VD315", .error, "not a term of the programme",
    "terms are a year and a letter, for example 2025V or 2025H")
  static let placeholderDate = IngestCode(
    "VD316", .warning, "a date that stands for no date", "leave the cell empty")
}

// Rules across records.
extension IngestCode {
  static let unknownPerson = IngestCode(
    "VD401", .error, "the person is not known", "send the person's enrolment first")
  static let nameNotUnique = IngestCode(
    "VD402", .error, "more than one member of the group has this name",
    "give the employee id or the e-mail address")
  static let noIdentifier = IngestCode(
    "VD403", .error, "the row does not say who it is about",
    "fill in employee id, e-mail address or name")
  static let identifiersDisagree = IngestCode(
    "VD404", .error, "employee id and e-mail address belong to two persons",
    "correct one of them")
  static let weakMatch = IngestCode(
    "VD405", .warning, "a given identifier is not known; a weaker one was used",
    "check that it is the right person")
  static let unknownUnit = IngestCode(
    "VD406", .error, "the unit is not known", "units come with the programme's definition")
  static let unknownGroup = IngestCode(
    "VD407", .error, "the group is not known", "groups come with the programme's definition")
  static let unknownSession = IngestCode(
    "VD408", .error, "the session is not known", "send the sessions before their attendance")
  static let unknownProgramme = IngestCode(
    "VD409", .error, "the programme is not known", "apply its definition first")
  static let unknownInstrument = IngestCode(
    "VD410", .error, "the instrument is not known",
    "instruments come with the programme's definition")
  static let foreignItem = IngestCode(
    "VD411", .error, "the row answers an item its instrument does not have",
    "move the answer to a row of its own instrument, or empty the cell")
  static let unknownWave = IngestCode(
    "VD412", .error, "the wave is not known", "waves come with the programme's definition")
  static let outsideGroup = IngestCode(
    "VD413", .error, "the date is outside the group's life",
    "check the date, or the group's dates in the programme's definition")
  static let outsideProgramme = IngestCode(
    "VD414", .error, "the date is outside the programme",
    "check the date, or the programme's dates in its definition")
  static let notMember = IngestCode(
    "VD415", .error, "the person was not a member of the group on that day",
    "send the enrolment first, or say guest = yes")
  static let leftBeforeJoined = IngestCode(
    "VD416", .error, "the person leaves before joining", "check both dates")
  static let neededHere = IngestCode(
    "VD417", .error, "the cell is required because of another cell of the row", "fill it in")
  static let contradiction = IngestCode(
    "VD418", .error, "two cells of the row contradict each other", "correct one of them")
  static let sessionCancelled = IngestCode(
    "VD419", .error, "attendance at a cancelled session",
    "correct the session first, or remove the row")
  static let sessionNotHeld = IngestCode(
    "VD420", .warning, "attendance at a session not yet recorded as held",
    "send the session again with status held")
  static let keyConflict = IngestCode(
    "VD421", .error, "the same record stands twice in this file with different content",
    "keep the row that is right")
  static let programmeUnclear = IngestCode(
    "VD422", .error, "it is not clear which programme the row belongs to", "give the group")
  static let outsideWave = IngestCode(
    "VD423", .warning, "the answer was given outside the window of its wave",
    "check that file and wave belong together")
  static let addressTaken = IngestCode(
    "VD430", .error, "the e-mail address is another person's",
    "if they are one person with a new employee id, say so first: varde subject alias ADDRESS"
      + " --person-id ID; else leave the address out")
  static let consentMissing = IngestCode(
    "VD431", .error, "the programme records this only with the person's consent",
    "send the consents first; if there is none, remove the row")
}

extension IngestCode {
  /// All codes, in the order of their numbers.
  public static let all: [IngestCode] = [
    fileMissing, isDirectory, noPermission, unreadable, emptyFile, encodingUnknown, badBytes,
    controlByte, quoteOpen, strayQuote, wrongCellCount, noHeader, unknownColumn, missingColumn,
    columnTwice, cellTooLarge, rowTooLarge, tooManyColumns, noRows, namelessColumn,
    lostLetters,
    bindingUnreadable, bindingKey, bindingColumn, unmappedColumn, bindingReference,
    noParticipants, rejectsUnwritable,
    otherFormat, fileDamaged, sheetUnknown, errorCell, formulaUnsaved, digitsLost, unpacksTooLarge,
    refusedXML, copyTooLarge, lineTooLong, badJSON, nestedMember, newMember, tooManyVariables,
    emptyCell, notDate, impossibleDate, ambiguousDate, notWhole, outOfRange, notDecimal,
    notAChoice, notYesNo, offScale, durationUnknown, notInstant, badCode, excelDamage, notTerm,
    placeholderDate,
    unknownPerson, nameNotUnique, noIdentifier, identifiersDisagree, weakMatch, unknownUnit,
    unknownGroup, unknownSession, unknownProgramme, unknownInstrument, foreignItem, unknownWave,
    outsideGroup, outsideProgramme, notMember, leftBeforeJoined, neededHere, contradiction,
    sessionCancelled, sessionNotHeld, keyConflict, programmeUnclear, outsideWave, addressTaken,
    consentMissing,
  ]
}
