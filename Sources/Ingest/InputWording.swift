/// What an input calls its parts, so that what is said of it fits: a table has columns and was perhaps
/// open in a spreadsheet, a line of JSON has members, and a record given by hand has keys.
enum InputWording: Sendable {
  case columns, members, keys

  /// One of them.
  var part: String {
    switch self {
    case .columns: "column"
    case .members: "member"
    case .keys: "key"
    }
  }

  /// What to do about a code a spreadsheet has changed.
  var mendCode: String {
    switch self {
    case .columns: "format the column as text and type it again"
    case .members: "write it as a text in quotes, as it was before"
    case .keys: "write it as it was before"
    }
  }

  /// What to do about a number that was cut short.
  var mendNumber: String { self == .columns ? IngestCode.excelDamage.hint : "write all its digits" }

  /// What to do about a day that is a number.
  var mendDay: String {
    switch self {
    case .columns: "format the column as a date, or say --excel-dates 1900"
    case .members: "write the day, or say --excel-dates 1900"
    case .keys: "write the day"
    }
  }
}

extension RowReader {
  var wording: InputWording { rejectsForm == .lines ? .members : .columns }
}
