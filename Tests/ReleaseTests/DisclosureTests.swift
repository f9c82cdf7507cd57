import Indicators
import Testing

@testable import Release

/// What leaves and what does not.
@Suite struct DisclosureTests {
  private let term = SampleRelease.terms[1]
  private let wave = SampleRelease.waves[1]

  /// The sample with other cells in it.
  private func content(_ cells: [Cell]) -> ReleaseContent {
    var content = SampleRelease.content()
    content.cells = cells
    return content
  }

  private func dose(_ scope: String, _ people: Int, mean: Double = 5) -> Cell {
    SampleRelease.cell(
      "dose_hours", scope, term, value: mean, over: (mean * Double(people), Double(people)),
      n: people, people: people)
  }

  private func flags(_ content: ReleaseContent) throws -> [String: String] {
    let cells = try Disclosure.publish(content).cells
    return Dictionary(
      cells.map { ("\($0.scope) \($0.period) \($0.item)", $0.flag?.rawValue ?? "") }
    ) { first, _ in first }
  }

  // MARK: Units and programme

  @Test func `a small unit takes another one with it, and the total stays`() throws {
    let flags = try flags(content([dose("TST", 24), dose("HUM", 6), dose("REA", 18)]))
    #expect(flags == ["TST 2025H ": "", "HUM 2025H ": "c", "REA 2025H ": "c"])
  }

  @Test func `with nothing to hide behind, the total goes`() throws {
    let flags = try flags(content([dose("TST", 6), dose("HUM", 6)]))
    #expect(flags == ["TST 2025H ": "c", "HUM 2025H ": "c"])
  }

  @Test func `what is left to nobody is protected as well`() throws {
    // Three of the 24 are in no unit: with both units shown they would be the difference.
    let flags = try flags(content([dose("TST", 24), dose("HUM", 11), dose("REA", 10)]))
    #expect(flags["TST 2025H "] == "")
    #expect(flags["REA 2025H "] == "c")
  }

  @Test func `two small units may be hidden together only if their sum may be known`() throws {
    var content = content([dose("TST", 30), dose("HUM", 4), dose("REA", 4), dose("MED", 22)])
    content.units.append(
      .init(code: "MED", kind: "faculty", name: .init(nb: "Medisin", en: "Medicine")))
    let flags = try flags(content)
    #expect(flags["TST 2025H "] == "")
    #expect(flags["MED 2025H "] == "c")
  }

  @Test func `groups and the months of units never leave`() throws {
    let month = SampleRelease.months[8]
    let cells = [
      dose("TST", 24), dose("TST-1", 12),
      SampleRelease.cell("dose_hours", "HUM", month, value: 1, n: 12, people: 12),
    ]
    let publication = try Disclosure.publish(content(cells))
    #expect(publication.cells.map(\.scope) == ["TST"])
    #expect(publication.disclosure.withheldByScope == 2)
  }

  @Test func `departments below ten are hidden and their faculty is shown`() throws {
    var content = content([
      dose("TST", 24), dose("HUM", 12), dose("REA", 12), dose("HUM-1", 6), dose("HUM-2", 6),
    ])
    for code in ["HUM-1", "HUM-2"] {
      content.units.append(
        .init(code: code, kind: "department", name: .init(nb: code, en: code), parent: "HUM"))
    }
    let flags = try flags(content)
    #expect(flags["HUM 2025H "] == "")
    #expect(flags["HUM-1 2025H "] == "c")
    #expect(flags["HUM-2 2025H "] == "c")
  }

  @Test func `one department below ten makes its sister go too`() throws {
    var content = content([
      dose("TST", 30), dose("HUM", 18), dose("REA", 12), dose("HUM-1", 6), dose("HUM-2", 12),
    ])
    for code in ["HUM-1", "HUM-2"] {
      content.units.append(
        .init(code: code, kind: "department", name: .init(nb: code, en: code), parent: "HUM"))
    }
    #expect(try flags(content)["HUM-2 2025H "] == "c")
  }

  // MARK: Months and term

  @Test func `a month of few is not the term minus the others`() throws {
    var cells: [Cell] = [dose("TST", 24)]
    for (month, people) in zip(SampleRelease.months[7...11], [4, 24, 23, 24, 20]) {
      cells.append(
        SampleRelease.cell("dose_hours", "TST", month, value: 1, n: people, people: people))
    }
    let flags = try flags(content(cells))
    #expect(flags["TST 2025-08 "] == "c")
    #expect(flags["TST 2025-12 "] == "c")
    #expect(flags["TST 2025-10 "] == "")
    #expect(flags["TST 2025H "] == "")
  }

  // MARK: Shares, sessions, survey

  @Test(arguments: [(0.0, ""), (3.0, "c"), (5.0, ""), (21.0, "c"), (24.0, "")])
  func `a share of persons with few inside or outside is hidden`(
    numerator: Double, flag: String
  ) throws {
    let cell = SampleRelease.cell(
      "hours_allocation_coverage", "TST", term, value: numerator / 24, over: (numerator, 24),
      n: 24, people: 24)
    #expect(try flags(content([cell]))["TST 2025H "] == flag)
  }

  @Test func `figures about sessions need two groups`() throws {
    func cell(_ groups: Int) -> Cell {
      SampleRelease.cell(
        "session_delivery_rate", "TST", term, value: 0.8, over: (8, 10), n: 10, people: 24,
        groups: groups)
    }
    #expect(try flags(content([cell(1)]))["TST 2025H "] == "c")
    #expect(try flags(content([cell(2)]))["TST 2025H "] == "")
  }

  @Test func `sessions too few for a share are still counted`() throws {
    let cell = SampleRelease.cell(
      "session_delivery_rate", "TST", SampleRelease.months[8], value: nil, over: (3, 4), n: 4,
      people: 24, status: "below_minimum_n")
    let published = try #require(try Disclosure.publish(content([cell])).cells.first)
    #expect(published.figure?.numerator == 3)
    #expect(published.flag == .notAvailable)
  }

  @Test(arguments: [([0, 0, 0, 0, 0, 0, 24, 0], "c"), ([0, 0, 0, 0, 0, 1, 23, 0], "c")])
  func `an item everybody answers alike is hidden`(counts: [Int], flag: String) throws {
    let cell = SampleRelease.itemCell("gain_1", "TST", wave, counts)
    #expect(try flags(content([cell]))["TST W2 gain_1"] == flag)
  }

  @Test func `answers are shown as fine as is safe`() throws {
    func distribution(_ counts: [Int]) throws -> PublishedCell.Distribution? {
      let cell = SampleRelease.itemCell("gain_1", "TST", wave, counts)
      return try Disclosure.publish(content([cell])).cells.first?.distribution
    }
    #expect(
      try distribution([0, 0, 5, 6, 7, 6, 0, 0]) == .shown(.single, [0, 0, 5, 6, 7, 6, 0]))
    #expect(try distribution([2, 3, 5, 2, 1, 6, 2, 0]) == .shown(.three, [5, 8, 8]))
    #expect(try distribution([1, 3, 5, 2, 1, 6, 2, 0]) == .shown(.two, [11, 9]))
    #expect(try distribution([1, 3, 5, 8, 1, 1, 1, 0]) == .hidden)
  }

  @Test func `a count of not relevant from one to four is hidden`() throws {
    func notRelevant(_ count: Int) throws -> PublishedCell.Count? {
      let cell = SampleRelease.itemCell("gain_1", "TST", wave, [0, 0, 5, 6, 7, 6, 0, count])
      return try Disclosure.publish(content([cell])).cells.first?.notRelevant
    }
    #expect(try notRelevant(0) == .shown(0))
    #expect(try notRelevant(1) == .hidden)
    #expect(try notRelevant(4) == .hidden)
    #expect(try notRelevant(5) == .shown(5))
  }

  @Test func `one hidden item is not the scale minus the others`() throws {
    let cells =
      ["pit6_1", "pit6_2"].map {
        SampleRelease.itemCell($0, "TST", wave, [0, 0, 5, 6, 7, 6, 0, 0])
      } + [
        SampleRelease.itemCell("pit6_3", "TST", wave, [0, 0, 0, 0, 0, 0, 24, 0]),
        SampleRelease.cell(
          "isolation_score", "TST", wave, item: "pit6", value: 4, over: (96, 24), n: 24, people: 24),
      ]
    let hidden = try flags(content(cells)).filter { $0.value == "c" }.count
    #expect(hidden == 2)
  }

  @Test func `an item's figure is exact only where its answers are shown one by one`() throws {
    let publication = try Disclosure.publish(SampleRelease.content())
    var coarse = 0
    for cell in publication.cells where cell.distribution != .none {
      guard let figure = cell.figure else { continue }
      if cell.notRelevant == .hidden { #expect(figure.coverage == nil) }
      if case .shown(.single, _) = cell.distribution { continue }
      coarse += 1
      for value in [figure.value, figure.lower, figure.upper].compactMap({ $0 }) {
        #expect(abs(value * 10 - (value * 10).rounded()) < 1e-9)
      }
      #expect(figure.numerator == nil)
      #expect(!figure.details.contains { ["sd", "median", "q1", "q3"].contains($0.name) })
    }
    #expect(coarse > 0)
  }

  // MARK: Counts

  @Test func `few who left are hidden with those who stayed`() throws {
    var content = SampleRelease.content()
    content.flow = .init(enrolled: 24, active: 22, left: ["time": 1, "moved_job": 1])
    let publication = try Disclosure.publish(content)
    #expect(publication.flow.enrolled == .shown(24))
    #expect(publication.flow.active == .hidden)
    #expect(publication.flow.left == .hidden)
    // The bases of two terms would be 24 and 22.
    for cell in publication.cells where cell.indicator == "dose_hours" {
      #expect(cell.figure?.denominator == nil)
      #expect((cell.figure?.n ?? 0) % 5 == 0)
      #expect(cell.figure?.details.contains { $0.name == "sd" } != true)
    }
  }

  @Test func `reasons are shown when nobody stands alone in one`() throws {
    var content = SampleRelease.content()
    content.flow = .init(enrolled: 40, active: 25, left: ["time": 9, "moved_job": 6, "leave": 0])
    let flow = try Disclosure.publish(content).flow
    #expect(flow.left == .shown(15))
    #expect(flow.reasons.map(\.count) == [.shown(0), .shown(6), .shown(9)])
  }

  @Test func `zero requests from outside are a zero, two are hidden`() throws {
    var content = SampleRelease.content()
    content.outreach = [
      .init(term: "2025V", groupsReporting: 4, requests: 0, held: 0),
      .init(term: "2025H", groupsReporting: 4, requests: 2, held: nil),
    ]
    let outreach = try Disclosure.publish(content).outreach
    #expect(outreach.map(\.requests) == [.shown(0), .hidden])
    #expect(outreach.map(\.held) == [.shown(0), .none])
  }

  @Test func `thresholds can be raised but not lowered`() {
    let options = ReleaseOptions(countThreshold: 2, valueThreshold: 30)
    #expect(options.countThreshold == 5)
    #expect(options.valueThreshold == 30)
  }

  // MARK: Provisional, consistency

  @Test func `a period is final thirty days after its end`() {
    #expect(!Disclosure.isFinal("2025-12-31", asOf: "2026-01-30"))
    #expect(Disclosure.isFinal("2025-12-31", asOf: "2026-01-31"))
    #expect(!Disclosure.isFinal(nil, asOf: "2026-01-31"))
  }

  @Test func `a wave is told in whole months, not to the day of the last who joined`() throws {
    let periods = try Disclosure.publish(SampleRelease.content()).frame.periods
    let wave = try #require(periods.first { $0.code == "W0" })
    #expect(wave.from == "2024-12-01")
    #expect(wave.to == "2025-02-28")
  }

  @Test func `two figures for one cell make no release`() {
    #expect(throws: ReleaseError.duplicateCell("dose_hours|programme|TST|term|2025H|")) {
      try Disclosure.publish(content([dose("TST", 24), dose("TST", 23)]))
    }
  }

  @Test func `a number that is none makes no release`() {
    #expect(throws: ReleaseError.self) {
      try Disclosure.publish(content([dose("TST", 24, mean: .nan)]))
    }
  }

  @Test func `meeting regularity is told of the programme, never of a group`() throws {
    let publication = try Disclosure.publish(SampleRelease.content())
    let cells = publication.cells.filter { $0.indicator == "meeting_interval" }
    #expect(cells.map(\.scope) == ["TST", "TST", "TST"])
    // 17 + 1 … 4: the median of 18, 19, 20, 21.
    #expect(cells.first { $0.period == "2025V" }?.figure?.value == 19.5)
    #expect(cells.allSatisfy { $0.figure?.people == nil })
  }
}
