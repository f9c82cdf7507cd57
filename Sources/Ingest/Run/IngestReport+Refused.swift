internal import FoundationEssentials

extension IngestReport {
  /// The report of a file of which nothing could be used: what was found wrong with it, and no rows.
  /// So everything that is printed as JSON has one shape.
  public init(refused error: InputError, kind: String, file: String, isDryRun: Bool) {
    self.init(run: UUID(), kind: kind, file: file, isDryRun: isDryRun)
    isRefused = true
    add(error.diagnostics, keeping: error.diagnostics.count)
  }
}
