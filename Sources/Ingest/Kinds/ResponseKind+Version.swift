internal import Events

// Which version of its instrument a response was given on, and which response it is.
extension ResponseKind {
  /// The instrument in the version the row says, is recorded on, or fits; the newest of those.
  ///
  /// - Returns: also whether the version was said, or there was nothing to say.
  func instrument(_ row: inout RowCheck) -> (Register.Instrument?, isSaid: Bool) {
    guard let code = row.code(At.instrument) else { return (nil, true) }
    let said = row.code(At.version)
    let programme = self.programme ?? row.context.programme
    guard row.context.responses.areVersioned || said != nil else {
      let only = row.register.instrument(code, programme: programme)
      if only == nil { reportUnknown(code, &row) }
      return (only, true)
    }
    let versions = row.register.versions(of: code, programme: programme)
    guard !versions.isEmpty else {
      reportUnknown(code, &row)
      return (nil, true)
    }
    if let said {
      let version = versions.first { $0.version == said }
      if version == nil {
        row.report(
          .unknownVersion, At.version,
          "instrument '\(code)' has no version '\(row.shown(said))'",
          hint: "versions are " + versions.map { "'\($0.version)'" }.joined(separator: ", "))
      }
      return (version, true)
    }
    return unsaid(among: candidates(versions), row)
  }

  private func reportUnknown(_ code: String, _ row: inout RowCheck) {
    row.report(
      .unknownInstrument, "instrument", code, At.instrument,
      among: row.register.instruments.keys)
  }

  /// The versions rows may be of, the newest first.
  private func candidates(_ all: [Register.Instrument]) -> [Register.Instrument] {
    guard let versions else { return all }
    return all.filter { versions.contains($0.version) }
  }

  private func unsaid(
    among versions: [Register.Instrument], _ row: RowCheck
  ) -> (Register.Instrument?, isSaid: Bool) {
    guard let newest = versions.first, versions.count > 1 else { return (versions.first, true) }
    let recorded = row.context.responses.version(of: key(responseID(row), newest))
    if let recorded, let version = versions.first(where: { $0.version == recorded }) {
      return (version, true)
    }
    let shared = row.context.responses.shared(whole(row)).map { versions[$0] }
    if let shared, fits(shared, row) { return (shared, false) }
    return (versions.first { fits($0, row) } ?? shared ?? newest, false)
  }

  /// Whether all that the row answers are items of that version, and on their scales.
  private func fits(_ version: Register.Instrument, _ row: RowCheck) -> Bool {
    var trial = row
    _ = answers(version, &trial)
    return trial.diagnostics.count == row.diagnostics.count
  }

  /// What is given on one version: the rows of an instrument and a wave.
  private func whole(_ row: RowCheck) -> String {
    row.cell(At.instrument).string + "\u{1F}" + row.cell(At.wave).string
  }

  /// The versions a row may be of that does not say; `nil` where there is but one.
  private func open(_ row: RowCheck) -> [Register.Instrument]? {
    guard row.context.responses.areVersioned, row.cell(At.version).isEmpty else { return nil }
    let versions = candidates(
      row.register.versions(
        of: row.cell(At.instrument).string, programme: programme ?? row.context.programme))
    return versions.count > 1 ? versions : nil
  }

  func want(_ row: RowCheck) {
    guard let versions = open(row) else { return }
    row.context.responses.want(key(responseID(row), versions[0]))
  }

  func weigh(_ row: RowCheck) {
    guard let versions = open(row),
      row.context.responses.version(of: key(responseID(row), versions[0])) == nil
    else { return }
    row.context.responses.narrow(
      whole(row), to: Set(versions.indices.filter { fits(versions[$0], row) }))
  }

  // MARK: Which response it is

  /// The id of the row's response where it comes from.
  func responseID(_ row: RowCheck) -> String {
    guard responseCells.count > 1 else { return row.cell(At.response).string }
    return responseCells.map { row.cell(at: $0).string }.joined(separator: "\u{1F}")
  }

  /// The id as the log may have it: not one that says who answered.
  func shownID(_ row: RowCheck) -> String? {
    let cells =
      responseCells.isEmpty ? [row.layout.sources[At.response]] : responseCells
    guard !cells.contains(where: row.layout.identifying.contains) else { return nil }
    let id = responseID(row).replacing("\u{1F}", with: "/")
    let persons = [At.personID, At.email].map { row.cell($0).string }
    return id.contains("@") || persons.contains(id) ? nil : id
  }

  func key(_ row: inout RowCheck) -> String? {
    guard !row.cell(At.response).isEmpty, let code = row.words(At.instrument),
      let instrument = row.register.instrument(
        code, programme: programme ?? row.context.programme)
    else { return nil }
    return key(responseID(row), instrument)
  }

  func key(_ response: String, _ instrument: Register.Instrument) -> String {
    NaturalKey.make("response", instrument.programme, instrument.code, source, response)
  }
}
