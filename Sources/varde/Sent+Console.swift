import Events
import Ingest

extension Sent {
  /// Prints the report. What was wrong with an input as a whole is a problem, unless JSON is wanted.
  func tell(inJSON: Bool) throws {
    switch self {
    case .report(let report) where inJSON: Console.line(try report.json())
    case .report(let report) where report.isUnusable: Console.problem(report.text())
    case .report(let report): Console.line(report.text())
    case .interrupted: Console.problem("interrupted: send the same file again")
    }
  }
}
