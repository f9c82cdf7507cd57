import Testing

@testable import Ingest

@Suite("One form for every letter")
struct CompositionTests {
  private func scalars(_ text: String) -> [UInt32] {
    Composition.composed(text).unicodeScalars.map(\.value)
  }

  @Test(arguments: [
    ("A\u{30A}se", [0xC5, 0x73, 0x65]), ("\u{212B}", [0xC5]), ("e\u{302}\u{301}", [0x1EBF]),
    // Marks in another order, a mark in between, Greek, Hangul.
    ("s\u{323}\u{307}", [0x1E69]), ("s\u{307}\u{323}", [0x1E69]),
    ("\u{3B1}\u{301}", [0x3AC]), ("\u{1112}\u{1161}\u{11AB}", [0xD55C]),
    // Two letters Unicode wants apart, and one that only looks like another.
    ("\u{958}", [0x915, 0x93C]), ("\u{FB01}", [0xFB01]),
  ])
  func `letters are composed as Unicode says`(text: String, expected: [UInt32]) {
    #expect(scalars(text) == expected)
  }

  @Test func `nothing but its form changes, and once is enough`() {
    for value in (0x20...0x2FFF).map(UInt32.init) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)\u{301}"
      let composed = Composition.composed(text)
      #expect(composed == text)
      #expect(Array(Composition.composed(composed).utf8) == Array(composed.utf8))
    }
  }

  @Test func `letters of Latin-1 stay as they are`() {
    let letters = String(
      String.UnicodeScalarView((0xA0..<0x300).compactMap { Unicode.Scalar($0 as UInt32) }))
    #expect(Array(Composition.composed(letters).utf8) == Array(letters.utf8))
  }
}
