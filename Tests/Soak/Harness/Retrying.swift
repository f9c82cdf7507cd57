import Foundation
import Glibc
import Synchronization

/// A `varde` command that is run again until it is done, whatever becomes of the process or the
/// server.
final class Retrying: Sendable {
  private let ground: Ground
  private let name: String
  private let child = Mutex<Child?>(nil)

  init(_ ground: Ground, _ name: String) {
    self.ground = ground
    self.name = name
  }

  /// Whether it was done in the end. An exit code that no retrying mends is a fault.
  func run(_ arguments: [String]) -> Bool {
    while true {
      guard let started = try? ground.start(arguments, output: name) else {
        ground.fault("\(name) cannot be started")
        return false
      }
      child.withLock { $0 = started }
      let ending = started.wait()
      child.withLock { $0 = nil }
      switch ending {
      case .exit(0): return true
      case .exit(4), .signal(SIGKILL):
        ground.count("commands tried again")
        usleep(200_000)
      default:
        ground.fault("varde \(arguments.joined(separator: " ")) ended with \(ending)")
        return false
      }
    }
  }

  func strike() -> Bool {
    child.withLock { child in
      child?.send(SIGKILL)
      return child != nil
    }
  }
}

extension Ground {
  func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(plan.folder)/\(file)"))
  }
}
