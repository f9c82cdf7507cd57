import Events
import Ingest

extension Sent {
  /// Prints the report, or what was wrong with the input as a whole.
  ///
  /// As JSON both have the shape of a report; of a file that was refused no row was read.
  func tell(inJSON: Bool, _ kind: String, _ file: String, isDryRun: Bool) throws {
    switch self {
    case .report(let report): Console.line(inJSON ? try report.json() : report.text())
    case .interrupted: Console.problem("interrupted: send the same file again")
    case .refusal(let error) where inJSON:
      let report = IngestReport(refused: error, kind: kind, file: file, isDryRun: isDryRun)
      Console.line(try report.json())
    case .refusal(let error):
      for diagnostic in error.diagnostics { Console.problem(diagnostic.rendered) }
    }
  }
}
