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
/// What a slow or hostile client can do is bounded: it cannot hold more than its share of few
/// connections, nor send more than a few kilobytes; the work of others goes on.
final class PageServer {
  /// Connections at once; more are turned away.
  static let connections: UInt32 = 16
  /// A connection over which nothing comes for so many seconds is closed.
  static let idleSeconds: UInt32 = 10
  /// Bytes for a request, headers and all; longer ones are refused.
  static let requestBytes = 16 * 1_024

  typealias Pages = @Sendable (_ path: String) -> Page?

  private final class Box {
    let pages: Pages
    init(_ pages: @escaping Pages) { self.pages = pages }
  }

  private let daemon: OpaquePointer
  private let box: Unmanaged<Box>

  /// - Parameters:
  ///   - socket: is taken over.
  ///   - pages: the page of a path; `nil` where there is none. Called on several threads.
  init(_ socket: ListeningSocket, pages: @escaping Pages) throws {
    box = Unmanaged.passRetained(Box(pages))
    guard
      let daemon = cmicrohttp_start(
        socket.descriptor, PageServer.connections, PageServer.idleSeconds, PageServer.requestBytes,
        { context, connection, path, method, _, _, _, seen in
          PageServer.answer(context, connection, path, method, seen)
        }, box.toOpaque())
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

  private static func answer(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ path: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ seen: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> MHD_Result {
    guard let context, let path, let method, let seen else { return .NO }
    guard ["GET", "HEAD"].contains(String(cString: method)) else {
      // At once, whatever more the client wants to send.
      return send(Page(status: 405, text: "GET and HEAD only\n"), to: connection)
    }
    // The library calls a first time when it has read the headers, and then to be answered.
    guard seen.pointee != nil else {
      seen.pointee = context
      return .YES
    }
    let pages = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue().pages
    let page = pages(String(cString: path))
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
    if page.status == 405 { MHD_add_response_header(response, "Allow", "GET, HEAD") }
    return MHD_queue_response(connection, page.status, response)
  }
}
