import Testing

@testable import Ingest

@Suite("Times in Teams reports")
struct TeamsTimeTests {
  @Test(arguments: [
    ("1h 27m 51s", 5271), ("57m", 3420), ("35m 0s", 2100), ("00:47:03", 2823), ("45 s", 45),
    ("1 t 2 min", 3720), ("1 time 5 min 3 sek", 3903),
  ])
  func `durations are read in several languages`(text: String, seconds: Int) {
    #expect(TeamsTime.seconds(text) == seconds)
  }

  @Test(arguments: ["", "-", "57", "1x", "h", "5:3", "ca. 1h", "1h 2", "99:99:99"])
  func `what is no duration is nil, never zero`(text: String) {
    #expect(TeamsTime.seconds(text) == nil)
  }

  @Test func `moments are read the American way and the Norwegian one`() {
    #expect(TeamsTime.moment("3/12/26, 1:02:11 PM")?.second == 46_931)
    #expect(TeamsTime.moment("12.03.2026, 13:02:11")?.second == 46_931)
    #expect(TeamsTime.moment("2026-03-12 13.02.11")?.second == 46_931)
    #expect(TeamsTime.moment("3/12/26, 12:00:00 AM")?.second == 0)
    #expect(TeamsTime.moment("57m 51s") == nil)
    #expect(TeamsTime.moment("Presenter") == nil)
  }

  @Test func `overlapping stays count once, and a meeting may pass midnight`() {
    func moment(_ text: String) -> TeamsTime.Moment {
      TeamsTime.moment(text) ?? TeamsTime.Moment(day: "", second: 0)
    }
    let stays = [
      (join: moment("3/12/26, 1:35:00 PM"), leave: moment("3/12/26, 1:50:00 PM")),
      (join: moment("3/12/26, 1:10:00 PM"), leave: moment("3/12/26, 1:30:00 PM")),
      (join: moment("3/12/26, 1:20:00 PM"), leave: moment("3/12/26, 1:40:00 PM")),
    ]
    #expect(TeamsTime.union(stays) == 40 * 60)
    let night = [(join: moment("3/12/26, 11:50:00 PM"), leave: moment("3/13/26, 12:20:00 AM"))]
    #expect(TeamsTime.union(night) == 30 * 60)
    let backwards = [(join: moment("3/12/26, 2:00:00 PM"), leave: moment("3/12/26, 1:00:00 PM"))]
    #expect(TeamsTime.union(backwards) == nil)
  }
}
