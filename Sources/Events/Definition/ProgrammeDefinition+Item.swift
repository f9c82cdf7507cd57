import Yams

extension ProgrammeDefinition.Item {
  /// The items of an instrument. Scale, not-relevant code and labels may stand once, on the
  /// instrument; an item that has its own keeps its own.
  static func list(reading instrument: DefinitionMapping) -> [ProgrammeDefinition.Item] {
    let common = Answers(reading: instrument, else: nil)
    var seen = SeenCodes(what: "item")
    guard instrument.required("items") != nil else { return [] }
    return instrument.list("items").compactMap { node in
      guard
        let mapping = DefinitionMapping(
          node, what: "item", keys: ["code", "text", "scale", "not_relevant", "labels"],
          reader: instrument.reader)
      else { return nil }
      let read = (seen.insert(codeOf: mapping), mapping.bilingual("text"))
      let answers = Answers(reading: mapping, else: common)
      if answers.scale == nil, mapping["scale"] == nil, instrument["scale"] == nil {
        mapping.reader.report(
          .missingKey, at: mapping.mark, "item lacks the key 'scale'",
          hint: "give the item or its instrument a scale, for example [1, 7]")
      }
      guard case (let code?, let text?) = read, let scale = answers.scale else { return nil }
      return .init(
        code: code, text: text, scale: scale, notRelevant: answers.notRelevant,
        labels: answers.labels)
    }
  }
}

/// What may be answered: the keys that an item and its instrument share.
private struct Answers {
  let scale: ClosedRange<Int>?
  let notRelevant: Int?
  let labels: [ProgrammeDefinition.Label]

  init(reading mapping: DefinitionMapping, else common: Answers?) {
    scale = Answers.scale(mapping) ?? common?.scale
    notRelevant = mapping.optionalInteger("not_relevant") ?? common?.notRelevant
    labels = mapping["labels"].map { Answers.labels($0, mapping) } ?? common?.labels ?? []
    check(mapping)
  }

  private static func scale(_ mapping: DefinitionMapping) -> ClosedRange<Int>? {
    guard let range = mapping.range("scale") else { return nil }
    if range.lowerBound == range.upperBound {
      mapping.reader.report(
        .emptyScale, at: mapping["scale"]?.mark,
        "'scale' of \(mapping.what) has one step only, \(range.lowerBound)")
    }
    return range
  }

  /// What an item takes over unchanged has been looked at on its instrument.
  private func check(_ mapping: DefinitionMapping) {
    let own = ["not_relevant", "labels", "scale"].first { mapping[$0] != nil }
    guard let scale, let own else { return }
    if let notRelevant, scale.contains(notRelevant) {
      mapping.reader.report(
        .notRelevantInsideScale, at: (mapping["not_relevant"] ?? mapping[own])?.mark,
        "'not_relevant' of \(mapping.what) is \(notRelevant), inside its scale "
          + "\(scale.lowerBound) to \(scale.upperBound)",
        hint: "choose a number that is no answer on the scale")
    }
    for label in labels where !scale.contains(label.answer) && label.answer != notRelevant {
      mapping.reader.report(
        .labelOutsideScale, at: (mapping["labels"] ?? mapping[own])?.mark,
        "'labels' of \(mapping.what) names \(label.answer), which is no answer",
        hint: "the scale goes from \(scale.lowerBound) to \(scale.upperBound)")
    }
  }

  private static func labels(
    _ node: Node, _ mapping: DefinitionMapping
  ) -> [ProgrammeDefinition.Label] {
    guard let pairs = node.mapping else {
      mapping.reader.report(
        .wrongType, at: node.mark, "'labels' of \(mapping.what) is not a mapping",
        hint: "write 1: {nb: …, en: …}")
      return []
    }
    return pairs.compactMap { key, value in
      let answer = mapping.integer(key, "labels")
      let text = BilingualText(reading: value, "label of \(mapping.what)", mapping.reader)
      guard let answer, let text else { return nil }
      return ProgrammeDefinition.Label(answer: answer, text: text)
    }.sorted { $0.answer < $1.answer }
  }
}
