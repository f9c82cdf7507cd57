/// A class of answers to an item as published: one answer, or neighbouring ones together.
struct AnswerClass: Equatable {
  var from: Int
  var to: Int
  /// False for "not relevant / don't know".
  var isValid: Bool
  /// `nil` when hidden.
  var count: Int?

  var label: String { from == to ? String(from) : "\(from)–\(to)" }

  /// Classes of a cell, lowest answer first; empty for cells without answers to show or hide.
  static func rows(
    of cell: PublishedCell, items: [ReleaseContent.InstrumentItem]
  ) -> [AnswerClass] {
    guard let item = items.asked(as: cell.item, on: cell.scale) else { return [] }
    let scale = cell.scale ?? item.scale
    let (low, high) = (scale.lowerBound, scale.upperBound)
    var rows: [AnswerClass] = []
    switch cell.distribution {
    case .none: return []
    case .shown(let fineness, let counts):
      let ranges = fineness.ranges(answers: high - low + 1) ?? []
      rows = zip(ranges, counts).map { range, count in
        AnswerClass(
          from: low + range.lowerBound, to: low + range.upperBound, isValid: true, count: count)
      }
    case .hidden:
      rows = [AnswerClass(from: low, to: high, isValid: true, count: nil)]
    }
    guard let code = item.notRelevant else { return rows }
    switch cell.notRelevant {
    case .none: return rows
    case .hidden: return rows + [AnswerClass(from: code, to: code, isValid: false, count: nil)]
    case .shown(let count):
      return rows + [AnswerClass(from: code, to: code, isValid: false, count: count)]
    }
  }
}
