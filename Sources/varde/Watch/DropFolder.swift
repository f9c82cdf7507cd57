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
/// `working` without a lock, and the next watcher that looks goes on in it.
final class DropFolder {
  let root: String
  /// This watcher's own folder under `working`.
  let own: WorkFolder
  private let sharedLock: Int32

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
    // No other watcher may take the folder for one left behind before it is locked.
    flock(shared, LOCK_EX)
    defer { flock(shared, LOCK_UN) }
    own = try WorkFolder(making: "\(root)/working/\(UUID().uuidString.lowercased())")
  }

  private static func missing(_ path: String) -> Failure {
    Failure(
      code: "VD657", text: "'\(path)' is no folder\n  hint: make it, or check its name",
      status: .nothingWritten)
  }

  /// Leaves nothing behind but what is still to be done.
  func close() {
    own.remove()
    Glibc.close(sharedLock)
  }

  /// One watcher at a time chooses files and names.
  private func exclusively<R>(_ body: () throws -> R) rethrows -> R {
    flock(sharedLock, LOCK_EX)
    defer { flock(sharedLock, LOCK_UN) }
    return try body()
  }

  // MARK: - What is there

  /// What lies in the folder: files in the order in which they are to be recorded, and what is left
  /// alone, in words that say why.
  struct Contents {
    var files: [DroppedFile] = []
    var leftAlone: [String] = []
  }

  func contents() throws -> Contents {
    var found = Contents()
    for entry in try Files.entries(in: root) where !entry.isMarked {
      guard let name = entry.name, entry.form == .folder else {
        add(entry, "", to: &found)
        continue
      }
      guard !DropFolder.reserved.contains(name) else { continue }
      guard RecordKinds.named(name.lowercased()) != nil else {
        found.leftAlone.append("\(entry.shown)/: no kind of record is called so")
        continue
      }
      do {
        for inner in try Files.entries(in: "\(root)/\(name)") where !inner.isMarked {
          add(inner, "\(name)/", to: &found)
        }
      } catch let error as SystemError {
        found.leftAlone.append("\(name)/: \(error)")
      }
    }
    found.files.sort { ($0.rank, $0.path) < ($1.rank, $1.path) }
    return found
  }

  private func add(_ entry: Files.Entry, _ folder: String, to found: inout Contents) {
    if let why = entry.objection {
      found.leftAlone.append("\(folder)\(entry.shown): \(why)")
    } else if let name = entry.name, let file = DroppedFile("\(folder)\(name)", below: root) {
      found.files.append(file)
    }
  }

  func isBeingWritten(_ file: DroppedFile) -> Bool {
    Files.isBeingWritten("\(root)/\(file.path)")
  }

  /// Where the binding files are.
  var bindings: String { "\(root)/bindings" }

  // MARK: - Taking

  /// Takes a dropped file, under a name nothing finished has; `nil` if another watcher was faster.
  /// - Parameter lastRun: number of the last run, so that one of this file can be recognised.
  func take(_ file: DroppedFile, lastRun: Int) throws -> Claim? {
    try exclusively {
      guard access("\(root)/\(file.path)", F_OK) == 0 else { return nil }
      var name = file.path
      var number = 1
      while try isTaken(name) {
        number += 1
        name = file.numbered(number)
      }
      let claim = Claim(path: name, lastRun: lastRun)
      try own.take("\(root)/\(file.path)", as: claim)
      return claim
    }
  }

  private func isTaken(_ path: String) throws -> Bool {
    let folder = DroppedFile.folder(of: path)
    let name = String(path.split(separator: "/").last ?? "")
    for place in ["done", "failed"] {
      let names = (try? Files.names(in: "\(root)/\(place)/\(folder)")) ?? []
      if names.contains(where: { Claim.belongs($0, to: name) }) { return true }
    }
    let stem = DroppedFile.stem(of: path)
    return others().contains { other in
      WorkFolder.claim(in: other).map { DroppedFile.stem(of: $0.path) } == stem
    }
  }

  /// The folders of the other watchers.
  private func others() -> [String] {
    ((try? Files.names(in: "\(root)/working")) ?? []).map { "\(root)/working/\($0)" }
      .filter { $0 != own.path && access("\($0)/.", F_OK) == 0 }
  }

  /// The folder of a watcher that was killed and has left a file, this watcher's from now on; one at
  /// a time. Nothing is moved, so whoever is killed meanwhile leaves it as it was.
  func takeOver() -> WorkFolder? {
    exclusively {
      for folder in others() {
        guard let left = WorkFolder(left: folder) else { continue }
        if left.claim != nil { return left }
        left.remove()
      }
      return nil
    }
  }

  /// Moves a file and what was written about it to `done` or `failed`.
  func finish(_ claim: Claim, in work: WorkFolder, isDone: Bool) throws {
    try work.finish(claim, in: "\(root)/\(isDone ? "done" : "failed")")
  }
}
