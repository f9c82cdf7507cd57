import FoundationEssentials
import Glibc

/// A watcher's folder under `working`, with the file it records and what is written beside it. It is
/// locked as long as its watcher lives.
final class WorkFolder {
  let path: String
  /// Held open, and with it the lock, as long as this is here.
  private let lock: Int32

  private static let claimName = ".claim"
  private static let lockName = ".lock"

  /// Makes a folder for a new watcher.
  init(making path: String) throws {
    self.path = path
    try Files.makeFolder(path)
    lock = try Files.open("\(path)/\(WorkFolder.lockName)")
    flock(lock, LOCK_EX)
  }

  /// Takes over a folder as it is; `nil` as long as its watcher lives.
  init?(left path: String) {
    self.path = path
    guard let lock = try? Files.open("\(path)/\(WorkFolder.lockName)") else { return nil }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(lock)
      return nil
    }
    self.lock = lock
  }

  deinit { Glibc.close(lock) }

  /// What a folder's watcher has taken, whether or not the file is there yet or still.
  static func claim(in path: String) -> Claim? { Claim(file: "\(path)/\(claimName)") }

  /// What was taken and not finished.
  var claim: Claim? {
    guard let claim = WorkFolder.claim(in: path), access("\(path)/\(claim.path)", F_OK) == 0 else {
      return nil
    }
    return claim
  }

  /// Takes a file. The claim is written first: a file without one would belong to nobody.
  func take(_ file: String, as claim: Claim) throws {
    try Files.makeFolder(DroppedFile.folder(of: "\(path)/\(claim.path)"))
    try claim.write(to: "\(path)/\(WorkFolder.claimName)")
    try Files.move(file, to: "\(path)/\(claim.path)")
  }

  /// Forgets what an attempt that did not come to its end has written beside a file.
  func clear(_ claim: Claim) throws {
    for file in try claim.companions(in: path) { unlink("\(path)/\(file)") }
  }

  /// Moves a file and what was written about it to another place; the file itself last, so that it
  /// stays this watcher's until all else is in place.
  func finish(_ claim: Claim, in place: String) throws {
    try Files.makeFolder(DroppedFile.folder(of: "\(place)/\(claim.path)"))
    for file in try claim.companions(in: path) {
      try Files.move("\(path)/\(file)", to: "\(place)/\(file)")
    }
    try Files.move("\(path)/\(claim.path)", to: "\(place)/\(claim.path)")
    unlink("\(path)/\(WorkFolder.claimName)")
  }

  /// Removes the folder if there is nothing more to do in it. What nobody knows of is left.
  func remove() {
    guard claim == nil else { return }
    unlink("\(path)/\(WorkFolder.claimName)")
    unlink("\(path)/\(WorkFolder.lockName)")
    Files.removeEmptyFolders(path)
  }
}
