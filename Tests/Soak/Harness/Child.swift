public import Glibc
import Postgres
import Synchronization

/// A process that was started and may be killed while it works.
public final class Child: Sendable {
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  public let pid: pid_t
  private let ending = Mutex<Ending?>(nil)

  /// Starts `arguments[0]`; what it prints is added to the file `output`.
  public init(_ arguments: [String], output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let words = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, arguments[0], &actions, nil, words + [nil], environ)
    guard code == 0 else { throw SystemError("start \(arguments[0])", code) }
    self.pid = pid
  }

  /// How it ended, if it has.
  public func poll() -> Ending? {
    ending.withLock { ending in
      if ending == nil {
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid {
          let signal = status & 0x7F
          ending = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
        }
      }
      return ending
    }
  }

  /// Sends a signal, unless it has ended; a number that was reaped may be somebody else's by now.
  public func send(_ signal: Int32) {
    ending.withLock { ending in
      if ending == nil { _ = kill(pid, signal) }
    }
  }

  public func wait() -> Ending {
    while true {
      if let ending = poll() { return ending }
      usleep(5_000)
    }
  }
}
