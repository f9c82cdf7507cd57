/// How far the reading of a file has come.
public struct RunProgress: Sendable, Equatable {
  public var rows: Int
  /// Bytes of the file that were read; they run ahead of the rows by a buffer.
  public var bytes: Int
  /// Size of the file, where it has one.
  public var totalBytes: Int?
}

/// Looks on while a file is read and may end the run between two blocks.
public protocol RunObserver: AnyObject {
  /// Called after each block of rows was read.
  func reached(_ progress: RunProgress)
  /// Asked before each block. What was read until then is recorded and reported.
  var wantsToStop: Bool { get }
  /// A descriptor that can be read once the run is to end, so that whoever waits for input hears it;
  /// `nil` where there is none.
  var stopDescriptor: Int32? { get }
}

extension RunObserver {
  public var stopDescriptor: Int32? { nil }
}
