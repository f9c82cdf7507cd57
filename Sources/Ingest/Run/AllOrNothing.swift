public import Events

/// What is said where a file is to be recorded as a whole or not at all.
public enum AllOrNothing {
  /// The input is gone once it was checked.
  public static func readableOnce(_ file: String) -> InputError {
    InputError(
      .readableOnce, file: file,
      message: "'\(file)' can be read only once, and not be checked first")
  }

  /// Somebody writes to the file.
  public static func changed(_ file: String) -> Diagnostic {
    Diagnostic(
      .fileChanged, file: file, message: "'\(file)' changed while it was checked or recorded")
  }

  /// Marks the report of a check as a refusal unless every row is good.
  /// - Parameter conflicts: records that stand twice, further apart than the check remembers.
  public static func judge(_ report: inout IngestReport, conflicts: Int) {
    guard report.rejected > 0 || report.stoppedEarly || conflicts > 0 else { return }
    report.isRefused = true
    let wrong =
      report.rejected > 0
      ? "\(report.rejected) of \(report.read) rows are wrong"
      : conflicts > 0
        ? "records that stand twice with different content: \(conflicts)"
        : "the file cannot be read to its end"
    report.add(
      first: Diagnostic(
        .notAllGood, file: report.file, message: "nothing was recorded: \(wrong)"))
  }
}
