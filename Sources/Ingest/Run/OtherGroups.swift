internal import Events

/// People who join a group while they are members of another one of its programme. Who has changed group
/// in a list where each person has one row was moved by overwriting the group, and is in both now.
struct OtherGroups {
  private var candidates: [(line: Int, person: Memberships.Person, group: String, shown: String)] =
    []
  private static let most = 100_000

  /// - Parameter shown: the person as a message may show them.
  mutating func note(line: Int, _ person: Memberships.Person, in group: String, shown: String) {
    guard candidates.count < OtherGroups.most else { return }
    candidates.append((line, person, group, shown))
  }

  /// One warning for all, once every row has been read: a row about the other group shows that the file
  /// knows of it.
  func diagnostics(file: String, _ memberships: Memberships) -> [Diagnostic] {
    let left = candidates.filter { !memberships.isTold($0.person, in: $0.group) }
    guard let first = left.first else { return [] }
    let one = "'\(first.shown)' is still a member of group '\(first.group)' of the same programme"
    return [
      Diagnostic(
        .otherGroupToo, file: file, line: first.line,
        message: left.count == 1
          ? one
          : "\(left.count) people who join a group are still members of another one of its programme,"
            + " first by this row: \(one)")
    ]
  }
}
