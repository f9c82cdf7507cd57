import Events
import Ingest

extension Sent {
  /// Prints the report, or what was wrong with the input as a whole.
  func tell(inJSON: Bool) throws {
    switch self {
    case .report(let report): Console.line(inJSON ? try report.json() : report.text())
    case .interrupted: Console.problem("interrupted: send the same file again")
    case .refusal(let error) where inJSON: Console.line(try error.json())
    case .refusal(let error):
      for diagnostic in error.diagnostics { Console.problem(diagnostic.rendered) }
    }
  }
}
