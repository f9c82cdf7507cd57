#include <microhttpd.h>

// MHD_start_daemon takes variable arguments, which Swift cannot pass.

/// Answers on a socket that listens already, which it then owns, with a thread for each connection.
/// - connections: how many at once; more are turned away.
/// - seconds: after how long without a byte a connection is closed.
/// - memory: bytes a connection may take up, request and headers together.
static inline struct MHD_Daemon *cmicrohttp_start(int socket, unsigned connections,
                                                  unsigned seconds, size_t memory,
                                                  MHD_AccessHandlerCallback answer,
                                                  void *context) {
  return MHD_start_daemon(
      MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0, NULL,
      NULL, answer, context, MHD_OPTION_LISTEN_SOCKET, (MHD_socket)socket,
      MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT, seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory, MHD_OPTION_END);
}
