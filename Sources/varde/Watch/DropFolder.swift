import FoundationEssentials
import Glibc
import Ingest
import Postgres

/// A folder into which files are dropped, and what else is in it:
///
///     attendance/…  attendance-2026-03.csv     what is dropped
///     bindings/NAME.yaml                       how to read files whose names begin with NAME
///     working/…                                what is being recorded, a folder a watcher
///     done/…  failed/…                         what was recorded, with its report beside it
///
/// Moves are renames, so a file is always in one place. Whoever is killed leaves its folder under
/// `working` without a lock, and the next watcher that looks takes over.
final class DropFolder {
  let root: String
  /// This watcher's own folder under `working`.
  let own: String
  /// Held open, and with it the lock, until the watcher ends.
  private let ownLock: Int32
  private let sharedLock: Int32

  private static let claimName = ".claim"
  private static let lockName = ".lock"
  private static let reserved: Set<String> = ["bindings", "working", "done", "failed"]

  init(_ path: String) throws {
    var isFolder = stat()
    guard let resolved = realpath(path, nil) else { throw DropFolder.missing(path) }
    defer { free(resolved) }
    root = String(cString: resolved)
    guard stat(root, &isFolder) == 0, isFolder.st_mode & S_IFMT == S_IFDIR else {
      throw DropFolder.missing(path)
    }
    for name in ["working", "done", "failed"] { try Files.makeFolder("\(root)/\(name)") }
    let shared = try Files.open("\(root)/working/\(DropFolder.lockName)")
    sharedLock = shared
    own = "\(root)/working/\(UUID().uuidString.lowercased())"
    // No other watcher may take the folder for one left behind before it is locked.
    flock(shared, LOCK_EX)
    defer { flock(shared, LOCK_UN) }
    try Files.makeFolder(own)
    ownLock = try Files.open("\(own)/\(DropFolder.lockName)")
    flock(ownLock, LOCK_EX)
  }

  private static func missing(_ path: String) -> Failure {
    Failure(
      code: "VD657", text: "'\(path)' is no folder\n  hint: make it, or check its name",
      status: .nothingWritten)
  }

  /// Leaves nothing behind but what is still to be done.
  func close() {
    if claimed() == nil {
      unlink("\(own)/\(DropFolder.lockName)")
      Files.removeEmptyFolders(own)
    }
    Glibc.close(ownLock)
    Glibc.close(sharedLock)
  }

  /// One watcher at a time chooses files and names.
  private func exclusively<R>(_ body: () throws -> R) rethrows -> R {
    flock(sharedLock, LOCK_EX)
    defer { flock(sharedLock, LOCK_UN) }
    return try body()
  }

  // MARK: - What is there

  /// Files that were dropped, in the order in which they are to be recorded.
  func dropped() throws -> [DroppedFile] {
    var found: [DroppedFile] = []
    for name in try Files.names(in: root) where !DropFolder.reserved.contains(name) {
      if let file = DroppedFile(name, below: root) {
        found.append(file)
      } else if RecordKinds.named(name) != nil {
        for inner in try Files.names(in: "\(root)/\(name)") {
          if let file = DroppedFile("\(name)/\(inner)", below: root) { found.append(file) }
        }
      }
    }
    return found.sorted { ($0.rank, $0.path) < ($1.rank, $1.path) }
  }

  func isBeingWritten(_ file: DroppedFile) -> Bool {
    Files.isBeingWritten("\(root)/\(file.path)")
  }

  /// Where the binding files are.
  var bindings: String { "\(root)/bindings" }

  // MARK: - Taking

  /// What this watcher has taken and not finished.
  func claimed() -> Claim? {
    guard let claim = Claim(file: "\(own)/\(DropFolder.claimName)"),
      access("\(own)/\(claim.path)", F_OK) == 0
    else { return nil }
    return claim
  }

  /// Takes a dropped file, under a name nothing finished has; `nil` if another watcher was faster.
  /// - Parameter lastRun: number of the last run, so that one of this file can be recognised.
  func take(_ file: DroppedFile, lastRun: Int) throws -> Claim? {
    try exclusively {
      guard access("\(root)/\(file.path)", F_OK) == 0 else { return nil }
      var name = file.path
      var number = 1
      while isTaken(name) {
        number += 1
        name = file.numbered(number)
      }
      let claim = Claim(path: name, lastRun: lastRun, wasLeft: false)
      try Files.makeFolder(DroppedFile.folder(of: "\(own)/\(name)"))
      try claim.write(to: "\(own)/\(DropFolder.claimName)")
      try Files.move("\(root)/\(file.path)", to: "\(own)/\(name)")
      return claim
    }
  }

  private func isTaken(_ name: String) -> Bool {
    let stem = DroppedFile.stem(of: name)
    for place in ["done", "failed"] {
      let own = [name, "\(stem).report.txt", "\(stem).rejected.csv", "\(stem).unmatched.csv"]
      for file in own where access("\(root)/\(place)/\(file)", F_OK) == 0 { return true }
    }
    return others().contains { folder in
      Claim(file: "\(folder)/\(DropFolder.claimName)").map { DroppedFile.stem(of: $0.path) } == stem
    }
  }

  /// The folders of the other watchers.
  private func others() -> [String] {
    ((try? Files.names(in: "\(root)/working")) ?? []).map { "\(root)/working/\($0)" }
      .filter { $0 != own && access("\($0)/.", F_OK) == 0 }
  }

  /// Takes over what a watcher has left that was killed; one file at a time.
  func takeOver() throws -> Claim? {
    try exclusively {
      for folder in others() {
        let lock = open("\(folder)/\(DropFolder.lockName)", O_RDWR | O_CLOEXEC)
        defer { if lock >= 0 { Glibc.close(lock) } }
        guard lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 else { continue }
        let left = Claim(file: "\(folder)/\(DropFolder.claimName)")
        if var left, access("\(folder)/\(left.path)", F_OK) == 0 {
          left.wasLeft = true
          try Files.makeFolder(DroppedFile.folder(of: "\(own)/\(left.path)"))
          for file in try left.companions(in: folder) {
            try Files.move("\(folder)/\(file)", to: "\(own)/\(file)")
          }
          try left.write(to: "\(own)/\(DropFolder.claimName)")
          try Files.move("\(folder)/\(left.path)", to: "\(own)/\(left.path)")
          Files.removeAll(folder)
          return left
        }
        Files.removeAll(folder)
      }
      return nil
    }
  }

  // MARK: - Finishing

  /// Forgets what an attempt that did not come to its end has written beside a file.
  func clear(_ claim: Claim) throws {
    for file in try claim.companions(in: own) { unlink("\(own)/\(file)") }
  }

  /// Moves a file and what was written about it to `done` or `failed`; the file itself last, so that
  /// it stays this watcher's until all else is in place.
  func finish(_ claim: Claim, isDone: Bool) throws {
    let place = "\(root)/\(isDone ? "done" : "failed")"
    try Files.makeFolder(DroppedFile.folder(of: "\(place)/\(claim.path)"))
    for file in try claim.companions(in: own) {
      try Files.move("\(own)/\(file)", to: "\(place)/\(file)")
    }
    try Files.move("\(own)/\(claim.path)", to: "\(place)/\(claim.path)")
    unlink("\(own)/\(DropFolder.claimName)")
  }
}
