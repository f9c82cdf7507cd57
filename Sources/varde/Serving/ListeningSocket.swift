import Glibc
import Postgres

/// A TCP socket that others can connect to.
struct ListeningSocket {
  let descriptor: Int32
  /// The port it has; the system's choice where 0 was asked for.
  let port: Int

  /// - Parameter host: a name or an address; connections come in through it only.
  /// - Throws: `Failure` VD690 where the system refuses, for example because another process has the
  ///   port.
  init(host: String, port: Int) throws {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, let found else {
      throw ListeningSocket.refused(
        host, port, String(cString: gai_strerror(code)),
        hint: "--metrics-host is an address of this machine, as 127.0.0.1 or ::1")
    }
    defer { freeaddrinfo(found) }
    let address = found.pointee
    descriptor = socket(
      address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
    // A worker that is started again takes its port over at once.
    var yes: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
    guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, 64) == 0,
      let bound = ListeningSocket.port(of: descriptor)
    else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw ListeningSocket.refused(
        host, port, reason, hint: "choose another --metrics-port; 0 takes one that is free")
    }
    self.port = bound
  }

  private static func port(of descriptor: Int32) -> Int? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout.size(ofValue: storage))
    return withUnsafeMutablePointer(to: &storage) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int? in
        guard getsockname(descriptor, address, &length) == 0 else { return nil }
        // The port stands at the same place in addresses of IPv4 and IPv6.
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          Int(UInt16(bigEndian: $0.pointee.sin_port))
        }
      }
    }
  }

  private static func refused(
    _ host: String, _ port: Int, _ reason: String, hint: String
  ) -> Failure {
    Failure(
      code: "VD690", text: "cannot listen on \(host), port \(port): \(reason)\n  hint: \(hint)",
      status: .system)
  }
}
