import Dispatch
import Glibc
import Synchronization

/// The connections of a server, and how long each may stay.
///
/// A client that sends its request in one go is never kept out by others that let theirs drip: of
/// those whose request is not complete only some may wait, and a newcomer takes the place of the one
/// that has waited longest.
final class Guests: Sendable {
  /// Connections that may wait for their request to be complete.
  static let waiting = 16

  private struct Guest {
    /// Address of the library's record of it.
    let connection: Int
    let number: Int
    let descriptor: Int32
    var isWaiting = true

    /// Its thread finds the connection closed and ends it.
    func sendAway() { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  /// In the order in which they came.
  private struct State {
    var guests: [Guest] = []
    var count = 0
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "varde.guests")
  private let deadline: Int

  /// - Parameter deadline: seconds a connection may last.
  init(deadline: Int) { self.deadline = deadline }

  func came(_ connection: OpaquePointer, descriptor: Int32) {
    let connection = Int(bitPattern: connection)
    let number = state.withLock { state in
      state.count += 1
      state.guests.append(
        Guest(connection: connection, number: state.count, descriptor: descriptor))
      let waiting = state.guests.indices.filter { state.guests[$0].isWaiting }
      if waiting.count > Guests.waiting, let first = waiting.first {
        state.guests[first].isWaiting = false
        state.guests[first].sendAway()
      }
      return state.count
    }
    queue.asyncAfter(deadline: .now() + .seconds(deadline)) { [weak self] in
      self?.expire(number)
    }
  }

  /// Its request is complete.
  func hasAsked(_ connection: OpaquePointer) {
    let connection = Int(bitPattern: connection)
    state.withLock { state in
      guard let index = state.guests.firstIndex(where: { $0.connection == connection }) else {
        return
      }
      state.guests[index].isWaiting = false
    }
  }

  /// Called before its descriptor is closed, so that none that is another's by then is ever shut.
  func left(_ connection: OpaquePointer) {
    let connection = Int(bitPattern: connection)
    state.withLock { $0.guests.removeAll { $0.connection == connection } }
  }

  private func expire(_ number: Int) {
    state.withLock { state in
      for guest in state.guests where guest.number == number { guest.sendAway() }
    }
  }
}
