import Indicators
import Testing

@testable import Release

/// The audit must find what suppression was there to prevent.
@Suite struct DisclosureAuditTests {
  private static let term = SampleRelease.terms[1]

  private func content() -> ReleaseContent {
    var content = SampleRelease.content()
    content.cells = [("TST", 24), ("HUM", 6), ("REA", 18)].map { scope, people in
      SampleRelease.cell(
        "dose_hours", scope, Self.term, value: 5, over: (Double(people * 5), Double(people)),
        n: people, people: people)
    }
    return content
  }

  /// The publication with one hidden figure shown after all.
  private func unhiding(_ scope: String) throws -> [String] {
    let content = content()
    var publication = try Disclosure.publish(content)
    let shown = publication.cells.first { $0.scope == "TST" }?.figure
    for index in publication.cells.indices where publication.cells[index].scope == scope {
      publication.cells[index].figure = shown
      publication.cells[index].flag = nil
    }
    return DisclosureAudit.findings(publication, against: content)
  }

  @Test func `a clean publication has no findings`() throws {
    let content = content()
    #expect(try DisclosureAudit.findings(Disclosure.publish(content), against: content).isEmpty)
  }

  @Test func `a figure of six people is found`() throws {
    #expect(try unhiding("HUM").contains { $0.contains("below its threshold") })
  }

  @Test func `the unit that gives another away is found`() throws {
    let findings = try unhiding("REA")
    #expect(findings.contains { $0.contains("given away by its sum line") })
    #expect(findings.contains { $0.contains("determined by the published ones") })
  }

  @Test func `a hidden unit's numbers are in no file`() throws {
    // Six people in one faculty and eighteen in the other, and then the other way round: the
    // programme is the same, both faculties are hidden, so every byte must be the same.
    func package(_ hum: (Double, Int), _ rea: (Double, Int)) throws -> ReleasePackage {
      var content = SampleRelease.content()
      content.cells.removeAll { $0.scopeKind == .unit && $0.indicator == "dose_hours" }
      for (scope, unit) in [("HUM", hum), ("REA", rea)] {
        for term in SampleRelease.terms {
          content.cells.append(
            SampleRelease.cell(
              "dose_hours", scope, term, value: unit.0,
              over: (unit.0 * Double(unit.1), Double(unit.1)), n: unit.1, people: unit.1))
        }
      }
      return try ReleasePackage(content)
    }
    let one = try package((7.25, 6), (4.5, 18))
    let other = try package((2.75, 18), (6.125, 6))
    #expect(one == other)
  }

  @Test func `random tables are safe`() throws {
    var state: UInt64 = 20_250_106
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for _ in 0..<200 {
      var content = SampleRelease.content()
      content.units = (0..<(2 + random(6))).map {
        .init(code: "U\($0)", kind: "faculty", name: .init(nb: "U\($0)", en: "U\($0)"))
      }
      content.cells = []
      for term in SampleRelease.terms {
        let sizes = content.units.map { _ in random(22) }
        let all = sizes.reduce(0, +) + (random(3) == 0 ? random(9) : 0)
        for (scope, people) in zip(content.units.map(\.code) + ["TST"], sizes + [all])
        where people > 0 {
          content.cells.append(
            SampleRelease.cell(
              "dose_hours", scope, term, value: 4, over: (Double(4 * people), Double(people)),
              n: people, people: people))
        }
      }
      // Throws when the audit finds anything.
      let publication = try Disclosure.publish(content)
      for cell in publication.cells where cell.figure != nil {
        #expect((cell.figure?.people ?? 0) >= 10)
      }
    }
  }
}
