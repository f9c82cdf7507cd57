import Events
import FoundationEssentials
import Postgres

extension FactReader {
  /// Ids sort by their bytes, which is also the UTF-8 order of their text.
  func people() throws -> People {
    let found = try rows(
      """
      SELECT subject_id, group_code, unit, joined_on, left_on
        FROM \(schema).enrolment
       WHERE \(Self.effective) AND \(Self.member)
       ORDER BY subject_id, joined_on, group_code
      """)
    var ranks: [UUID: Int] = [:]
    var memberships: [Membership] = []
    memberships.reserveCapacity(found.count)
    for row in found {
      let subject = try row.uuid(0)
      let rank = ranks[subject] ?? ranks.count
      ranks[subject] = rank
      memberships.append(
        Membership(
          person: rank, group: try row.text(1), unit: try row.text(2), joinedOn: try row.date(3),
          leftOn: row.optionalDate(4)))
    }
    return People(memberships: memberships, ranks: ranks)
  }

  func hours(by people: People) throws -> [HoursRecord] {
    try rows(
      """
      SELECT subject_id, term, allocated, spent
        FROM \(schema).hours
       WHERE \(Self.effective)
       ORDER BY position
      """
    ).compactMap { row in
      guard let person = people.rank(of: try row.uuid(0)) else { return nil }
      return HoursRecord(
        person: person, term: try row.text(1), allocated: row.optionalDouble(2),
        spent: row.optionalDouble(3))
    }
  }
}
