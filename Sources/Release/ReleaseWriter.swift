#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Puts a release into the file system so that a reader sees all of it or none.
public enum ReleaseWriter {
  /// What became of the folder.
  public enum Outcome: Sendable, Equatable {
    /// The folder is new.
    case written
    /// It was there already, byte for byte; nothing was touched.
    case unchanged
    /// Another release was there and made way.
    case replaced
  }

  /// Writes the package as a folder inside `parent`, which is made if needed.
  ///
  /// The files go to a temporary sibling first, reach the disk, and take their name by one
  /// rename. An interrupted run leaves the old state and at most a sibling whose name begins with
  /// a dot.
  ///
  /// - Throws: ``ReleaseError/exists(folder:)`` when a folder of that name holds other content and
  ///   `replace` is false; ``ReleaseError/fileSystem(operation:path:reason:)`` when writing fails.
  @discardableResult
  public static func write(
    _ package: ReleasePackage, into parent: String, replace: Bool = false
  ) throws(ReleaseError) -> Outcome {
    try Folder.make(parent)
    let target = parent + "/" + package.folderName
    let exists = Folder.exists(target)
    if exists {
      if try Folder.holdsExactly(package.files, at: target) { return .unchanged }
      guard replace else { throw .exists(folder: target) }
    }
    let temporary = parent + "/." + package.folderName + ".\(getpid()).tmp"
    let aside = parent + "/." + package.folderName + ".\(getpid()).old"
    do throws(ReleaseError) {
      try Folder.fill(temporary, with: package.files)
      if exists { try Folder.move(target, to: aside) }
      do throws(ReleaseError) {
        try Folder.move(temporary, to: target)
      } catch {
        // The old release goes back to its place before the error goes on.
        if exists { try? Folder.move(aside, to: target) }
        throw error
      }
    } catch {
      Folder.remove(temporary)
      throw error
    }
    try Folder.synchronise(parent)
    if exists { Folder.remove(aside) }
    return exists ? .replaced : .written
  }
}
