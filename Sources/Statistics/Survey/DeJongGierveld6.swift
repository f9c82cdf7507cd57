/// One person's score on the six-item loneliness scale of De Jong Gierveld: how many answers are
/// lonely ones. For the statistics of groups; never to judge a person.
///
/// Answers are 1 = no, 2 = more or less, 3 = yes. A lonely answer is "more or less" or "yes" to
/// an emotional item, and "no" or "more or less" to a social one. By the scale's own rule a
/// subscale needs every item and the total may miss one; nothing is scaled up for it.
///
/// Status, of the total: `ok`; `prorated` when one item is missing; `too_few_items` when more
/// are, and then there is no total.
///
/// Source: de Jong Gierveld & van Tilburg (2006), doi:10.1177/0164027506289723.
public struct DeJongGierveld6: ResultRecordConvertible, Equatable {
  /// What a total says.
  public enum Category: String, Sendable, CaseIterable {
    /// 0 or 1 lonely answers.
    case notLonely = "not_lonely"
    /// 2 to 4.
    case moderate
    /// 5 or 6.
    case severe
  }

  /// How many items may be missing.
  public struct MissingRule: Sendable, Equatable {
    public let total: Int
    public let subscale: Int

    public init(total: Int = 1, subscale: Int = 0) {
      precondition(total >= 0 && subscale >= 0, "no fewer than none can be missing")
      self.total = total
      self.subscale = subscale
    }
  }

  public let status: Status
  /// Lonely answers to the emotional items, 0 to 3.
  public let emotional: Int?
  /// Lonely answers to the social items, 0 to 3.
  public let social: Int?
  /// Lonely answers to all items, 0 to 6.
  public let total: Int?
  /// Items without an answer.
  public let missing: Int

  /// Scores the three emotional and the three social items, `nil` for skipped.
  ///
  /// - Throws: `InvalidCodes` if an answer is none of 1, 2 and 3; social items follow the
  ///   emotional ones in its count of places.
  public init(
    emotional: [Int?], social: [Int?], allowing rule: MissingRule = MissingRule()
  ) throws(InvalidCodes) {
    precondition(emotional.count == 3 && social.count == 3, "three items of each kind")
    let scale = AnswerScale(minimum: 1, maximum: 3, notRelevant: nil)
    for (place, code) in (emotional + social).enumerated() {
      if case .invalid(let code) = scale.read(code) {
        throw InvalidCodes(codes: [code], firstIndex: place)
      }
    }
    let emotionalAnswers = emotional.compactMap(\.self)
    let socialAnswers = social.compactMap(\.self)
    let emotionalCount = emotionalAnswers.count { $0 >= 2 }
    let socialCount = socialAnswers.count { $0 <= 2 }
    let missing = 6 - emotionalAnswers.count - socialAnswers.count
    self.missing = missing
    self.emotional = 3 - emotionalAnswers.count <= rule.subscale ? emotionalCount : nil
    self.social = 3 - socialAnswers.count <= rule.subscale ? socialCount : nil
    total = missing <= rule.total && missing < 6 ? emotionalCount + socialCount : nil
    status = total == nil ? .tooFewItems : missing == 0 ? .ok : .prorated
  }

  public var category: Category? {
    switch total {
    case nil: nil
    case .some(...1): .notLonely
    case .some(2...4): .moderate
    case .some: .severe
    }
  }

  public var record: ResultRecord {
    ResultRecord(
      status: status, value: total.map(Double.init), method: "de_jong_gierveld_6",
      n: total == nil ? 0 : 1, missing: MissingCounts(skipped: missing))
  }
}
