/// One measurement of one person (or other group), at one time.
public struct GrowthObservation: Sendable, Equatable {
  /// The caller's number for the person; effects come back in the order of these numbers.
  public let person: Int
  /// In any unit, for example months since enrolment.
  public let time: Double
  public let value: Double

  public init(person: Int, time: Double, value: Double) {
    self.person = person
    self.time = time
    self.value = value
  }
}
