import CMicroHTTP
import Glibc
import Postgres

/// A page that was asked for.
struct Page {
  var status: UInt32 = 200
  var type = "text/plain; charset=utf-8"
  var text: String
}

/// Serves small pages over HTTP to scrapers and probes, on threads of its own.
///
/// What a slow or hostile client can do is bounded: one connection is for one request, which has a
/// deadline however slowly it drips in; when many wait for theirs to be complete, the one that has
/// waited longest goes (see `Guests`). None sends more than a few kilobytes, and the work of others
/// goes on.
final class PageServer {
  /// Connections at once; more are turned away.
  static let connections: UInt32 = 64
  /// Connections at once from one address: a prober beside us is not locked out by one elsewhere.
  static let connectionsEach: UInt32 = 48
  /// Seconds from the beginning of a connection to the end of its answer.
  static let deadlineSeconds = 15
  /// A connection over which nothing comes for so many seconds is closed.
  static let idleSeconds: UInt32 = 10
  /// Bytes for a request, headers and all; longer ones are refused.
  static let requestBytes = 16 * 1_024

  typealias Pages = @Sendable (_ path: String) -> Page?

  private final class Box {
    let pages: Pages
    let guests: Guests

    init(_ pages: @escaping Pages, _ guests: Guests) {
      self.pages = pages
      self.guests = guests
    }
  }

  private let daemon: OpaquePointer
  private let box: Unmanaged<Box>

  /// - Parameters:
  ///   - socket: is taken over.
  ///   - deadline: seconds from the beginning of a connection to the end of its answer.
  ///   - pages: the page of a path; `nil` where there is none. Called on several threads.
  init(
    _ socket: ListeningSocket, deadline: Int = PageServer.deadlineSeconds,
    pages: @escaping Pages
  ) throws {
    box = Unmanaged.passRetained(Box(pages, Guests(deadline: deadline)))
    guard
      let daemon = cmicrohttp_start(
        socket.descriptor, PageServer.connections, PageServer.connectionsEach,
        PageServer.idleSeconds, PageServer.requestBytes,
        { context, connection, path, method, _, _, uploaded, seen in
          PageServer.answer(context, connection, path, method, uploaded, seen)
        },
        { context, connection, _, event in PageServer.notice(context, connection, event) },
        box.toOpaque())
    else {
      box.release()
      throw SystemError("serve HTTP", errno)
    }
    self.daemon = daemon
  }

  /// Cuts what is being served and ends the threads.
  deinit {
    MHD_stop_daemon(daemon)
    box.release()
  }

  private static func notice(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ event: MHD_ConnectionNotificationCode
  ) {
    guard let context, let connection else { return }
    let guests = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue().guests
    if cmicrohttp_has_begun(event) {
      guests.came(connection, descriptor: cmicrohttp_descriptor(connection))
    } else {
      guests.left(connection)
    }
  }

  private static func answer(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ path: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ uploaded: UnsafeMutablePointer<Int>?,
    _ seen: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> MHD_Result {
    guard let context, let connection, let path, let method, let uploaded, let seen else {
      return .NO
    }
    let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
    guard ["GET", "HEAD"].contains(String(cString: method)) else {
      // At once, whatever more the client wants to send.
      return send(Page(status: 405, text: "GET and HEAD only\n"), to: connection)
    }
    // The library calls a first time when it has read the headers, then with what comes after them,
    // and then to be answered.
    guard seen.pointee != nil else {
      seen.pointee = context
      return .YES
    }
    guard uploaded.pointee == 0 else {
      uploaded.pointee = 0
      return .YES
    }
    box.guests.hasAsked(connection)
    let page = box.pages(String(cString: path))
    return send(page ?? Page(status: 404, text: "there is no such page\n"), to: connection)
  }

  private static func send(_ page: Page, to connection: OpaquePointer?) -> MHD_Result {
    var bytes = Array(page.text.utf8)
    guard
      let response = MHD_create_response_from_buffer(bytes.count, &bytes, .RESPMEM_MUST_COPY)
    else { return .NO }
    defer { MHD_destroy_response(response) }
    MHD_add_response_header(response, "Content-Type", page.type)
    MHD_add_response_header(response, "Cache-Control", "no-store")
    MHD_add_response_header(response, "Connection", "close")
    if page.status == 405 { MHD_add_response_header(response, "Allow", "GET, HEAD") }
    return MHD_queue_response(connection, page.status, response)
  }
}
