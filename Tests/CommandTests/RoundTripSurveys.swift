import Foundation

extension RoundTrip {
  private static let elements = """
    [{"elementId": 10, "elementType": "QUESTION", "externalElementId": "deltaker"},
     {"elementId": 11, "elementType": "MATRIX_RADIO", "externalElementId": "isol",
      "answerOptions": [{"answerOptionId": 102, "externalAnswerOptionId": "2"},
       {"answerOptionId": 106, "externalAnswerOptionId": "6"}],
      "subElements": [{"questionId": 111, "externalElementId": "1"},
       {"questionId": 112, "externalElementId": "2"}]}]
    """

  private static func who(_ submission: Int, _ person: String) -> String {
    """
    {"submissionId":\(submission),"elementId":10,"textAnswer":"\(person)","answerOptionIds":[],\
    "createdDate":"2025-01-25T08:10:00","modifiedDate":"2025-01-25T08:10:00"}
    """
  }

  private static func answer(
    _ submission: Int, _ row: Int, _ option: Int, edited: String = "2025-01-25T08:10:00"
  ) -> String {
    """
    {"submissionId":\(submission),"elementId":11,"subElementId":\(row),"answerOptionIds":[\(option)],\
    "createdDate":"2025-01-25T08:10:00","modifiedDate":"\(edited)"}
    """
  }

  static let surveys: [RoundTrip] = [
    RoundTrip(
      testDescription: "Nettskjema, an answer a line", kind: "responses", file: "answers.ndjson",
      binding: """
        tool: nettskjema-answers
        kind: responses
        programme: TST
        instrument: teach7
        wave: W0
        zone: Europe/Oslo
        elements: elements.json
        subject: {column: deltaker, identifier: person_id}
        items: {pit6_1: isol.1, pit6_2: isol.2}
        """,
      text: [
        who(1, "M1"), answer(1, 111, 102), who(2, "M2"), answer(1, 112, 106), answer(2, 111, 106),
        // Edited afterwards.
        answer(2, 111, 102, edited: "2025-01-26T09:00:00"), answer(2, 112, 106), who(3, "M3"),
        answer(3, 111, 102), answer(3, 112, 102), who(4, "M4"), answer(4, 111, 106),
        answer(4, 112, 102),
      ].joined(separator: "\n") + "\n",
      faults: [
        Fault("\"M2\"", "\"M22\""), Fault(answer(3, 112, 102), answer(3, 112, 999)),
        // A line that was damaged; the others of its submission are well.
        Fault("{\"submissionId\":4,\"elementId\":11,\"subElementId\":111", "{\"submissionId\":4,{"),
      ],
      codes: ["VD281", "VD360", "VD401"], beside: ["elements.json": elements]),
    RoundTrip(
      testDescription: "Nettskjema, a report", kind: "responses", file: "data.txt",
      binding: """
        tool: nettskjema
        kind: responses
        programme: TST
        instrument: teach7
        wave: W0
        subject: {column: deltaker, identifier: person_id}
        items: {pit6_1: isol.1, pit6_2: {column: isol.2, map: {a: 1, b: 2}}}
        drop: [kommentar, $answer_time_ms]
        """,
      text: """
        "$submission_id";"$created";"deltaker";"isol.1";"isol.2";"kommentar";"$answer_time_ms"
        "1";"2025-01-25T08:00:00+01:00";"M1";"6.0";"a";"Lærte mye; ""av gruppa""
        og mer";"100"
        "2";"2025-01-25T08:00:00+01:00";"M2";"7.0";"b";"=1+1";"100"
        "3";"2025-01-25T08:00:00+01:00";"M3";"5.0";"a";"en
        to";"100"
        "4";"2025-01-25T08:00:00+01:00";"M4";"4";"a";"";"100"

        """,
      faults: [
        Fault("\"M2\"", "\"M22\""), Fault("\"5.0\"", "\"55.0\""),
        Fault("\"4\";\"a\"", "\"4\";\"c\""),
      ], codes: ["VD310", "VD330", "VD401"]),
  ]
}
