public import Events
public import FoundationEssentials

/// Records about people in programme TST, group G1; the smallest useful ones.
public enum PersonDrafts {
  public static let day = CivilDate(daysSinceEpoch: 20_100)

  public static func attendance(
    _ subject: UUID, session: String, status: String = "present", match: String = "person_id"
  ) -> EventDraft {
    draft("attendance_recorded", "attendance\u{1F}\(session)\u{1F}\(subject)", subject) { body in
      body.string("programme", "TST")
      body.string("group", "G1")
      body.string("session", session)
      body.date("on", day)
      body.string("status", status)
      body.boolean("guest", false)
      body.string("match", match)
    }
  }

  public static func enrolment(
    _ subject: UUID, joined: CivilDate = day, left: CivilDate? = nil
  ) -> EventDraft {
    draft("enrolment_recorded", "enrolment\u{1F}G1\u{1F}\(subject)", subject) { body in
      body.string("programme", "TST")
      body.string("group", "G1")
      body.string("unit", "HUM")
      body.string("role", "participant")
      body.date("joined", joined)
      body.date("left", left)
    }
  }

  public static func hours(_ subject: UUID, spent: Int) -> EventDraft {
    draft("hours_recorded", "hours\u{1F}TST\u{1F}2025V\u{1F}\(subject)", subject) { body in
      body.string("programme", "TST")
      body.string("term", "2025V")
      body.integer("spent", spent)
    }
  }

  public static func log(_ subject: UUID, round: String, words: Int) -> EventDraft {
    draft("log_submitted", "log\u{1F}TST\u{1F}\(round)\u{1F}\(subject)", subject) { body in
      body.string("programme", "TST")
      body.string("round", round)
      body.date("on", day)
      body.integer("words", words)
    }
  }

  public static func response(_ subject: UUID?, _ response: String, answer: Int) -> EventDraft {
    draft("response_submitted", "response\u{1F}pit\u{1F}\(response)", subject) { body in
      body.string("programme", "TST")
      body.string("instrument", "pit")
      body.string("version", "1")
      body.string("wave", "W0")
      body.raw("answers", Array(#"{"pit_1":{"v":\#(answer),"s":"answered"}}"#.utf8))
    }
  }

  public static func observation(
    of subject: UUID, by observer: UUID, cycle: String
  ) -> EventDraft {
    draft("observation_recorded", "observation\u{1F}\(cycle)\u{1F}feedback", subject) { body in
      body.string("programme", "TST")
      body.string("group", "G1")
      body.string("cycle", cycle)
      body.string("step", "feedback")
      body.date("on", day)
      body.string("observer", observer.uuidString.lowercased())
    }
  }

  private static func draft(
    _ type: String, _ key: String, _ subject: UUID?, _ write: (inout JSONWriter) -> Void
  ) -> EventDraft {
    var body = JSONWriter()
    write(&body)
    return EventDraft(
      type: type, occurredAt: EventDraft.midnight(day), precision: .day, subject: subject,
      naturalKey: key, body: body.finish())
  }
}
