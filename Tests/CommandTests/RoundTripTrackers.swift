import Foundation

extension RoundTrip {
  // MARK: - xAPI

  private static func statement(
    _ number: Int, _ verb: String, _ object: String, by account: String, minutes: Int? = nil,
    at time: String = "2025-02-13T13:00:00Z"
  ) -> String {
    let result = minutes.map { ",\"result\":{\"duration\":\"PT\($0)M\"}" } ?? ""
    return """
      {"id":"aa-\(number)","actor":{"account":{"homePage":"https://lrs.example.org","name":"\(account)"}},\
      "verb":{"id":"http://adlnet.gov/expapi/verbs/\(verb)"},\
      "object":{"id":"\(object)"}\(result),"timestamp":"\(time)"}
      """
  }

  /// Up to and with the person.
  private static func begin(_ number: Int, by account: String) -> String {
    let whole = statement(number, "", "", by: account)
    return String(whole[..<(whole.firstRange(of: ",\"verb\"")?.lowerBound ?? whole.endIndex)])
  }

  private static let attended: [String] = {
    let address = "https://lrs.example.org/sessions/"
    return [
      statement(1, "attended", address + "A", by: "M1", minutes: 60),
      statement(2, "attended", address + "A", by: "M2", minutes: 50),
      statement(3, "completed", address + "A", by: "M2", minutes: 40),
      statement(4, "attended", address + "A", by: "M3", minutes: 60),
      statement(6, "attended", address + "A", by: "M4", minutes: 55),
      statement(7, "completed", address + "A", by: "M4", minutes: 20),
      statement(8, "attended", address + "C", by: "M5"),
      """
      {"id":"aa-5","actor":{"mbox":"mailto:admin@example.org"},\
      "verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},\
      "object":{"objectType":"StatementRef","id":"aa-4"}}
      """,
      statement(9, "experienced", "https://lrs.example.org/videos/1", by: "M5"),
    ]
  }()

  private static let attendedFaults = [
    Fault("\"name\":\"M2\"", "\"name\":\"M22\""),
    // It was taken back, which is said elsewhere in the file.
    Fault("\"name\":\"M3\"", "\"name\":\"M33\""),
    // One of two statements about one person and session.
    Fault(begin(7, by: "M4"), begin(7, by: "M44")),
    Fault("sessions/C\"", "sessions/CC\""),
  ]

  private static let attendedBinding = """
    tool: xapi
    kind: attendance
    sessions: {"https://lrs.example.org/sessions/A": A, "https://lrs.example.org/sessions/C": C}
    """

  private static let enrolled = [
    statement(1, "registered", "https://lrs.example.org/courses/2", by: "P1"),
    statement(
      2, "registered", "https://lrs.example.org/courses/2", by: "P2", at: "2025-02-15T10:00:00Z"),
    statement(
      3, "unregistered", "https://lrs.example.org/courses/2", by: "P2", at: "2025-04-01T10:00:00Z"),
    statement(4, "registered", "https://lrs.example.org/courses/3", by: "P3"),
    statement(
      5, "registered", "https://lrs.example.org/courses/2", by: "P4", at: "2025-02-14T10:00:00Z"),
  ]

  // MARK: - DHIS2

  private static func session(
    _ code: String, _ day: String, unit: String = "oRgUnItHUM1", status: String = "COMPLETED",
    values: [(String, String)]
  ) -> String {
    let values = values.map { "{\"dataElement\": \"\($0.0)\", \"value\": \"\($0.1)\"}" }
    return """
      {"event": "\(code)", "status": "\(status)", "programStage": "sTaGeSess01", "orgUnit": "\(unit)",
            "occurredAt": "\(day)T00:00:00.000",
            "dataValues": [\(values.joined(separator: ", "))]}
      """
  }

  private static let sessions = [
    session("eV1", "2025-03-04", values: [("dEmInUtEs01", "60"), ("dEmOdE00001", "1")]),
    session("eV2", "2025-03-11", values: [("dEmInUtEs01", "50"), ("dEnOtE00001", "a \\\"b\\\"")]),
    session("eV3", "2025-03-18", status: "VISITED", values: [("dEmInUtEs01", "45")]),
    session("eV4", "2025-03-25", values: [("dEmInUtEs01", "55")]),
    session("eV5", "2025-04-01", values: [("dEmOdE00001", "2")]),
    session("eV6", "2025-04-08", status: "SCHEDULE", values: []),
  ]

  private static let sessionFaults = [
    Fault(sessions[1], sessions[1].replacing("oRgUnItHUM1", with: "oRgUnItHUM2")),
    Fault("VISITED", "DONE"), Fault("\"55\"", "\"5x5\""),
    Fault(sessions[4], sessions[4].replacing("dEmOdE00001", with: "dEmOdE00002")),
  ].map {
    // Given back on one line.
    [$0, Fault($0.right.replacing("\n", with: " "), $0.wrong.replacing("\n", with: " "))]
  }.flatMap(\.self)

  private static let sessionsBinding = """
    tool: dhis2
    kind: sessions
    zone: Europe/Oslo
    stages: [sTaGeSess01]
    columns:
      session: event
      group: {column: orgUnit, map: {oRgUnItHUM1: TST-1}}
      held_on: occurredAt
      status: {value: held}
    values:
      dEmInUtEs01: minutes
      dEmOdE00001: {column: mode, map: {"1": in_person, "2": online}}
    drop: [dEnOtE00001]
    """

  private static func person(_ id: String, _ sessions: [(String, String)]) -> String {
    let events = sessions.enumerated().map { index, session in
      """
            {"event": "\(id)\(index)", "status": "COMPLETED", "occurredAt": "2025-02-13",
             "dataValues": [{"dataElement": "dEsEsSiOn01", "value": "\(session.0)"},
              {"dataElement": "dEsTaTuS001", "value": "\(session.1)"}]}
      """
    }
    return """
        {"attributes": [{"attribute": "aTtRaNsAtT1", "value": "\(id)"}],
         "enrollments": [{"status": "ACTIVE", "events": [
      \(events.joined(separator: ",\n"))
         ]}]}
      """
  }

  static let trackers: [RoundTrip] = [
    RoundTrip(
      testDescription: "xAPI, a statement a line", file: "statements.jsonl",
      binding: attendedBinding,
      text: (attended + [
        statement(10, "attended", "https://lrs.example.org/sessions/A", by: "M6", minutes: 35)
      ]).joined(separator: "\n") + "\n",
      faults: attendedFaults + [Fault("{\"id\":\"aa-10\"", "{\"id:\"aa-10\"")],
      codes: ["VD288", "VD347", "VD401"]),
    RoundTrip(
      testDescription: "xAPI, an answer of the store", file: "statements.json",
      binding: attendedBinding,
      text: "{\"more\": \"\", \"statements\": [\n" + attended.joined(separator: ",\n") + "\n]}\n",
      faults: attendedFaults, codes: ["VD347", "VD401"]),
    RoundTrip(
      testDescription: "xAPI, enrolments", kind: "enrolments", file: "statements.json",
      binding: """
        tool: xapi
        kind: enrolments
        zone: Europe/Oslo
        groups: {"https://lrs.example.org/courses/2": TST-2, "https://lrs.example.org/courses/3": TST-3}
        unit: HUM
        """,
      text: "[" + enrolled.joined(separator: ",") + "]",
      faults: [
        Fault("2025-02-15T", "2025-02-33T"),
        Fault("courses/3\"", "courses/33\""), Fault("2025-02-14T", "14 feb T"),
      ],
      codes: ["VD302", "VD303", "VD347"]),
    RoundTrip(
      testDescription: "DHIS2, sessions in enrolments", kind: "sessions", file: "tracker.json",
      binding: sessionsBinding,
      text: """
        {"trackedEntities": [{
          "trackedEntity": "tE1", "orgUnit": "oRgUnItHUM1", "createdAt": "2025-01-15T10:00:00.000",
          "enrollments": [{
            "enrollment": "eN1", "program": "pRoGrAmMe01", "orgUnit": "oRgUnItHUM1", "status": "ACTIVE",
            "events": [
              \(sessions.joined(separator: ",\n      "))
            ]}]}]}
        """,
      faults: sessionFaults, codes: ["VD305", "VD345", "VD349", "VD350"]),
    RoundTrip(
      testDescription: "DHIS2, nothing around the events but lists", kind: "sessions",
      file: "tracker.json", binding: sessionsBinding,
      text: """
        {"trackedEntities": [{"enrollments": [{"events": [
              \(sessions.joined(separator: ",\n      "))
            ]}]}]}
        """,
      faults: sessionFaults, codes: ["VD305", "VD345", "VD349", "VD350"]),
    RoundTrip(
      testDescription: "DHIS2, attendance of people", file: "tracker.json",
      binding: """
        tool: dhis2
        kind: attendance
        zone: Europe/Oslo
        columns: {person_id: attribute aTtRaNsAtT1}
        values:
          dEsEsSiOn01: session
          dEsTaTuS001: {column: status, map: {"true": present, "false": absent}}
        """,
      text: "{\"instances\": [\n"
        + [
          person("M1", [("A", "true"), ("B", "false")]),
          person("M2", [("A", "true"), ("B", "true"), ("C", "false")]),
          person("M3", [("A", "false"), ("B", "true"), ("C", "true")]),
        ].joined(separator: ",\n") + "\n]}\n",
      faults: [
        Fault("\"value\": \"M2\"", "\"value\": \"M22\""),
        Fault("{\"event\": \"M31\", \"status\": \"COMPLETED\"", "{\"event\": \"M31\""),
        Fault("\"true\"", "\"ja\""),
      ], codes: ["VD345", "VD350", "VD401"]),
  ]
}
