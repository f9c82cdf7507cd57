import ArgumentParser
import Events
import Ingest

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record one thing by hand.",
    discussion: """
      Keys are the columns of the kind, in English or Norwegian ('varde template KIND' prints them), \
      and a record goes through the checks of a file's row. Recorded again it is unchanged; with \
      another value it becomes a correction, which is told with the old and the new value. As in a \
      file, a key that is left out says that there is no value.

      Kinds: \(RecordKinds.all.map(\.name).joined(separator: ", ")).

      Example:
        $ varde record attendance session=TST-1-2025-02-11 person_id=F1001 status=present minutes=60
        read 1: 1 new, 0 corrected, 0 unchanged, 0 duplicate, 0 rejected

      Exit codes: 0 recorded or known; 1 wrong usage; 2 the record was rejected; 3 the keys are not \
      those of the kind; 4 the system is at fault.
      """)

  @Argument(help: "What is recorded.", completion: .list(RecordKinds.all.map(\.name)))
  var kind: String

  @Argument(help: "Columns and their values, as KEY=VALUE.")
  var values: [String]

  @Flag(name: .customLong("dry-run"), help: "Check and report; write nothing.")
  var dryRun = false

  @Option(help: "The programme, where the record does not say.")
  var programme: String?

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Flag(help: "The report as JSON.")
  var json = false

  func run() throws {
    let recordKind = try RecordKinds.known(kind)
    let arguments = try values.enumerated().map { index, text in
      guard let argument = RecordArgument(text, number: index + 1) else {
        throw Failure(
          code: "VD652",
          text: "argument \(index + 1) is not KEY=VALUE"
            + "\n  hint: write it as \(suggestion(for: text, recordKind))",
          status: .usage)
      }
      return argument
    }
    let recorder = try Recorder(
      Workplace.current(), institution: institution, observer: ProgressLine(StopSignal()))
    let sent = try recorder.send(
      .record(arguments, recordKind), kind: recordKind,
      SendingOrder(
        options: IngestOptions(dryRun: dryRun, rejects: .nowhere, programme: programme)))
    try sent.tell(inJSON: json)
    let end = ExitStatus(sent)
    if end != .done { throw end }
  }

  /// How an argument without `=` may have been meant: `status present` in quotes, or `status` alone.
  private func suggestion(for text: String, _ kind: any RecordKind) -> String {
    let parts = text.split(maxSplits: 1, whereSeparator: { $0.isWhitespace || $0 == ":" })
    guard let key = parts.first.map(String.init),
      let column = kind.columns.first(where: { ([$0.name] + $0.aliases).contains(key.lowercased()) }
      )
    else {
      return "\(kind.columns.first?.name ?? "key")=VALUE"
    }
    guard parts.count > 1, !column.isIdentifying else { return "\(key)=VALUE" }
    let value = parts[1].drop(while: \.isWhitespace)
    return value.contains(where: \.isWhitespace) ? "\"\(key)=\(value)\"" : "\(key)=\(value)"
  }
}
