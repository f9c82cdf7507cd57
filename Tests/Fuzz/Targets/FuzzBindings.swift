#if DEBUG
  @testable import Ingest

  /// A binding for every tool, over the programme of the scene. Read when a target is first used.
  enum FuzzBindings {
    static let all: [FuzzTarget: Binding] = texts.mapValues(made)

    static func made(_ yaml: String) -> Binding {
      do {
        return try Binding(yaml: yaml, file: "b.yaml")
      } catch {
        preconditionFailure("\(error)")
      }
    }

    /// Answers of a form whose elements lie at a path.
    static func answers(elements path: String) -> Binding {
      made(
        """
        tool: nettskjema-answers
        kind: responses
        programme: TST
        instrument: peer
        wave: W0
        zone: Europe/Oslo
        elements: \(path)
        subject: {column: deltaker, identifier: person_id}
        items:
          iso_1: isol.1
          iso_2: isol.2
          role: {column: rolle, map: {laerer: 1, leder: 2}}
          themes: {checkboxes: {th_teaching: tema.undervisning, th_assessment: tema.vurdering}}
        drop: ["14"]
        """)
    }

    /// Responses of a project whose data dictionary lies at a path.
    static func responses(dictionary path: String) -> Binding {
      made((texts[.redcap] ?? "") + "\ndictionary: \(path)")
    }

    private static let texts: [FuzzTarget: String] = [
      .teams: "tool: teams\nkind: attendance\nsession: S1\n",
      .nettskjema: """
      tool: nettskjema
      kind: responses
      programme: TST
      instrument: pit
      subject: {column: d, identifier: person_id}
      columns: {a: pit_1, b: pit_2}
      drop: [x]
      """,
      .zoom: """
      tool: zoom
      kind: attendance
      session: S1
      """,
      .limesurvey: """
      tool: limesurvey
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      zone: Europe/Oslo
      subject: {column: token, identifier: person_id}
      items:
        iso_1: {column: "ISO[SQ001]", map: {A1: 1, A2: 2, A5: 5, A8: 8}}
        iso_2: {column: "ISO[SQ002]", map: {A1: 1, A2: 2, A5: 5}}
        role: {column: Q38, map: {1: 1, 2: 2, -oth-: 3}}
        themes: {checkboxes: {th_teaching: "TEMA[SQ001]", th_assessment: "TEMA[SQ002]"}}
      drop: ["Q38[other]"]
      """,
      .limesurveyVV: """
      tool: limesurvey-vv
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      zone: Europe/Oslo
      subject: {column: token, identifier: person_id}
      items:
        iso_1: {column: "ISO[SQ001]", map: {A1: 1, A2: 2, A5: 5, A8: 8}}
        iso_2: {column: "ISO[SQ002]", map: {A1: 1, A2: 2, A5: 5}}
        role: {column: Q38, map: {1: 1, 2: 2, -oth-: 3}}
        themes: {checkboxes: {th_teaching: "TEMA[SQ001]", th_assessment: "TEMA[SQ002]"}}
      drop: [Q38_other, Q9]
      """,
      .qualtrics: """
      tool: qualtrics
      kind: responses
      programme: TST
      instrument: peer
      wave: W0
      zone: Europe/Oslo
      subject: {column: ExternalReference, identifier: person_id}
      items:
        iso_1: Q1_1
        iso_2: Q1_2
        role: {one_hot: {1: Q2_1, 2: Q2_2, 3: Q2_3}}
        themes: {delimited: Q3, separator: ",", options: {1: th_teaching, 2: th_assessment}}
      drop: [Q4]
      """,
      .redcap: """
      tool: redcap
      kind: responses
      programme: TST
      instrument: peer
      form: peer
      zone: Europe/Oslo
      waves: {column: redcap_event_name, map: {intake_arm_1: W0, follow_up_arm_1: W1}}
      subject: {column: record_id, identifier: person_id}
      items:
        iso_1: iso1
        iso_2: iso2
        role: {column: role, map: {t: 1, l: 2}}
        themes: {checkboxes: {th_teaching: themes___1, th_assessment: themes____1}}
      missing: {not_relevant: [9]}
      drop: [name, dob, contact_complete, contact_timestamp]
      """,
      .xapi: """
      tool: xapi
      kind: attendance
      sessions:
        https://lrs.example.org/sessions/spring-1: S1
        https://lrs.example.org/sessions/S*: S*
      drop: ["https://lrs.example.org/videos/*"]
      """,
      .xapiEnrolments: """
      tool: xapi
      kind: enrolments
      zone: Europe/Oslo
      groups: {"https://lrs.example.org/courses/tst-2": TST-1}
      unit: HUM
      role: participant
      """,
      .dhis2: """
      tool: dhis2
      kind: sessions
      zone: Europe/Oslo
      programs: [pRoGrAmMe01]
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
      """,
      .attendanceList: """
      tool: attendance-list
      kind: attendance
      columns:
        name: Navn
      sessions:
        12.02.2025: S1
      status: {x: present, "1": present, ja: present, fravær: absent, syk: excused}
      drop: [Merknad]
      """,
      .table: """
      tool: table
      kind: attendance
      columns:
        session: {value: S1}
        person_id: Ansattnr.
        name: Navn
        status: {column: Oppmøte, map: {x: present, "1": present, fravær: absent, syk: excused}}
        minutes: Min
      drop: [Merknad]
      """,
    ]
  }
#endif
