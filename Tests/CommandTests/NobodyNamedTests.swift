import Foundation
import Postgres
import TestSupport
import Testing

/// Whatever becomes of files whose cells slid into each other, nobody is named and nothing anybody
/// answered is told: not by the command, not by the reports that are kept, not in the server's log.
/// Only the files that are given back say it, which is what they are for.
@Suite struct `Nobody is named` {
  /// People, addresses and answers with letters nothing else has.
  private struct People {
    let tokens: [String]
    var random: Random

    init(_ seed: UInt64) {
      var random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
      tokens = (0..<48).map { _ in
        "q"
          + String((0..<9).map { _ in "bcdfghjklmnpqrstvwxz".randomElement(using: &random) ?? "q" })
      }
      self.random = random
    }

    func id(_ person: Int) -> String { tokens[person].uppercased() }
    func name(_ person: Int) -> String {
      "\(tokens[8 + person].capitalized) \(tokens[16 + person].capitalized)"
    }
    func email(_ person: Int) -> String { "\(tokens[24 + person]).x@example.org" }
    func answer(_ person: Int) -> String { "\(tokens[32 + person]) og \(tokens[40 + person])" }
  }

  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  /// A kind, a file, its binding and its lines.
  private static func files(_ p: People) -> [(
    kind: String, name: String, yaml: String?, text: String
  )] {
    let all = 0..<8
    let teams = all.map {
      "\(p.name($0))\t2/13/25, 10:00:00 AM\t2/13/25, 10:5\($0):00 AM\t5\($0)m 0s\t\(p.email($0))\tx\n"
    }
    let statements = all.map { person in
      """
      {"actor":{"name":"\(p.name(person))","account":{"name":"\(p.id((person * 3) % 8))"}},\
      "verb":{"id":"http://adlnet.gov/expapi/verbs/attended"},\
      "result":{"response":"\(p.answer(person))"},"object":{"id":"https://example.org/A"}}

      """
    }
    let survey = """
      tool: nettskjema
      kind: responses
      programme: TST
      instrument: teach7
      wave: W0
      subject: {column: deltaker, identifier: person_id}
      items: {pit6_1: isol.1, pit6_2: {column: rolle, map: {a: 1, b: 2}}}
      drop: [kommentar]
      """
    return [
      (
        "enrolments", "enrolments.csv", nil,
        "person_id;name;email;unit;group;joined\n"
          + all.map {
            "\(p.id($0));\(p.name($0));\(p.email(($0 * 5) % 8));HUM;TST-1;2025-01-20\n"
          }.joined()
      ),
      (
        "attendance", "attendance.csv", nil,
        "session;person_id;email;name;status;minutes;reason\n"
          + all.map {
            "A;\(p.id($0));\(p.email($0));\(p.name($0));present;4\($0);\(p.answer($0))\n"
          }
          .joined()
      ),
      (
        "attendance", "teams.csv", "tool: teams\nkind: attendance\nsession: A\n",
        "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
          + teams.joined()
      ),
      (
        "attendance", "list.csv",
        "tool: attendance-list\nkind: attendance\ncolumns: {name: Navn}\n"
          + "sessions: {Økt 1: A, Økt 2: B}\nstatus: {x: present}\n",
        "Navn;Økt 1;Økt 2\n" + all.map { "\(p.name($0));x;\(p.answer($0))\n" }.joined()
      ),
      (
        "attendance", "statements.jsonl",
        "tool: xapi\nkind: attendance\nsessions: {\"https://example.org/A\": A}\n",
        statements.joined()
      ),
      (
        "responses", "survey.csv", survey,
        "$submission_id;$created;deltaker;isol.1;rolle;kommentar\n"
          + all.map {
            "\($0);2025-01-25T08:00:00+01:00;\(p.id($0));\($0);\(p.answer($0));\(p.answer($0))\n"
          }.joined()
      ),
    ]
  }

  /// The file with cells put in, taken out, exchanged and replaced by what stands elsewhere.
  private static func shifted(_ text: String, _ p: inout People) -> String {
    let delimiter: Character = text.contains("\t") ? "\t" : text.hasPrefix("{") ? "," : ";"
    let lines = text.split(separator: "\n")
    let changesHeader = Int.random(in: 0..<4, using: &p.random) == 0
    return lines.enumerated().map { index, line in
      var cells = line.split(separator: delimiter, omittingEmptySubsequences: false).map(
        String.init)
      guard cells.count > 1, index > 1 || changesHeader else { return line + "\n" }
      let place = Int.random(in: 0..<cells.count, using: &p.random)
      let person = Int.random(in: 0..<8, using: &p.random)
      // What is written into a heading is shown: nobody can tell it from the name of a column.
      switch Int.random(in: index > 1 ? 0..<8 : 0..<4, using: &p.random) {
      case 0: cells.insert("", at: place)
      case 1: cells.remove(at: place)
      case 2: cells.swapAt(place, Int.random(in: 0..<cells.count, using: &p.random))
      case 3: cells = Array(cells[place...] + cells[..<place])
      case 4: cells[place] = p.name(person)
      case 5: cells[place] = "\"" + p.email(person)
      case 6: cells[place] += " " + p.answer(person)
      default: break
      }
      return cells.joined(separator: String(delimiter)) + "\n"
    }.joined()
  }

  private static func log() throws -> String {
    let file = URL(filePath: try TestCluster.folder() + "/postgres/server.log")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  @Test(arguments: 0..<4) func `in what is said, kept and logged`(seed: UInt64) throws {
    let varde = try Command.withTeam()
    var people = People(seed + 1)
    // Known first; some of them by the address of another.
    var said = ""
    for (kind, name, yaml, text) in Self.files(people) {
      if let yaml { try varde.file("\(name).yaml", yaml) }
      let bound = yaml == nil ? [] : ["--binding", "\(name).yaml"]
      let variants = (kind == "enrolments" ? [text] : []) + [Self.shifted(text, &people), text]
      for (index, variant) in variants.enumerated() {
        try varde.file("\(index)-\(name)", variant)
        for more in [["--dry-run", "--json"], ["--json"], []] {
          let line = (["varde", "ingest", kind, "\(index)-\(name)"] + bound + more)
            .joined(separator: " ")
          said += try varde.shell(line).output
        }
      }
    }
    said += try varde.run("runs").output
    for number in 1...20 { said += try varde.run("run", "\(number)").output }
    let kept = try varde.session().query(
      "SELECT concat_ws(' ', kind, file_name, report::text) FROM ops.ingest_run")
    #expect(kept.count > 12)
    let surfaces = [
      "the command": said, "kept reports": try kept.map { try $0.text(0) }.joined(),
      "the server's log": try Self.log(),
      "the log": try varde.session().query("SELECT body::text FROM log.entry")
        .compactMap { $0.optionalText(0) }.joined(),
    ]
    for (surface, text) in surfaces {
      let text = text.lowercased()
      let named = people.tokens.filter { text.contains($0) }
      let lines = text.split(separator: "\n").filter { line in named.contains { line.contains($0) }
      }
      #expect(named.isEmpty, "\(surface) names \(named): \(lines.prefix(3))")
    }
    // They are in the files that are given back, so the test can fail.
    let rejects = try varde.shell("cat *.rejected.* *.unmatched.*").output.lowercased()
    #expect(people.tokens.count { rejects.contains($0) } > 20)
    #expect(said.contains("error[VD"))
  }
}
