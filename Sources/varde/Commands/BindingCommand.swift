import ArgumentParser
import EventLog
import Events
import FoundationEssentials
import Ingest
import Vault

struct BindingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "binding",
    abstract: "Say which column of a tool's file is what: draft such a file, and check it.",
    discussion: """
      A binding is a YAML file: the tool, the programme and instrument, which column
      says who answered, and which column answers which item. Docs/bindings.md has an
      example for each tool. Of a workbook `sheet:` names the sheet, by name or by
      number from 1, where it is not the first one (--sheet overrules it).

      The way of a survey:
        varde binding init survey.csv > survey.yaml    a draft, to be completed
        varde binding check survey.yaml survey.csv     what is still wrong with it
        varde ingest responses survey.csv --binding survey.yaml
      """,
    subcommands: [Check.self, Init.self, List.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a binding against what is recorded and against files' headers.",
      discussion: """
        Programme, instrument, items and waves must be recorded, files the binding names
        must be there, and each column of a file mapped or dropped. A file that looks like
        another tool's is told so. Nothing is written.

        Examples:
          $ varde binding check survey.yaml
          $ varde binding check survey.yaml wave1.csv wave2.csv
          wave2.csv:1:24: error[VD234]: column 'q9' is neither mapped nor dropped

        Exit codes: 0 all is well; 1 wrong usage; 3 something is wrong; 4 the system is
        at fault.
        """)

    @Argument(help: "The binding.", completion: .file(extensions: ["yaml", "yml"]))
    var binding: String

    @Argument(help: "Files it is for.", completion: .file())
    var files: [String] = []

    @Option(help: "utf-8, utf-16le, utf-16be or cp1252, where a file does not say.")
    var encoding: TextEncoding?

    @Option(help: "semicolon, comma or tab, where a header leaves doubt.")
    var delimiter: Delimiter?

    @Option(help: "The sheet of a workbook, by name or by number from 1.")
    var sheet: String?

    @Option(help: "The institution, where the database holds several.")
    var institution: String?

    @Flag(help: "What was found as JSON.")
    var json = false

    func run() throws {
      let workplace = Workplace.current()
      let session = try workplace.session(as: .recorder)
      let institution = try workplace.institution(named: institution, session)
      let vault = try IdentityVault(session: session, institution: institution.id)
      var register = Register()
      try register.load(from: session, institution: institution.id)
      let check = BindingCheck(
        register: register,
        sessions: LogSessions(
          session: session, institution: institution.id, keySecret: try vault.sourceKeySecret()),
        people: vault, zones: ServerZones(session: session))
      var warnings: [Diagnostic] = []
      var found = try diagnostics { try check.check(try Binding(file: binding)) }
      if found.isEmpty {
        for file in files {
          found += try diagnostics {
            warnings += try check.check(try Binding(file: binding), file: file, options: options)
          }
        }
      }
      tell(found, warnings)
      if !found.isEmpty { throw ExitStatus.nothingWritten }
    }

    private var options: IngestOptions {
      IngestOptions(
        encoding: encoding, delimiter: delimiter, dryRun: true, rejects: .nowhere, sheet: sheet)
    }

    private func diagnostics(_ body: () throws -> Void) throws -> [Diagnostic] {
      do {
        try body()
        return []
      } catch let error as InputError {
        return error.diagnostics
      }
    }

    private func tell(_ found: [Diagnostic], _ warnings: [Diagnostic]) {
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let report = Report(binding: binding, files: files, diagnostics: warnings + found)
        if let data = try? encoder.encode(report) {
          Console.line(String(decoding: data, as: UTF8.self))
        }
        return
      }
      for diagnostic in warnings + found { Console.problem(diagnostic.rendered) }
      guard found.isEmpty else { return }
      let fits = files.isEmpty ? "" : " and fits \(files.joined(separator: ", "))"
      Console.line("\(binding): is well\(fits)")
    }

    private struct Report: Encodable {
      var binding: String
      var files: [String]
      var diagnostics: [Diagnostic]
    }
  }

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draft a binding from a file, to be completed by hand.",
      discussion: """
        The tool is recognised by what stands in the file: text, .xlsx, .sav or .dta.
        Every column stands under items, drop or, where only you can tell, unsure; items
        whose codes or texts agree with columns are filled in, if the programme is recorded
        already. A table becomes the kind most of
        its headings belong to; a draft that is not sure says UNSURE.

        Example:
          $ varde binding init survey.csv > survey.yaml

        Tools: \(Binding.tools.joined(separator: ", ")).
        """)

    @Argument(help: "A file of the tool.", completion: .file())
    var file: String

    @Option(help: "utf-8, utf-16le, utf-16be or cp1252, where the file does not say.")
    var encoding: TextEncoding?

    @Option(help: "semicolon, comma or tab, where the header leaves doubt.")
    var delimiter: Delimiter?

    @Option(help: "The sheet of a workbook, by name or by number from 1.")
    var sheet: String?

    @Option(help: "The institution, where the database holds several.")
    var institution: String?

    func run() throws {
      do {
        let draft = try Binding.draft(
          for: file, register: register(),
          options: IngestOptions(encoding: encoding, delimiter: delimiter, sheet: sheet))
        Console.line(String(draft.dropLast()))
      } catch let error as InputError {
        for diagnostic in error.diagnostics { Console.problem(diagnostic.rendered) }
        throw ExitStatus.nothingWritten
      }
    }

    /// What is recorded, where there is a database: a draft needs none.
    private func register() -> Register {
      let workplace = Workplace.current()
      guard let session = try? workplace.session(as: .recorder),
        let institution = try? workplace.institution(named: institution, session)
      else { return Register() }
      var register = Register()
      try? register.load(from: session, institution: institution.id)
      return register
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the tools there are bindings for.",
      discussion: """
        Example:
          $ varde binding list
        """)

    func run() {
      for tool in Binding.tools { Console.line(tool) }
    }
  }
}
