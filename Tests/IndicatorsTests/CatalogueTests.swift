import Indicators
import Testing

@Suite struct `The catalogue` {
  @Test func `has one complete entry per indicator`() {
    #expect(Catalogue.all.count == 10)
    #expect(Set(Catalogue.all.map(\.id)).count == Catalogue.all.count)
    for entry in Catalogue.all {
      #expect(Catalogue.definition(entry.id) == entry)
      for text in [entry.title, entry.question, entry.numerator, entry.interval] {
        #expect(!text.nb.isEmpty && !text.en.isEmpty, "\(entry.id)")
      }
      #expect(entry.denominator.nb.isEmpty == entry.denominator.en.isEmpty, "\(entry.id)")
      #expect(!entry.references.isEmpty && !entry.scopes.isEmpty && !entry.periods.isEmpty)
      #expect(!entry.level.isEmpty && !entry.reAim.isEmpty)
      #expect(["persons", "sessions", "answers", "months"].contains(entry.unitOfCount))
      #expect(["held_on", "planned_on", "term", "wave"].contains(entry.dateBasis))
    }
  }

  @Test func `knows no other`() { #expect(Catalogue.definition("attendance") == nil) }

  @Test func `never asks a group how it feels`() {
    for entry in Catalogue.all where entry.periods.contains(.wave) {
      #expect(!entry.scopes.contains(.group), "\(entry.id)")
    }
  }
}
