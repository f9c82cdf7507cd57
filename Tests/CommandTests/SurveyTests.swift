import Postgres
import Testing

/// Which version, which survey and which day an answer belongs to, from the file to the views.
@Suite struct `Surveys` {
  /// A programme with an instrument `s` in the versions asked for: 1 is answered 1 to 7 and asks
  /// `role`, 2 is answered 1 to 5.
  private static func programme(
    versions: [Int], zone: String = "Europe/Oslo", scale: String = "pit6"
  )
    -> String
  {
    let instruments = versions.map { version in
      """
        - code: s
          version: \(version)
          title: {nb: S, en: S}
          scale: [1, \(version == 1 ? 7 : 5)]
          not_relevant: \(version == 1 ? 8 : 6)
          items:
            - {code: i1, text: {nb: En, en: One}}
            - {code: i2, text: {nb: To, en: Two}}\(version == 1 ? "\n      - {code: role, text: {nb: Rolle, en: Role}}" : "")
          scales:
            - {code: \(scale), title: {nb: E, en: I}, items: [i1, i2], reversed: [i2], min_valid: 1}
      """
    }
    return """
      institution: {code: eksempel, name: Eksempel universitet, time_zone: \(zone)}
      programme:
        code: MIN
        title: {nb: Min, en: Min}
        models: [tst]
        purpose: Formative only.
        formative_only: true
        starts_on: 2025-01-15
        ends_on: 2026-07-31
      units:
        - {code: HUM, kind: faculty, name: {nb: Hum, en: Hum}, valid_from: 2019-01-01}
      groups:
        - {code: MIN-1, kind: team, name: {nb: Team 1, en: Team 1}, unit: HUM, formed_on: 2025-01-20, plan: {sessions_a_month: [1, 2], minutes: [45, 60], size: [5, 12]}}
      instruments:
      \(instruments.joined(separator: "\n"))
      waves:
        - {code: W0, from_day: -30, to_day: 60, instrument: s}
        - {code: W1, from_day: 61, to_day: 300, instrument: s}

      """
  }

  private static func command(_ programme: String) throws -> Command {
    let varde = try Command()
    try varde.run("init")
    try varde.file("p.yaml", programme)
    #expect(try varde.run("programme", "apply", "p.yaml").output.contains("0 corrected"))
    let people = (0..<6).map { "A\($0);HUM;MIN-1;2025-01-20\n" }.joined()
    try varde.file("e.csv", "person_id;unit;group;joined\n" + people)
    #expect(try varde.run("ingest", "enrolments", "e.csv").output.contains("6 new"))
    return varde
  }

  private static func responses(_ scores: [Int], wave: String = "W0") -> String {
    let rows = scores.enumerated().map { "R\($0)\(wave);s;\(wave);A\($0);2025-01-25;\($1);2\n" }
    return "response;instrument;wave;person_id;on;i1;i2\n" + rows.joined()
  }

  private func versions(_ varde: Command) throws -> [String] {
    _ = try varde.run("worker", "--once")
    return try varde.session().query(
      """
      SELECT DISTINCT wave || ' ' || version || ' ' || response FROM evaluation.response ORDER BY 1
      """
    ).map { try $0.text(0) }
  }

  @Test func `a response sent again keeps its version, and its wave the figures it had`() throws {
    let varde = try Self.command(Self.programme(versions: [1]))
    try varde.file("r.csv", Self.responses([6, 6, 6, 6, 6, 6]))
    #expect(try varde.run("ingest", "responses", "r.csv").output.contains("6 new"))
    try varde.file("p.yaml", Self.programme(versions: [1, 2]))
    #expect(try varde.run("programme", "apply", "p.yaml").output.contains("1 new"))
    let again = try varde.run("ingest", "responses", "r.csv").output
    #expect(again.contains("6 unchanged") && !again.contains("VD442"), "\(again)")
    #expect(try versions(varde) == (0..<6).map { "W0 1 R\($0)W0" })
    let figures = try varde.session().query(
      """
      SELECT indicator || ' ' || item || ' ' || n || ' ' || value FROM evaluation.indicator
       WHERE scope_kind = 'programme' AND period = 'W0' AND item IN ('i1', 'pit6') ORDER BY 1
      """
    ).map { try $0.text(0) }
    #expect(figures == ["isolation_score pit6 6 6", "item_profile i1 6 6"])

    // What a file says of its version is a correction like any other.
    let said = Self.responses([5, 5, 5, 5, 5, 5]).split(separator: "\n").enumerated().map {
      $1 + ($0 == 0 ? ";version\n" : ";2\n")
    }
    try varde.file("r.csv", said.joined())
    #expect(try varde.run("ingest", "responses", "r.csv").output.contains("6 corrected"))
    #expect(try versions(varde).first == "W0 2 R0W0")
    try varde.file("r.csv", said.joined().replacing(";2\n", with: ";3\n"))
    #expect(try varde.run("ingest", "responses", "r.csv").output.contains("VD443"))
  }

  @Test func `answers that do not say their version are of the newest that has room for all`()
    throws
  {
    let varde = try Self.command(Self.programme(versions: [1, 2]))
    try varde.file("r.csv", Self.responses([5, 5, 5, 5, 5, 7]))
    let first = try varde.run("ingest", "responses", "r.csv").output
    #expect(
      first.contains(
        "warning[VD442]: 6 new responses do not say on which version of 's' they were given; taken as"
          + " version '1', the newest that fits"), "\(first)")
    try varde.file("r.csv", Self.responses([5, 5, 5, 5, 5, 5], wave: "W1"))
    let second = try varde.run("ingest", "responses", "r.csv").output
    #expect(second.contains("taken as version '2'"), "\(second)")
    #expect(try Set(versions(varde).map { $0.prefix(4) }) == ["W0 1", "W1 2"])

    // A corrected wording makes an old version no newer.
    try varde.file(
      "p.yaml", Self.programme(versions: [1, 2]).replacing("nb: Rolle", with: "nb: Rollen"))
    #expect(try varde.run("programme", "apply", "p.yaml").output.contains("1 corrected"))
    try varde.file(
      "r.csv",
      Self.responses([5, 5], wave: "W1").replacing("R", with: "Q").replacing(
        "Qesponse", with: "response"))
    #expect(try varde.run("ingest", "responses", "r.csv").output.contains("taken as version '2'"))

    try varde.file("p.yaml", Self.programme(versions: [1]))
    let fewer = try varde.run("programme", "apply", "p.yaml").output
    #expect(fewer.contains("warning[VD140]: MIN: version 2 of instrument s is in the log"))
  }

  @Test func `a binding that maps an item of an older version is of that version`() throws {
    let varde = try Self.command(Self.programme(versions: [1, 2]))
    let binding = """
      tool: nettskjema
      kind: responses
      programme: MIN
      instrument: s
      wave: W0
      items: {i1: a, role: b}

      """
    try varde.file("b.yaml", binding)
    try varde.file(
      "n.csv", "$submission_id;$created;a;b\n1;2025-01-25T09:00:00+01:00;4;2\n")
    #expect(
      try varde.run("ingest", "responses", "n.csv", "--binding", "b.yaml").output.contains("1 new"))
    #expect(try versions(varde) == ["W0 1 1"])
    try varde.file("b.yaml", binding + "version: 2\n")
    let wrong = try varde.run("binding", "check", "b.yaml").output
    #expect(wrong.contains("item 'role' is not known"), "\(wrong)")
    #expect(wrong.contains("version '1' has it"), "\(wrong)")
  }

  // MARK: Which survey

  private static func limeSurvey(_ answers: [Int], at hour: Int) -> String {
    "\"id\",\"submitdate\",\"lastpage\",\"a\",\"b\"\n"
      + answers.enumerated().map {
        "\"\($0 + 1)\",\"2025-02-10 \(hour):0\($0):00\",\"2\",\"\($1)\",\"\(8 - $1)\"\n"
      }.joined()
  }

  private static func limeBinding(wave: String = "W0", _ more: String = "") -> String {
    """
    tool: limesurvey
    kind: responses
    programme: MIN
    instrument: s
    wave: \(wave)
    zone: Europe/Oslo
    items: {i1: a, i2: b}
    \(more)

    """
  }

  @Test func `two anonymous surveys with the same numbers do not overwrite each other silently`()
    throws
  {
    let varde = try Self.command(Self.programme(versions: [1]))
    try varde.file("a.csv", Self.limeSurvey([1, 2, 3, 4, 5], at: 10))
    try varde.file("b.csv", Self.limeSurvey([7, 6, 1, 2, 3], at: 14))
    try varde.file("l.yaml", Self.limeBinding())
    func send(_ file: String) throws -> String {
      try varde.run("ingest", "responses", file, "--binding", "l.yaml").output
    }
    #expect(try send("a.csv").contains("5 new"))
    #expect(try !send("a.csv").contains("VD445"))
    let other = try send("b.csv")
    #expect(other.contains("5 corrected") && other.contains("warning[VD445]: 5 recorded"))
    // The way out that the hint names.
    #expect(other.contains("send the recorded one's file again") && other.contains("'survey:'"))
    #expect(try send("a.csv").contains("5 corrected"))
    try varde.file("l.yaml", Self.limeBinding("survey: b"))
    #expect(try send("b.csv").contains("5 new"))
    // A mended map changes all answers, and no time: that is no other survey.
    try varde.file(
      "l.yaml", Self.limeBinding("survey: b").replacing("i1: a, i2: b", with: "i1: b, i2: a"))
    let mended = try send("b.csv")
    #expect(mended.contains("5 corrected") && !mended.contains("VD445"))
  }

  @Test func `a survey sent in a second wave, word for word, is told`() throws {
    let varde = try Self.command(Self.programme(versions: [1]))
    try varde.file("a.csv", Self.limeSurvey([1, 2, 3, 4, 5], at: 10))
    try varde.file("w0.yaml", Self.limeBinding())
    try varde.file("w1.yaml", Self.limeBinding(wave: "W1"))
    let first = try varde.run("ingest", "responses", "a.csv", "--binding", "w0.yaml").output
    #expect(first.contains("5 new") && !first.contains("VD446"))
    let second = try varde.run(
      "ingest", "responses", "a.csv", "--binding", "w1.yaml", "--dry-run"
    ).output
    #expect(
      second.contains(
        "warning[VD446]: 5 new responses are recorded in wave 'W0' already"), "\(second)")
    try varde.file("a.csv", Self.limeSurvey([2, 2, 2, 2, 2], at: 11))
    #expect(
      try !varde.run("ingest", "responses", "a.csv", "--binding", "w1.yaml").output
        .contains("VD446"))
  }

  @Test func `an answer is of the day it was in the institution's zone`() throws {
    let varde = try Self.command(Self.programme(versions: [1], zone: "Europe/Helsinki"))
    try varde.file(
      "l.yaml", Self.limeBinding().replacing("zone: Europe/Oslo", with: "zone: UTC"))
    try varde.file(
      "a.csv",
      """
      "id","submitdate","lastpage","a","b"
      "1","2025-02-14 21:59:59","2","1","1"
      "2","2025-02-14 22:00:00","2","1","1"
      "3","2025-07-14 20:59:59","2","1","1"
      "4","2025-07-14 21:00:00","2","1","1"

      """)
    _ = try varde.run("ingest", "responses", "a.csv", "--binding", "l.yaml")
    try varde.file(
      "n.yaml",
      """
      {tool: nettskjema, kind: responses, programme: MIN, instrument: s, wave: W0, items: {i1: a}}
      """)
    try varde.file(
      "n.csv", "$submission_id;$created;a\n5;2025-02-14T23:30:00+01:00;4\n")
    _ = try varde.run("ingest", "responses", "n.csv", "--binding", "n.yaml")
    _ = try varde.run("worker", "--once")
    let days = try varde.session().query(
      "SELECT response || ' ' || on_date FROM evaluation.response ORDER BY response"
    ).map { try $0.text(0) }
    #expect(
      days == [
        "1 2025-02-14", "2 2025-02-15", "3 2025-07-14", "4 2025-07-15", "5 2025-02-15",
      ])
  }

  // MARK: Who answered

  @Test(arguments: [[], ["--dry-run"]])
  func `who answers twice in a wave is told, and the views tell the two apart`(
    options: [String]
  ) throws {
    let varde = try Self.command(Self.programme(versions: [1]))
    func send(_ text: String) throws -> String {
      try varde.file("r.csv", text)
      return try varde.shell("varde ingest responses r.csv " + options.joined()).output
    }
    let head = "response;instrument;wave;person_id;on;i1;i2\n"
    let inOne = try send(
      head + "R1;s;W0;A1;2025-01-25;6;1\nR2;s;W0;A1;2025-01-26;5;1\nR3;s;W1;A1;2025-04-26;5;1\n")
    #expect(
      inOne.contains(
        "r.csv:3: warning[VD444]: a person has more than one response to 's' in wave 'W0'"),
      "\(inOne)")
    try varde.file("first.csv", Self.responses([6, 6, 6]))
    #expect(try varde.run("ingest", "responses", "first.csv").output.contains("3 new"))
    // A file further on, of two people the log has answers of.
    let later = try send(head + "X0;s;W0;A0;2025-01-26;6;1\nX2;s;W0;A2;2025-01-26;5;1\n")
    #expect(later.contains("warning[VD444]: 2 people have more than one response"), "\(later)")
    // What is known already was told before.
    if options.isEmpty {
      #expect(try !send(head + "X0;s;W0;A0;2025-01-26;6;1\n").contains("VD444"))
      #expect(try !send(head + "X4;s;W0;A4;2025-01-26;6;1\n").contains("VD444"))
      _ = try varde.run("worker", "--once")
      let own = try varde.session().query(
        """
        SELECT count(DISTINCT r.response), count(DISTINCT a.response)
          FROM evaluation.response AS r
          JOIN evaluation.answer AS a USING (institution, position, response)
         WHERE r.subject_id = (SELECT subject_id FROM evaluation.response WHERE response = 'R1')
        """)[0]
      #expect(try own.int(0) == 4 && own.int(1) == 4)
    }
  }

  @Test func `an id that says who answered stays out of the log`() throws {
    let varde = try Self.command(Self.programme(versions: [1]))
    try varde.file(
      "r.csv",
      "response;instrument;wave;person_id;on;i1;i2\nA1;s;W0;A1;2025-01-25;6;1\n"
        + "r2@example.org;s;W0;A2;2025-01-25;6;1\nR3;s;W0;A3;2025-01-25;6;1\n")
    #expect(try varde.run("ingest", "responses", "r.csv").output.contains("3 new"))
    let kept = try varde.session().query(
      """
      SELECT body ->> 'response' FROM log.event WHERE type = 'response_submitted' ORDER BY position
      """
    ).map { $0.optionalText(0) }
    #expect(kept == [nil, nil, "R3"])
  }

  @Test func `a definition without the scale of the isolation score is told`() throws {
    let varde = try Command()
    try varde.run("init")
    try varde.file("p.yaml", Self.programme(versions: [1], scale: "iso"))
    #expect(try varde.run("programme", "apply", "p.yaml").output.contains("warning[VD447]: MIN:"))
    try varde.file("p.yaml", Self.programme(versions: [1]))
    #expect(try !varde.run("programme", "apply", "p.yaml").output.contains("VD447"))
  }
}
