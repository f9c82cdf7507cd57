internal import Events

extension SurveyBinding {
  /// Checks what the binding names against what is recorded: programme, instrument, version,
  /// items and the numbers their answers become, waves.
  func check(against register: Register) throws {
    var report = ReferenceReport(file: file)
    checkOpen(register, &report)
    if register.programmes[programme.text] == nil {
      report.miss(programme, "programme", among: register.programmes.keys)
    } else if let known = known(register).first {
      // Any version will do that has all that is mapped; what is wrong is told of the newest.
      if fitting(register).isEmpty {
        check(
          known.items, others: register.versions(of: instrument.text, programme: programme.text),
          &report)
      }
      checkWaves(register.waves.filter { $0.programme == programme.text }, &report)
    } else if register.instrument(instrument.text, programme: programme.text) != nil,
      let version
    {
      let known = register.versions(of: instrument.text, programme: programme.text)
      report.miss(version, "version", among: known.map(\.version))
    } else {
      report.miss(instrument, "instrument", among: register.instruments.keys)
    }
    if !report.found.isEmpty { throw InputError(report.found) }
  }

  /// The versions it may mean, the newest first.
  private func known(_ register: Register) -> [Register.Instrument] {
    register.versions(of: instrument.text, programme: programme.text)
      .filter { version == nil || $0.version == version?.text }
  }

  /// The versions that have all items it maps, on scales that have room for what they become.
  func fitting(_ register: Register) -> Set<String> {
    let fitting = known(register).filter { version in
      var report = ReferenceReport(file: file)
      check(version.items, others: [], &report)
      return report.found.isEmpty
    }
    return Set(fitting.map(\.version))
  }

  /// What a draft has left to whoever completes it: all of it is told at once.
  private func checkOpen(_ register: Register, _ report: inout ReferenceReport) {
    for place in open {
      report.leftOpen(place, "the number this code stands for is still to be filled in")
    }
    // Below an unknown programme nothing else is looked up.
    if register.programmes[programme.text] == nil {
      report.leftOpen(instrument, as: "instrument", among: register.instruments.keys)
      let waves = register.waves.map(\.code)
      if let wave { report.leftOpen(wave, as: "wave", among: waves) }
    } else if register.instrument(instrument.text, programme: programme.text) == nil {
      let waves = register.waves.filter { $0.programme == programme.text }.map(\.code)
      if let wave { report.leftOpen(wave, as: "wave", among: waves) }
    }
    for column in unsure {
      report.leftOpen(
        column, "whether '\(column.text)' holds answers is still to be decided",
        hint: "make it an item, or name it under 'drop:'")
    }
    for text in unsureTexts {
      report.leftOpen(
        text, "whether '\(text.text)' stands for no answer in all items is still to be decided",
        hint:
          "move it to not_relevant, skipped, not_shown or unknown; if it is an answer in one,"
          + " take it out here and recode it in the file")
    }
  }

  /// Every wave the binding names must be one of the instrument, or of all.
  private func checkWaves(_ known: [Register.Wave], _ report: inout ReferenceReport) {
    let own = known.filter { $0.instrument == nil || $0.instrument == instrument.text }.map(\.code)
    for wave in [wave].compactMap(\.self) + (waves?.waves.map(\.wave) ?? [])
    where !own.contains(wave.text) {
      guard let other = known.first(where: { $0.code == wave.text })?.instrument else {
        report.miss(wave, "wave", among: own)
        continue
      }
      report.found.append(
        Diagnostic(
          .waveOfAnother, file: file, line: wave.line, column: wave.column,
          message: "wave '\(wave.text)' is one of instrument '\(other)', not of"
            + " '\(instrument.text)'",
          hint: own.isEmpty
            ? nil : "waves of '\(instrument.text)' are " + own.joined(separator: ", ")))
    }
  }

  /// - Parameter others: all versions there are; one of them may have what these items lack.
  private func check(
    _ items: [Register.Item], others: [Register.Instrument], _ report: inout ReferenceReport
  ) {
    for question in questions {
      for bound in question.items {
        guard let item = items.first(where: { $0.code == bound.text }) else {
          let other = others.first { $0.items.contains { $0.code == bound.text } }
          report.miss(
            bound, "item", among: items.map(\.code),
            hint: other.map {
              "version '\($0.version)' has it: say 'version: \"\($0.version)\"' if that is what was asked"
            })
          continue
        }
        for value in question.values where value != item.notRelevant && !item.allows(value) {
          report.found.append(
            Diagnostic(
              .bindingValue, file: file, line: bound.line, column: bound.column,
              message: "'\(item.code)' would become \(value), and its scale is \(item.minimum) to"
                + " \(item.maximum)", hint: question.valueHint))
        }
      }
    }
  }
}

extension BoundQuestion {
  /// What to do where those numbers are not on the item's scale; `nil` where a map says them.
  fileprivate var valueHint: String? {
    switch self {
    case .single: nil
    case .oneHot: "the numbers stand under 'one_hot', each before its column"
    case .checkboxes, .delimited:
      "boxes and lists become 0 and 1: the item they belong to has the scale 0 to 1 in the instrument"
    }
  }

  /// The numbers it can give, as far as the binding says them.
  fileprivate var values: [Int] {
    switch self {
    case .single(_, _, let map): Set(map?.map(\.value) ?? []).sorted()
    case .oneHot(_, let options, _): Set(options.map(\.value)).sorted()
    case .checkboxes, .delimited: [0, 1]
    }
  }
}

/// Collects the names in a binding that nobody knows.
struct ReferenceReport {
  let file: String
  var found: [Diagnostic] = []

  init(file: String) { self.file = file }

  /// A place that a draft has left to be filled in.
  mutating func leftOpen(_ place: BoundText, _ message: String, hint: String? = nil) {
    found.append(
      Diagnostic(
        .bindingOpen, file: file, line: place.line, column: place.column, message: message,
        hint: hint))
  }

  /// The same for the name of something, where it stands there as a draft wrote it: `WAVE`, `ITEM_3`.
  @discardableResult
  mutating func leftOpen(
    _ place: BoundText, as what: String, among known: some Sequence<String>
  ) -> Bool {
    let word = what.uppercased()
    let known = Set(known).sorted()
    guard ["programme", "instrument", "wave", "item"].contains(what),
      place.text == word || place.text.hasPrefix("\(word)_"), !known.contains(place.text)
    else {
      return false
    }
    leftOpen(
      place, "the \(what) is still to be filled in, where '\(place.text)' stands",
      hint: (1...12).contains(known.count) ? "known are " + known.joined(separator: ", ") : nil)
    return true
  }

  /// - Parameter hint: what to do about it, if it is known better than by a similar name.
  mutating func miss(
    _ place: BoundText, _ what: String, among known: some Sequence<String>, hint: String? = nil
  ) {
    if leftOpen(place, as: what, among: known) { return }
    let hint = hint ?? nearest(to: place.text, among: known).map { "did you mean '\($0)'?" }
    found.append(
      Diagnostic(
        .bindingReference, file: file, line: place.line, column: place.column,
        message: "\(what) '\(place.text)' is not known", hint: hint))
  }
}
