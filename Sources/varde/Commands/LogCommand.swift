import ArgumentParser
import EventLog
import Events
import Glibc
import Postgres

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Print the events of a log, one JSON object a line.",
    discussion: """
      As they were recorded, in the order of positions, corrections and retractions included.
      People appear by their random ids; the body of an erased person's event is null.

      --cloudevents wraps each event in an envelope of CloudEvents 1.0 (JSON format). `time` is when
      it was true, `recordedtime` when it was recorded, `sequence` the position.

      Examples:
        $ varde log --from 100 --to 120
        $ varde log --type session_recorded --type attendance_recorded | jq .body
        $ varde log --from 412 --follow --cloudevents      # until Ctrl-C
      """)

  @Option(help: "First position.")
  var from: Int64 = 1

  @Option(help: "Last position; the end of the log unless given.")
  var to: Int64?

  @Option(help: "Only events of this type; may be given several times.")
  var type: [String] = []

  @Flag(help: "Go on printing what is appended.")
  var follow = false

  @Flag(help: "CloudEvents 1.0.")
  var cloudevents = false

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  func validate() throws {
    if from < 1 { throw ValidationError("--from counts from 1") }
    if let to, to < from { throw ValidationError("--to lies before --from") }
  }

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .recorder)
    try session.becomeReadOnly()
    let institution = try workplace.institution(named: institution, session)
    try checkTypes(session)
    let reader = LogReader(session: session, institution: institution, types: type)
    let last = to ?? .max
    var next = from
    while true {
      var lines: [UInt8] = []
      let end = try reader.read(next...last) { entry in
        lines += cloudevents ? entry.cloudEvent(of: institution.code) : entry.json()
        lines.append(0x0A)
        if lines.count > 1 << 16 {
          Console.write(lines)
          lines.removeAll(keepingCapacity: true)
        }
      }
      Console.write(lines)
      next = max(next, end + 1)
      guard follow, next <= last else { return }
      usleep(200_000)
    }
  }

  private func checkTypes(_ session: Session) throws {
    guard !type.isEmpty else { return }
    let known = try LogReader.types(session)
    for name in type where !known.contains(name) {
      let near = nearest(to: name, among: known).map { "did you mean '\($0)'?" }
      throw Failure(
        code: "VD639",
        text: "there are no events of type '\(name)'\n  hint: "
          + (near ?? "known are " + known.joined(separator: ", ")),
        status: .usage)
    }
  }
}
