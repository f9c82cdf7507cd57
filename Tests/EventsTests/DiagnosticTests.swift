import Events
import Testing

@Suite struct DiagnosticTests {
  @Test func `a diagnostic shows place, line, caret and hint`() {
    let diagnostic = Diagnostic(
      code: "VI042", file: "wave2.csv", line: 42, column: 12,
      message: "answer '9' is outside the scale 0 to 5",
      hint: "leave the cell empty for no answer", excerpt: "p-018,who5,9,2")
    #expect(
      diagnostic.rendered == """
        wave2.csv:42:12: error[VI042]: answer '9' is outside the scale 0 to 5
           42 | p-018,who5,9,2
              |            ^
          hint: leave the cell empty for no answer
        """)
  }

  @Test func `what is not known is left out`() {
    let diagnostic = Diagnostic(
      code: "VI001", severity: .warning, file: "a.csv", message: "the file is empty")
    #expect(diagnostic.rendered == "a.csv: warning[VI001]: the file is empty")
  }

  @Test func `a tab and a letter of two scalars do not move the caret`() {
    let diagnostic = Diagnostic(
      code: "VI002", file: "a.tsv", line: 1, column: 6, message: "x", excerpt: "a\u{30A}b\tcX")
    #expect(diagnostic.rendered.hasSuffix("    1 | a\u{30A}b cX\n      |     ^"))
  }

  @Test(arguments: [1, 40, 150, 299, 300])
  func `a long line is cut around its column`(column: Int) {
    let line = String((0..<300).map { Character(String($0 % 10)) })
    let rendered = Diagnostic(
      code: "VI003", file: "a.csv", line: 7, column: column, message: "x", excerpt: line
    ).rendered.split(separator: "\n")
    #expect(rendered.count == 3)
    #expect(rendered[1].count < 110)
    let caret = rendered[2].count - 1
    #expect(Array(rendered[1])[caret] == Character(String((column - 1) % 10)))
  }

  @Test func `the caret stands under the column after letters two cells wide`() {
    let diagnostic = Diagnostic(
      code: "VD1", file: "f", line: 1, column: 4, message: "m", excerpt: "日本;x")
    #expect(diagnostic.rendered.hasSuffix("日本;x\n      |      ^"))
  }

  @Test func `the nearest known name is the one that was meant`() {
    #expect(nearest(to: "presnt", among: ["present", "absent", "excused"]) == "present")
    #expect(nearest(to: "HMU", among: ["REA", "HUM", "SLU"]) == "HUM")
    #expect(nearest(to: "tst-1", among: ["TST-2", "TST-1"]) == "TST-1")
    #expect(nearest(to: "x", among: ["V", "H"]) == nil)
    #expect(nearest(to: "minutes", among: ["session", "status"]) == nil)
    #expect(nearest(to: "", among: ["a", "b"]) == nil)
    // Equally near: not the one that happens to come first.
    #expect(nearest(to: "pit6_9", among: ["pit6_2", "pit6_1"]) == "pit6_1")
  }
}
