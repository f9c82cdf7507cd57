import Glibc

/// Runs a program to its end.
///
/// `Foundation.Process` waits for ever after `pg_ctl start`, because the server inherits the
/// descriptors it waits on; here the child inherits nothing but the three standard ones.
public enum ChildProcess {
  /// What a finished program left behind.
  public struct Outcome: Sendable {
    public let exitCode: Int32
    /// Standard output and standard error, together.
    public let output: String
  }

  /// Runs `arguments[0]` (found on PATH) and waits. Output goes through a file, not a pipe, so
  /// that a daemon left behind holds nothing open.
  public static func run(_ arguments: [String]) throws -> Outcome {
    guard let path = strdup("/tmp/varde-output-XXXXXX") else {
      throw SystemError("allocate", ENOMEM)
    }
    defer { free(path) }
    let descriptor = mkstemp(path)
    guard descriptor >= 0 else { throw SystemError("create a temporary file", errno) }
    defer {
      close(descriptor)
      unlink(path)
    }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
    posix_spawn_file_actions_adddup2(&actions, descriptor, 2)
    for inherited in openDescriptors() where inherited > 2 {
      posix_spawn_file_actions_addclose(&actions, inherited)
    }

    let pid = try spawn(arguments, &actions)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1 {
      guard errno == EINTR else { throw SystemError("wait for \(arguments[0])", errno) }
    }
    let signal = status & 0x7F
    return Outcome(
      exitCode: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: contents(of: descriptor))
  }

  private static func spawn(
    _ arguments: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var pid: pid_t = 0
    let pointers = arguments.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    let code = posix_spawnp(&pid, arguments[0], &actions, nil, pointers + [nil], environ)
    guard code == 0 else { throw SystemError("start \(arguments[0])", code) }
    return pid
  }

  private static func openDescriptors() -> [Int32] {
    guard let listing = opendir("/proc/self/fd") else { return [] }
    defer { closedir(listing) }
    var found: [Int32] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = Int32(name), number != dirfd(listing) { found.append(number) }
    }
    return found
  }

  private static func contents(of descriptor: Int32) -> String {
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { break }
      bytes.append(contentsOf: block[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A system call that failed.
public struct SystemError: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(_ action: String, _ code: Int32) {
    description = "cannot \(action): \(String(cString: strerror(code)))"
  }
}
