import Glibc
import Testing

@testable import varde

@Suite struct `Pages over HTTP` {
  private func serving(
    deadline: Int = PageServer.deadlineSeconds, _ body: (_ port: Int) throws -> Void
  ) throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    let server = try PageServer(socket, deadline: deadline) { path in
      path == "/" ? Page(text: "here\n") : nil
    }
    try withExtendedLifetime(server) { try body(socket.port) }
  }

  /// Their headers come a line at a time, so that they are never idle.
  @Test func `requests that drip keep nobody else out`() throws {
    try serving { port in
      var dripping: [RawHTTP] = []
      for round in 0..<40 {
        // A closed connection takes one more line before it says so, and then comes again.
        dripping = dripping.filter { $0.send("X-\(round): slow\r\n") }
        while dripping.count < 2 * Guests.waiting, let another = RawHTTP(port: port) {
          another.send("GET / HTTP/1.1\r\n")
          dripping.append(another)
        }
        #expect(RawHTTP.ask("/", port: port).hasSuffix("\r\n\r\nhere\n"), "round \(round)")
      }
    }
  }

  @Test func `a request that drips comes to an end`() throws {
    try serving(deadline: 2) { port in
      let connection = try #require(RawHTTP(port: port))
      connection.send("GET / HTTP/1.1\r\n")
      var lines = 0
      while lines < 200, connection.send("X: slow\r\n") {
        lines += 1
        usleep(100_000)
      }
      #expect(lines < 200)
    }
  }

  @Test func `those who wait for their answer are not sent away by newcomers`() throws {
    let guests = Guests(deadline: 60)
    let places = (0...Guests.waiting + 1).compactMap { OpaquePointer(bitPattern: 16 + 16 * $0) }
    var ends: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    defer { for end in ends { close(end) } }
    guests.came(places[0], descriptor: ends[0])
    guests.hasAsked(places[0])
    for place in places.dropFirst() { guests.came(place, descriptor: -1) }
    #expect(send(ends[1], "x", 1, Int32(MSG_NOSIGNAL)) == 1, "the first is still there")
  }

  @Test(arguments: [
    "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "Content-Length: 200000\r\n\r\n" + String(repeating: "x", count: 200_000),
  ])
  func `a GET with a body has an answer`(rest: String) throws {
    try serving { port in
      let connection = try #require(RawHTTP(port: port))
      #expect(connection.send("GET / HTTP/1.1\r\nHost: x\r\n\(rest)"))
      let answer = connection.rest()
      #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("here\n"), "\(answer)")
    }
  }
}
