#include <microhttpd.h>
#include <stdbool.h>

// Functions with variable arguments, which Swift cannot call.

/// Answers on a socket that listens already, which it then owns, with a thread for each connection.
/// - connections: how many at once; more are turned away.
/// - each: how many at once from one address.
/// - seconds: after how long without a byte a connection is closed.
/// - memory: bytes a connection may take up, request and headers together.
/// - notice: hears of every connection that begins and ends.
static inline struct MHD_Daemon *cmicrohttp_start(int socket, unsigned connections, unsigned each,
                                                  unsigned seconds, size_t memory,
                                                  MHD_AccessHandlerCallback answer,
                                                  MHD_NotifyConnectionCallback notice,
                                                  void *context) {
  return MHD_start_daemon(
      MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0, NULL,
      NULL, answer, context, MHD_OPTION_LISTEN_SOCKET, (MHD_socket)socket,
      MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, each,
      MHD_OPTION_CONNECTION_TIMEOUT, seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
      MHD_OPTION_NOTIFY_CONNECTION, notice, context, MHD_OPTION_END);
}

/// Whether a connection has begun; else it has ended.
static inline bool cmicrohttp_has_begun(enum MHD_ConnectionNotificationCode event) {
  return event == MHD_CONNECTION_NOTIFY_STARTED;
}

/// The socket of a connection; -1 if there is none.
static inline int cmicrohttp_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? (int)info->connect_fd : -1;
}
