import ArgumentParser
import EventLog
import Events
import FoundationEssentials
import Indicators
import Ingest
import Postgres
import Vault

struct ProgrammeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "programme", abstract: "Define what is evaluated.",
    subcommands: [Apply.self])

  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read programme definitions and record what is new in them.",
      discussion: """
        A definition is a YAML file: institution, programme, units, groups with their plan,
        instruments, waves, targets. Applied again, only differences become events.

        Where records need a person's consent, the definition says for which kind and to what:

          consent: {attendance: attendance, observations: observation, logs: log, responses: survey}

        Kinds are those four, each if it is to be; purposes are those of 'varde template consents':
        attendance, survey, log, observation, interview, quote, archive. Without the key no record
        needs one.

        Example:
          $ varde programme apply tst.yaml
          TST: 31 new, 0 corrected, 0 unchanged
          $ varde programme apply tst.yaml
            corrected group TST-3: dissolved_on empty → 2026-01-31
          TST: 0 new, 1 corrected, 30 unchanged
        """)

    @Argument(help: "Programme definitions.", completion: .file(extensions: ["yaml", "yml"]))
    var files: [String]

    @Flag(name: .customLong("dry-run"), help: "Check and compare; write nothing.")
    var dryRun = false

    func run() throws {
      let definitions = try files.map(read)
      let workplace = Workplace.current()
      for definition in definitions { try apply(definition, workplace) }
    }

    private func read(_ path: String) throws -> ProgrammeDefinition {
      guard let bytes = FileManager.default.contents(atPath: path) else {
        throw Failure(
          code: "VD101", text: "\(path): cannot be read\n  hint: does the file exist?",
          status: .nothingWritten)
      }
      do {
        return try ProgrammeDefinition(yaml: Array(bytes), file: path)
      } catch {
        Console.problem(error.description)
        throw ExitStatus.nothingWritten
      }
    }

    private func apply(_ definition: ProgrammeDefinition, _ workplace: Workplace) throws {
      let institution = definition.institution
      let code = definition.programme.code
      let steward = try workplace.session(as: .steward, and: .recorder)
      let known = try Institution.all(steward).first { $0.code == institution.code }
      if dryRun, known == nil {
        Console.line("\(code): would open the log of '\(institution.code)'")
        return
      }
      let registered = try Institution.register(
        steward, code: institution.code, name: institution.name)
      let session = try workplace.session(as: .recorder)
      let vault = try IdentityVault(session: session, institution: registered.id)
      let writer = try LogWriter(
        session: session, institution: registered.id, run: UUID(),
        keySecret: try vault.sourceKeySecret(), dryRun: dryRun)
      let drafts = definition.events()
      var outcomes: [RecordedOutcome] = []
      for start in stride(from: 0, to: drafts.count, by: LogWriter.blockLimit) {
        let end = min(start + LogWriter.blockLimit, drafts.count)
        outcomes += try writer.record(Array(drafts[start..<end]))
      }
      var new = 0
      var corrected = 0
      for (outcome, draft) in zip(outcomes, drafts) {
        if case .corrected(_, let before, _, _) = outcome {
          corrected += 1
          Console.line("  corrected \(DefinitionCorrection(draft, before: before))")
        }
        if outcome == .new { new += 1 }
      }
      Console.line(
        "\(code): \(new) new, \(corrected) corrected, \(outcomes.count - new - corrected) unchanged"
          + (dryRun ? " (dry run: nothing was written)" : ""))
      try warnOfMissing(in: definition, session, registered)
      warnOfScales(in: definition)
    }

    /// What the log knows and the file no longer says stays as it is: taking it back is a decision,
    /// not an omission.
    private func warnOfMissing(
      in definition: ProgrammeDefinition, _ session: Session, _ institution: Institution
    ) throws {
      var register = Register()
      try register.load(from: session, institution: institution.id)
      let code = definition.programme.code
      let groups = register.groups.values.filter { $0.programme == code }.map(\.code)
      let versions = Dictionary(grouping: definition.instruments, by: \.code)
      let instruments = Set(
        register.instruments.values.joined().filter { $0.programme == code }.compactMap { known in
          guard let named = versions[known.code] else { return "instrument \(known.code)" }
          return named.contains { String($0.version) == known.version }
            ? nil : "version \(known.version) of instrument \(known.code)"
        })
      let waves = register.waves.filter { $0.programme == code }.map(\.code)
      let missing =
        Set(groups).subtracting(definition.groups.map(\.code)).map { "group \($0)" }
        + instruments
        + Set(waves).subtracting(definition.waves.map(\.code)).map { "wave \($0)" }
      for what in missing.sorted() {
        Console.problem(
          "varde: warning[VD140]: \(code): \(what) is in the log and not in the file; it stays"
            + "\n  hint: a group ends with dissolved_on")
      }
    }

    /// The isolation score is made of one scale, by its code; who calls it otherwise has no score.
    private func warnOfScales(in definition: ProgrammeDefinition) {
      let scales = Set(definition.instruments.flatMap(\.scales).map(\.code))
      guard !scales.isEmpty, !scales.contains(IndicatorEngine.isolationScale) else { return }
      Console.problem(
        "varde: warning[VD447]: \(definition.programme.code): no scale is called"
          + " '\(IndicatorEngine.isolationScale)', so there will be no isolation_score"
          + "\n  hint: give the scale of isolation that code; there are "
          + scales.sorted().map { "'\($0)'" }.joined(separator: ", "))
    }
  }
}
