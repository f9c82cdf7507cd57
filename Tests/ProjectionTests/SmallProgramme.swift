import Events
import FoundationEssentials
import Postgres
import TestSupport

/// A programme with a few groups in a small tree of units, as drafts of its records.
enum SmallProgramme {
  static let start = CivilDate(daysSinceEpoch: 20_100)  // 2025-01-12

  static func draft(
    _ type: String, key: String, subject: Int? = nil, _ body: String
  ) -> EventDraft {
    EventDraft(
      type: type, occurredAt: EventDraft.midnight(start), precision: .day,
      subject: subject.map(person), naturalKey: key, body: Array(body.utf8))
  }

  /// The programme, and three units of which one lies in another.
  /// - Parameter autumn: when the autumn term begins; not always with a month.
  static func definition(autumn: String = "08-01") -> [EventDraft] {
    let spring = autumn == "08-01" ? "07-31" : "08-14"
    return [
      draft(
        "programme_registered", key: "p",
        #"""
        {"programme":"T","title_nb":"T","title_en":"T","models":["tst"],"purpose":"to test",\#
        "formative_only":true,"starts_on":"2025-01-12","terms":[{"code":"V","from":"01-01",\#
        "to":"\#(spring)"},{"code":"H","from":"\#(autumn)","to":"12-31"}],"holiday_months":[7],\#
        "time_zone":"Europe/Oslo"}
        """#)
    ]
      + [#"U0""#, #"U1""#, #"U2","parent":"U1""#].enumerated().map { number, unit in
        draft(
          "unit_registered", key: "u\(number)",
          #"""
          {"unit":"\#(unit),"kind":"faculty","name_nb":"U","name_en":"U","valid_from":"2020-01-01"}
          """#)
      }
  }

  static func group(_ code: String) -> EventDraft {
    draft(
      "group_formed", key: code,
      #"""
      {"programme":"T","group":"\#(code)","kind":"team","name_nb":"G","name_en":"G",\#
      "formed_on":"2025-01-12","sessions_min":1,"sessions_max":2}
      """#)
  }

  static func enrolment(_ number: Int, left: CivilDate?) -> EventDraft {
    let end = left.map { #","left":"\#($0)""# } ?? ""
    return draft(
      "enrolment_recorded", key: "e\(number)", subject: number,
      #"""
      {"programme":"T","group":"G\#(number % 3)","unit":"U\#(number / 3 % 3)","role":"participant",\#
      "joined":"2025-01-12"\#(end)}
      """#)
  }

  /// A session of one of three groups; held unless it is only planned.
  static func session(_ number: Int, on day: CivilDate, isHeld: Bool = true) -> EventDraft {
    let held = isHeld ? #""held","held_on":"\#(day)","minutes":45"# : #""planned""#
    return draft(
      "session_recorded", key: "s\(number)",
      #"""
      {"programme":"T","group":"G\#(number % 3)","session":"s\#(number)","planned_on":"\#(day)",\#
      "status":\#(held)}
      """#)
  }

  /// Whoever is of another group came as a guest.
  static func attendance(
    _ session: Int, _ number: Int, _ day: CivilDate, _ status: String
  ) -> EventDraft {
    draft(
      "attendance_recorded", key: "a\(session)-\(number)", subject: number,
      #"""
      {"programme":"T","group":"G\#(session % 3)","session":"s\#(session)","on":"\#(day)",\#
      "status":"\#(status)","guest":\#(session % 3 != number % 3)}
      """#)
  }

  static func hours(_ number: Int, _ term: String, allocated: Int) -> EventDraft {
    draft(
      "hours_recorded", key: "h\(number)-\(term)", subject: number,
      #"{"programme":"T","term":"\#(term)","allocated":\#(allocated),"spent":10}"#)
  }

  /// All cells, each as text.
  static func cells(_ log: TestLog) throws -> [String] {
    try log.administrator.query("SELECT c::text FROM fact.cell AS c ORDER BY 1")
      .map { try $0.text(0) }
  }
}

/// A person of these tests, by number.
private func person(_ number: Int) -> UUID {
  UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, UInt8(number)))
}
