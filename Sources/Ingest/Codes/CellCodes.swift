internal import Events

// What stands in a cell.
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
    "VD314", .error, "a spreadsheet has changed this value",
    "format the column as text and type the value again")
  static let notTerm = IngestCode(
    "VD315", .error, "not a term of the programme",
    "terms are a year and a letter, for example 2025V or 2025H")

  static let placeholderDate = IngestCode(
    "VD316", .warning, "a date that stands for no date", "leave the cell empty")
  static let groupedNumber = IngestCode(
    "VD370", .error, "a point or comma that may stand before decimals or between thousands",
    "write 1200, or 1,2")
  static let shareOfOne = IngestCode(
    "VD371", .warning, "less than one percent, or the share of 1 that spreadsheets store",
    "80 % is written 80")
  static let dateAsCode = IngestCode(
    "VD372", .warning, "a date stands where a code is made known",
    "if it was another code, such as 1-3, format the column as text and type it again")

  static let dayWithTime = IngestCode(
    "VD353", .error, "a day with a time of day, where a day alone is needed",
    "take the time out: write 2025-02-11 or 11.02.2025")

  static let ofCells: [IngestCode] = [
    emptyCell, notDate, impossibleDate, ambiguousDate, notWhole, outOfRange, notDecimal, notAChoice,
    notYesNo, offScale, durationUnknown, notInstant, badCode, excelDamage, notTerm, placeholderDate,
    groupedNumber, shareOfOne, dateAsCode, dayWithTime,
  ]
}
