import EventLog
import Indicators
import Postgres
import TestSupport
import Testing

/// What the statements that read facts decide: who counts, where, and what is known when.
@Suite struct `Reading facts` {
  private let log: TestLog
  private let facts: FactRows

  init() throws {
    log = try TestLog(readSide: true)
    facts = FactRows(session: log.administrator, institution: log.institution.id)
    try facts.programme(
      "TST", startsOn: "2025-01-15",
      terms: """
        [{"code":"V","from":"01-01","to":"07-31"},{"code":"H","from":"08-01","to":"12-31"}]
        """)
    try facts.group("TST-1", of: "TST", formedOn: "2025-01-15", at: 1)
    try facts.group("TST-2", of: "TST", formedOn: "2025-01-15", at: 2)
    // Six people in TST-1, one of them also in TST-2, with another unit there.
    for person in 1...6 {
      try facts.enrolment(
        subject(person), "TST-1", unit: person < 4 ? "HUM" : "REALFAG", of: "TST",
        joined: "2025-01-15", at: 10 + person)
    }
    try facts.enrolment(
      subject(1), "TST-2", unit: "MED", of: "TST", joined: "2025-01-20", at: 20)
    try facts.session(
      "S1", "TST-1", of: "TST", status: "held", planned: "2025-02-10", held: "2025-02-11",
      minutes: 60, at: 30)
  }

  private func engine(at position: Int64 = 1000, asOf: String = "2026-03-01") throws
    -> IndicatorEngine
  {
    try IndicatorEngine(
      session: try log.session("varde_projector"), institution: log.institution.id,
      institutionCode: "fjordvik", programme: "TST", at: position, asOf: asOf)
  }

  private func cell(
    _ indicator: String, _ kind: Cell.ScopeKind = .programme, _ scope: String = "TST",
    period: String = "2025V", at position: Int64 = 1000
  ) throws -> Cell {
    try #require(
      try engine(at: position).cells().first {
        $0.indicator == indicator && $0.scopeKind == kind && $0.scope == scope
          && $0.period == period
      })
  }

  private func come(
    _ person: Int, _ status: String, session: String = "S1", minutes: Int? = nil,
    guest: Bool = false, at position: Int, until: Int? = nil
  ) throws {
    try facts.attendance(
      subject(person), session, "TST-1", of: "TST", status: status, minutes: minutes,
      guest: guest, at: position, until: until)
  }

  @Test func `late and partial are there, excused and unknown are outside`() throws {
    for (person, status) in ["present", "late", "partial", "excused", "absent", "unknown"]
      .enumerated()
    { try come(person + 1, status, at: 100 + person) }
    let rate = try cell("attendance_rate")
    #expect(rate.numerator == 3 && rate.denominator == 4 && rate.nPeople == 5)
    let coverage = try cell("attendance_recording_coverage")
    #expect(coverage.numerator == 5 && coverage.denominator == 6)
  }

  @Test func `guests and observers are nobody's attendance`() throws {
    try facts.enrolment(
      subject(8), "TST-2", unit: "MED", of: "TST", joined: "2025-01-15", at: 50)
    try facts.enrolment(
      subject(9), "TST-1", unit: "MED", of: "TST", role: "observer", joined: "2025-01-15", at: 51)
    try come(1, "present", at: 100)
    try come(8, "present", minutes: 30, guest: true, at: 101)
    try come(9, "present", at: 102)
    let rate = try cell("attendance_rate")
    #expect(rate.coverage == 1.0 / 6 && rate.nPeople == 1)
    #expect(rate.status == "low_coverage")
    // The guest's half hour is the guest's, and no part of what TST-1 gave its members.
    #expect(try cell("dose_hours").numerator == 1.5)
    #expect(try cell("dose_hours").n == 7)
    #expect(try cell("dose_hours", .group, "TST-1").numerator == 1)
  }

  @Test func `minutes of somebody who is neither a member that day nor a guest are nobody's`()
    throws
  {
    try facts.enrolment(
      subject(7), "TST-1", unit: "HUM", of: "TST", joined: "2025-01-15", left: "2025-02-11",
      at: 50)
    try come(1, "present", at: 100)
    try come(7, "present", at: 101)
    #expect(try cell("dose_hours").n == 7)
    for (kind, scope) in [(Cell.ScopeKind.programme, "TST"), (.group, "TST-1"), (.unit, "HUM")] {
      #expect(try cell("dose_hours", kind, scope).numerator == (kind == .unit ? nil : 1))
    }
  }

  @Test func `who is a member that day is one, also where a record says guest`() throws {
    try come(1, "present", minutes: 30, guest: true, at: 100)
    let coverage = try cell("attendance_recording_coverage")
    #expect(coverage.numerator == 1 && coverage.denominator == 6)
    #expect(try cell("attendance_rate").coverage == 1.0 / 6)
    #expect(try cell("dose_hours").numerator == 0.5)
  }

  @Test func `the day of leaving is no day of membership`() throws {
    try facts.enrolment(
      subject(7), "TST-1", unit: "HUM", of: "TST", joined: "2025-01-15", left: "2025-02-11",
      at: 50)
    #expect(try cell("attendance_recording_coverage").denominator == 6)
    #expect(try cell("dose_hours").n == 7)
  }

  @Test func `a person in two groups has each group's unit at its sessions`() throws {
    try come(1, "present", at: 100)
    let hum = try cell("attendance_recording_coverage", .unit, "HUM")
    #expect(hum.numerator == 1 && hum.denominator == 3)
    #expect(try cell("attendance_recording_coverage", .unit, "MED").denominator == 0)
    // The programme counts the person once.
    #expect(try cell("dose_hours").n == 6)
  }

  @Test func `minutes nobody knows are 0, and said`() throws {
    try facts.session(
      "S2", "TST-1", of: "TST", status: "held", planned: "2025-03-10", held: "2025-03-10", at: 31)
    try come(1, "present", session: "S2", at: 100)
    let dose = try cell("dose_hours")
    #expect(
      dose.value == 0 && dose.caveats == ["interval_withheld_no_variation", "minutes_unknown"])
  }

  @Test func `a correction changes nothing at an earlier position`() throws {
    try come(1, "absent", at: 100, until: 200)
    try come(1, "present", at: 200)
    for person in 2...6 { try come(person, "absent", at: 100 + person) }
    #expect(try cell("attendance_rate", at: 199).numerator == 0)
    #expect(try cell("attendance_rate", at: 200).numerator == 1)
  }

  @Test func `another institution's facts stay there`() throws {
    let before = try engine().cells()
    let other = FactRows(session: log.administrator, institution: log.institution.id + 1)
    try other.enrolment(
      subject(1), "TST-1", unit: "HUM", of: "TST", joined: "2025-01-15", at: 20)
    try other.session(
      "S9", "TST-1", of: "TST", status: "held", planned: "2025-05-10", held: "2025-05-10", at: 30)
    try other.attendance(
      subject(1), "S1", "TST-1", of: "TST", status: "present", at: 40)
    #expect(try engine().cells() == before)
  }

  @Test func `periods end with the last fact, and plans after the cut are none`() throws {
    try facts.session(
      "S3", "TST-1", of: "TST", status: "planned", planned: "2027-01-10", at: 32)
    #expect(try engine().periods.map(\.code) == ["2025-01", "2025-02", "2025V"])
    try facts.hours(
      subject(1), of: "TST", term: "2025H", allocated: "10.5", spent: nil, at: 60)
    #expect(try engine().periods.map(\.code).suffix(2) == ["2025V", "2025H"])
  }

  @Test func `a change in a month concerns the month and its term`() throws {
    let engine = try engine()
    let touched = try engine.cells(families: [.attendance], periods: .touching(["2025-02"]))
    #expect(Set(touched.map(\.period)) == ["2025-02", "2025V"])
    let all = try engine.cells(families: [.attendance])
    #expect(touched == all.filter { ["2025-02", "2025V"].contains($0.period) })
  }

  @Test func `a person has one voice in a wave, anonymous ones have one each`() throws {
    try facts.item("pit1", "S", of: "TST", at: 60)
    try facts.scale("S", of: "TST", items: ["pit1"], reversed: [], at: 61)
    func respond(_ person: Int?, _ score: Int?, at position: Int) throws {
      try facts.response(
        "S", wave: "W0", of: "TST", subject: person.map(subject), on: nil, ["pit1": score],
        at: position)
    }
    for person in 1...5 { try respond(person, 2, at: 100 + person) }
    try respond(1, 7, at: 200)
    try respond(nil, 4, at: 201)
    try respond(nil, 4, at: 202)
    try respond(6, 8, at: 203)
    let item = try cell("item_profile", period: "W0")
    #expect(item.n == 7 && item.value == 23 / 7.0)
    #expect(item.details.first { $0.name == "n_not_relevant" }?.value == 1)
    #expect(item.nGroups == 1)
    #expect(try cell("isolation_score", period: "W0").value == item.value)
    let hum = try cell("item_profile", .unit, "HUM", period: "W0")
    #expect(hum.nPeople == 3 && hum.status == "below_minimum_n")
    #expect(try engine().cells(families: [.survey], periods: .touching(["W2"])) == [])
  }

  @Test func `the unit of an answer is that of the day it was given`() throws {
    try facts.item("pit1", "S", of: "TST", at: 60)
    try facts.enrolment(
      subject(7), "TST-1", unit: "HUM", of: "TST", joined: "2025-01-15", left: "2025-06-01",
      at: 62)
    try facts.enrolment(
      subject(7), "TST-2", unit: "MED", of: "TST", joined: "2025-06-01", at: 63)
    try facts.response(
      "S", wave: "W2", of: "TST", subject: subject(7), on: "2025-09-01", ["pit1": 3], at: 100)
    #expect(try cell("item_profile", .unit, "MED", period: "W2").n == 1)
  }

  @Test func `answers on another scale are left out, and that is said`() throws {
    try facts.item("pit1", "S", version: "1", of: "TST", maximum: 5, at: 60)
    try facts.item("pit1", "S", version: "2", of: "TST", at: 61)
    try facts.scale("S", version: "2", of: "TST", items: ["pit1"], reversed: [], at: 62)
    for person in 1...5 {
      try facts.response(
        "S", version: "2", wave: "W0", of: "TST", subject: subject(person), on: nil, ["pit1": 6],
        at: 100 + person)
    }
    try facts.response(
      "S", version: "1", wave: "W0", of: "TST", subject: subject(6), on: nil, ["pit1": 1],
      at: 106)
    for indicator in ["item_profile", "isolation_score"] {
      let cell = try cell(indicator, period: "W0")
      #expect(cell.n == 5 && cell.value == 6)
      #expect(cell.caveats.contains("other_scale_left_out"))
    }
  }

  @Test func `a wave keeps the scale its answers were given on, whatever is defined since`() throws
  {
    try facts.item("pit1", "S", version: "1", of: "TST", at: 60)
    try facts.scale("S", version: "1", of: "TST", items: ["pit1"], reversed: ["pit1"], at: 61)
    for person in 1...5 { try respond(person, 6, at: 100 + person) }
    let before = try engine().cells(families: [.survey])
    #expect(try cell("item_profile", period: "W0").value == 6)
    #expect(try cell("isolation_score", period: "W0").value == 2)

    // A newer version on another scale, then another instrument with a scale of the same code.
    try facts.item("pit1", "S", version: "2", of: "TST", maximum: 5, at: 160)
    try facts.scale("S", version: "2", of: "TST", items: ["pit1"], reversed: [], at: 161)
    try facts.item("other1", "T", of: "TST", maximum: 4, at: 162)
    try facts.scale("T", of: "TST", items: ["other1"], reversed: [], at: 163)
    #expect(try engine().cells(families: [.survey]) == before)

    // The next wave is answered on the newer one, and has that one's scale.
    for person in 1...5 {
      try respond(person, 5, version: "2", wave: "W1", at: 200 + person)
    }
    for indicator in ["item_profile", "isolation_score"] {
      let cell = try cell(indicator, period: "W1")
      #expect(cell.n == 5 && cell.value == 5 && !cell.caveats.contains("other_scale_left_out"))
    }
  }

  @Test func `of two scales in one wave most answers decide, not the newer definition`() throws {
    for (version, maximum) in [("1", 7), ("2", 5)] {
      try facts.item("pit1", "S", version: version, of: "TST", maximum: maximum, at: 60 + maximum)
      try facts.scale(
        "S", version: version, of: "TST", items: ["pit1"], reversed: [], at: 80 - maximum)
    }
    for person in 1...5 { try respond(person, 6, at: 100 + person) }
    try respond(6, 2, version: "2", at: 110)
    for indicator in ["item_profile", "isolation_score"] {
      let cell = try cell(indicator, period: "W0")
      #expect(cell.n == 5 && cell.value == 6)
      #expect(cell.caveats.contains("other_scale_left_out"))
    }
  }

  @Test func `of two responses of a person in a wave the later day counts`() throws {
    try facts.item("pit1", "S", of: "TST", at: 60)
    try facts.scale("S", of: "TST", items: ["pit1"], reversed: [], at: 61)
    for person in 1...5 { try respond(person, 2, on: "2025-06-20", at: 100 + person) }
    try respond(1, 7, on: "2025-06-10", at: 200)
    #expect(try cell("item_profile", period: "W0").value == 2)
    #expect(try cell("isolation_score", period: "W0").value == 2)
    try respond(1, 7, on: "2025-06-20", at: 201)
    #expect(try cell("item_profile", period: "W0").value == 3)
    #expect(try cell("isolation_score", period: "W0").value == 3)
  }

  private func respond(
    _ person: Int, _ score: Int, version: String = "1", wave: String = "W0", on day: String? = nil,
    at position: Int
  ) throws {
    try facts.response(
      "S", version: version, wave: wave, of: "TST", subject: subject(person), on: day,
      ["pit1": score], at: position)
  }

  @Test func `an unknown programme and a day that is none are refused`() throws {
    #expect(throws: IndicatorError.unknownProgramme("OPM", position: 5)) {
      try IndicatorEngine(
        session: try log.session("varde_projector"), institution: log.institution.id,
        institutionCode: "fjordvik", programme: "OPM", at: 5, asOf: "2026-03-01")
    }
    #expect(throws: IndicatorError.notADay("March")) { try engine(asOf: "March") }
  }
}
