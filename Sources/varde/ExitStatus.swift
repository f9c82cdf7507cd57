/// How a command ends; thrown where the text has been printed already.
enum ExitStatus: Int32, Error {
  case done = 0
  case usage = 1
  /// The good rows are in the log, others were rejected.
  case rejectedRows = 2
  /// The input could not be used at all.
  case nothingWritten = 3
  case system = 4
  /// `varde verify` found what appending cannot have done.
  case tampering = 5
}
