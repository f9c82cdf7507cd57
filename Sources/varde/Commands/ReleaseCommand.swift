import ArgumentParser
import EventLog
import Events
import FoundationEssentials
import Postgres
import Release
import Vault

struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Write a funder's folder: report, tables, codebook, checksums.",
    discussion: """
        Everything in the folder is under disclosure control. The same cut and options give the same
        bytes; the release is recorded in the log.

        Example:
          $ varde release --programme TST --period 2026V --to releases
          releases/varde_TST_2026V_p996
      """)

  @Option(help: "Programme code.")
  var programme: String

  @Option(help: "The term reported on, for example 2026V.")
  var period: String

  @Option(name: .customLong("to"), help: "Folder the release is put into.", completion: .directory)
  var parent = "releases"

  @Option(help: "Language of the report: en or nb.")
  var language: ReleaseOptions.Language = .en

  @Option(help: "Last position of the log to take into account; the newest by default.")
  var cut: Int64?

  @Option(help: "The institution, where the database holds several.")
  var institution: String?

  @Flag(help: "Replace a folder of that name with other content.")
  var replace = false

  func run() throws {
    let workplace = Workplace.current()
    let session = try workplace.session(as: .projector)
    let institution = try workplace.institution(named: institution, session)
    let loader = ReleaseLoader(
      session: session, institution: institution.id, code: institution.code,
      name: institution.name, programme: programme)
    let position = try cut ?? loader.defaultCut()
    var options = ReleaseOptions()
    options.language = language
    let content = try loader.load(
      period: period, cut: position, toolVersion: Version.text, options: options)
    let package = try ReleasePackage(content)
    let outcome = try ReleaseWriter.write(package, into: parent, replace: replace)
    try record(package, cut: position, institution, workplace)
    Console.line("\(parent)/\(package.folderName) (\(outcome))")
    for file in package.files { Console.line("  \(file.path)") }
    let count = content.quarantined
    Console.line("\(count) event\(count == 1 ? "" : "s") left out (varde help quarantine)")
  }

  /// The log remembers what was given away. Made again, nothing is new.
  private func record(
    _ package: ReleasePackage, cut: Int64, _ institution: Institution, _ workplace: Workplace
  ) throws {
    let session = try workplace.session(as: .recorder)
    let vault = try IdentityVault(session: session, institution: institution.id)
    var body = JSONWriter()
    body.string("programme", programme)
    body.string("release", package.folderName)
    body.string("period", period)
    body.integer("cut", Int(cut))
    body.string("manifest_sha256", package.manifestSHA256)
    let writer = try LogWriter(
      session: session, institution: institution.id, run: UUID(),
      keySecret: try vault.sourceKeySecret())
    _ = try writer.record([
      EventDraft(
        type: "release_issued", occurredAt: try recordedAt(cut, institution, session),
        precision: .instant, naturalKey: "release:\(package.folderName):\(language.rawValue)",
        body: body.finish())
    ])
  }

  /// A release speaks of its cut, so that is when it is true; the block tells when it was made.
  private func recordedAt(
    _ cut: Int64, _ institution: Institution, _ session: Session
  ) throws -> Int64 {
    let row = try session.query(
      """
      SELECT (extract(epoch FROM recorded_at) * 1000000)::bigint FROM log.append
       WHERE institution_id = $1 AND $2 BETWEEN first_position AND last_position
      """, [.int(Int64(institution.id)), .int(cut)])[0]
    return Int64(try row.int(0))
  }
}
