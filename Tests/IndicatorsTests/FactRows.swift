import Events
import Postgres

/// Writes facts as the projectors would, at positions of the test's choosing.
struct FactRows {
  let session: Session
  let institution: Int32

  /// One row of a fact; `nil` is NULL.
  ///
  /// - Parameter until: The position that superseded the row, if one has.
  func insert(
    _ fact: String, at position: Int, until: Int? = nil, _ columns: KeyValuePairs<String, String?>
  ) throws {
    let names = ["institution_id", "position", "recorded_at", "superseded_by"] + columns.map(\.key)
    let values: [Value?] =
      [.int(Int64(institution)), .int(Int64(position)), .text("2025-01-01 00:00Z")]
      + [until.map { .int(Int64($0)) }] + columns.map { $0.value.map { .text($0) } }
    let places = values.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    try session.query(
      "INSERT INTO fact.\(fact) (\(names.joined(separator: ", "))) VALUES (\(places))", values)
  }

  func programme(_ code: String, startsOn: String, terms: String, at position: Int = 0) throws {
    try insert(
      "programme", at: position,
      [
        "programme": code, "title_nb": "Prøve", "title_en": "Test", "models": "{tst}",
        "purpose": "test", "formative_only": "t", "starts_on": startsOn, "terms": terms,
        "holiday_months": "{}", "time_zone": "Europe/Oslo",
      ])
  }

  func group(_ code: String, of programme: String, formedOn: String, at position: Int) throws {
    try insert(
      "programme_group", at: position,
      [
        "programme": programme, "group_code": code, "kind": "tst", "name_nb": code,
        "name_en": code, "formed_on": formedOn, "sessions_min": "1", "sessions_max": "2",
      ])
  }

  func item(
    _ item: String, _ instrument: String, version: String = "1", of programme: String,
    maximum: Int = 7, at position: Int
  ) throws {
    try insert(
      "instrument_item", at: position,
      [
        "item_no": "1", "programme": programme, "instrument": instrument, "version": version,
        "item": item, "text_nb": "Påstand", "text_en": "Statement", "scale_min": "1",
        "scale_max": String(maximum), "not_relevant": "8",
      ])
  }

  func scale(
    _ instrument: String, version: String = "1", of programme: String, items: [String],
    reversed: [String], at position: Int
  ) throws {
    try insert(
      "instrument_scale", at: position,
      [
        "scale_no": "1", "programme": programme, "instrument": instrument, "version": version,
        "scale": "pit6", "title_nb": "Isolasjon", "title_en": "Isolation",
        "items": "{\(items.joined(separator: ","))}",
        "reversed": "{\(reversed.joined(separator: ","))}",
      ])
  }

  /// An answer is given as its score, `8` for not relevant and `nil` for skipped.
  func response(
    _ instrument: String, version: String = "1", wave: String, of programme: String,
    subject: String?, on day: String?, _ answers: [String: Int?], at position: Int
  ) throws {
    try insert(
      "response", at: position,
      [
        "subject_id": subject, "programme": programme, "instrument": instrument,
        "version": version, "wave": wave, "on_date": day,
      ])
    for (item, code) in answers {
      try insert(
        "answer", at: position,
        [
          "subject_id": subject, "programme": programme, "instrument": instrument,
          "version": version, "wave": wave, "item": item, "value": code.map(String.init),
          "state": code == nil ? "skipped" : code == 8 ? "not_relevant" : "answered",
        ])
    }
  }

  func enrolment(
    _ subject: String, _ group: String, unit: String, of programme: String,
    role: String = "participant", joined: String, left: String? = nil, at position: Int,
    until: Int? = nil
  ) throws {
    try insert(
      "enrolment", at: position, until: until,
      [
        "subject_id": subject, "programme": programme, "group_code": group, "unit": unit,
        "role": role, "joined_on": joined, "left_on": left,
      ])
  }

  func session(
    _ session: String, _ group: String, of programme: String, status: String,
    planned: String? = nil, held: String? = nil, minutes: Int? = nil, at position: Int,
    until: Int? = nil
  ) throws {
    try insert(
      "session", at: position, until: until,
      [
        "programme": programme, "group_code": group, "session": session, "planned_on": planned,
        "status": status, "held_on": held, "minutes": minutes.map(String.init),
      ])
  }

  func attendance(
    _ subject: String, _ session: String, _ group: String, of programme: String, status: String,
    minutes: Int? = nil, guest: Bool = false, at position: Int, until: Int? = nil
  ) throws {
    try insert(
      "attendance", at: position, until: until,
      [
        "subject_id": subject, "programme": programme, "group_code": group, "session": session,
        "status": status, "minutes": minutes.map(String.init), "guest": guest ? "t" : "f",
      ])
  }

  func hours(
    _ subject: String, of programme: String, term: String, allocated: String?, spent: String?,
    at position: Int, until: Int? = nil
  ) throws {
    try insert(
      "hours", at: position, until: until,
      [
        "subject_id": subject, "programme": programme, "term": term, "allocated": allocated,
        "spent": spent,
      ])
  }
}

/// An invented person's id; ids sort as the numbers do.
func subject(_ number: Int) -> String {
  let digits = String(number)
  return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}
