public import FoundationEssentials
public import Postgres

/// Which subject ids of an institution stand for one person, as the merges in its log say now.
///
/// Records keep the id they were made under: a file sent again finds its own records unchanged,
/// and a merge that is taken back leaves nothing to mend. Whoever asks who somebody is asks here.
public struct SubjectMerges: Sendable, Equatable {
  /// Id to the one it was merged into, step by step.
  private var next: [UUID: UUID] = [:]
  /// All ids of a person who has several, by the one in use.
  private var members: [UUID: [UUID]] = [:]

  public init() {}

  public var isEmpty: Bool { next.isEmpty }

  /// Takes in one merge that holds, in the order of positions. A second one from the same id, or one
  /// that would close a circle, joins nobody; no command makes them.
  public mutating func learn(from: UUID, into: UUID) {
    let target = current(into)
    guard next[from] == nil, target != from else { return }
    next[from] = into
    members[target, default: [target]] += members.removeValue(forKey: from) ?? [from]
  }

  /// The id a person is known by now.
  public func current(_ id: UUID) -> UUID {
    guard !next.isEmpty else { return id }
    var reached = id
    while let further = next[reached] { reached = further }
    return reached
  }

  /// All ids of the person with this id, the one in use first.
  public func all(of id: UUID) -> [UUID] {
    let current = current(id)
    return members[current] ?? [current]
  }

  /// The merges that hold at the head of an institution's log.
  public static func load(from session: Session, institution: Int32) throws -> SubjectMerges {
    var merges = SubjectMerges()
    let rows = try session.query(
      """
      SELECT e.subject_id, e.body ->> 'into'
        FROM log.entry AS e
       WHERE e.institution_id = $1 AND e.type = 'subjects_merged' AND e.body IS NOT NULL
         AND NOT EXISTS (SELECT FROM log.entry AS s
                          WHERE s.institution_id = $1 AND s.supersedes = e.position)
       ORDER BY e.position
      """, [.int(Int64(institution))])
    for row in rows {
      guard let into = UUID(uuidString: try row.text(1)) else { continue }
      merges.learn(from: try row.uuid(0), into: into)
    }
    return merges
  }
}
