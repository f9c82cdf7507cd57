/// The hours of one person in a term. An unknown number is not 0.
public struct HoursRecord: Sendable, Equatable {
  /// Rank of the person's id, see `Membership.person`.
  public var person: Int
  /// Code of the term, `2025V`.
  public var term: String
  /// Hours set aside in the work plan.
  public var allocated: Double?
  /// Hours spent on the programme as reported.
  public var spent: Double?

  public init(person: Int, term: String, allocated: Double?, spent: Double?) {
    self.person = person
    self.term = term
    self.allocated = allocated
    self.spent = spent
  }
}
