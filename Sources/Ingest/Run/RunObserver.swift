/// How far the reading of a file has come.
public struct RunProgress: Sendable, Equatable {
  public var rows: Int
  /// Bytes of the file that were read; they run ahead of the rows by a buffer.
  public var bytes: Int
  /// Size of the file, where it has one.
  public var totalBytes: Int?
}

/// Looks on while a file is read and may end the run between two chunks.
public protocol RunObserver: AnyObject {
  /// Called after each chunk of rows.
  func reached(_ progress: RunProgress)
  /// Asked before each chunk. What was read until then is recorded and reported.
  var wantsToStop: Bool { get }
}
