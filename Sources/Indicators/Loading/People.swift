import FoundationEssentials

/// The fixed members of a programme and the ranks that stand for them.
struct People {
  let memberships: [Membership]
  private let ranks: [UUID: Int]

  init(memberships: [Membership], ranks: [UUID: Int]) {
    self.memberships = memberships
    self.ranks = ranks
  }

  /// The rank of a person's id, or `nil` for someone who never was a fixed member.
  func rank(of subject: UUID) -> Int? { ranks[subject] }
}
