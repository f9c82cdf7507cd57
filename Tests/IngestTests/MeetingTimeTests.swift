import Testing

@testable import Ingest

@Suite("Times in meeting reports")
struct MeetingTimeTests {
  @Test(arguments: [
    ("1h 27m 51s", 5271), ("57m", 3420), ("35m 0s", 2100), ("00:47:03", 2823), ("45 s", 45),
    ("1 t 2 min", 3720), ("1 time 5 min 3 sek", 3903),
  ])
  func `durations are read in several languages`(text: String, seconds: Int) {
    #expect(MeetingTime.seconds(text) == seconds)
  }

  @Test(arguments: ["", "-", "57", "1x", "h", "5:3", "ca. 1h", "1h 2", "99:99:99"])
  func `what is no duration is nil, never zero`(text: String) {
    #expect(MeetingTime.seconds(text) == nil)
  }

  @Test func `moments are read the American way and the Norwegian one`() {
    #expect(MeetingTime.moment("3/12/26, 1:02:11 PM")?.second == 46_931)
    #expect(MeetingTime.moment("12.03.2026, 13:02:11")?.second == 46_931)
    #expect(MeetingTime.moment("2026-03-12 13.02.11")?.second == 46_931)
    #expect(MeetingTime.moment("3/12/26, 12:00:00 AM")?.second == 0)
    #expect(MeetingTime.moment("57m 51s") == nil)
    #expect(MeetingTime.moment("Presenter") == nil)
  }

  private func span(_ join: String, _ leave: String) throws -> MeetingTime.Span {
    MeetingTime.Span(
      join: try #require(MeetingTime.moment(join)), leave: try #require(MeetingTime.moment(leave)))
  }

  @Test func `overlapping stays count once, and a meeting may pass midnight`() throws {
    let stays = [
      try span("3/12/26, 1:35:00 PM", "3/12/26, 1:50:00 PM"),
      try span("3/12/26, 1:10:00 PM", "3/12/26, 1:30:00 PM"),
      try span("3/12/26, 1:20:00 PM", "3/12/26, 1:40:00 PM"),
    ]
    #expect(MeetingTime.covered(stays)?.seconds == 40 * 60)
    let apart = [
      try span("3/12/26, 1:00:00 PM", "3/12/26, 1:10:00 PM"),
      try span("3/12/26, 1:50:00 PM", "3/12/26, 2:00:00 PM"),
    ]
    #expect(MeetingTime.covered(apart)?.seconds == 20 * 60)
    #expect(MeetingTime.covered(apart)?.length == 60 * 60)
    let night = [try span("3/12/26, 11:50:00 PM", "3/13/26, 12:20:00 AM")]
    #expect(MeetingTime.covered(night)?.seconds == 30 * 60)
    let backwards = [try span("3/12/26, 2:00:00 PM", "3/12/26, 1:00:00 PM")]
    #expect(MeetingTime.covered(backwards) == nil)
    #expect(MeetingTime.covered([]) == nil)
  }
}
