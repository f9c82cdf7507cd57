import Statistics

/// On which scale the figures of a wave are made: the one its own answers were given on.
///
/// Where a wave has answers on several, most of them decide, so that one that was sent late on a newer
/// version does not blank the others; the rest are left out, and the cell says so.
struct SharedScale {
  private var answers: [AnswerScale: Int] = [:]

  mutating func add(_ scale: AnswerScale, count: Int) { answers[scale, default: 0] += count }

  /// The scale of most answers; of two with as many, the one that stands first in `preferred`.
  func chosen(preferring preferred: [AnswerScale]) -> AnswerScale? {
    answers.max { one, other in
      let places = [other, one].map { preferred.firstIndex(of: $0.key) ?? preferred.count }
      return (one.value, places[0], one.key.maximum, one.key.minimum)
        < (other.value, places[1], other.key.maximum, other.key.minimum)
    }?.key
  }
}

extension AnswerScale {
  /// Its steps alone.
  init(steps minimum: Int, _ maximum: Int) {
    self.init(minimum: minimum, maximum: maximum, notRelevant: nil)
  }
}
