internal import Events

/// What of a file may be printed and kept: the one place that decides it.
///
/// A cell may hold anybody's name, whatever its column is called: rows have a cell too many, columns
/// are bound to the wrong heading. So no text is shown for where it stands, only for what it is:
///
/// - a word that is known: codes of the institution's programmes, values columns take, what the
///   binding translates; or one so near to such a word that it is a misspelling of it;
/// - a code that begins with a known one and goes on in digits and capitals, such as a session's;
/// - a date, a time, a duration, or a number of at most four digits before its point;
/// - what a spreadsheet writes where it has no value.
///
/// Everything else is a mask. An employee id of up to four digits, in a column that is not the
/// employee ids', is the one thing this cannot tell from a number.
final class Disclosure {
  /// Known words, folded.
  private var words: Set<String>
  /// Codes that longer ones begin with.
  private var stems: Set<String>
  private let sessions: SessionDirectory
  private var answers: [String: Bool] = [:]
  /// Of so many different texts it is asked whether they are misspellings; a mask is never wrong.
  private var questions = 2_000
  private static let longest = 200
  /// Whether codes nobody knows are shown: where a person typed them on the command line just now.
  var showsCodes = false

  init(_ register: Register, _ sessions: SessionDirectory) {
    self.sessions = sessions
    let codes = Disclosure.codes(of: register)
    stems = Set(codes.filter { $0.utf8.count > 1 })
    words = KnownWords.ofKinds
    words.formUnion(codes.map(KnownWords.folded))
    for instrument in register.instruments.values.joined() {
      words.formUnion(instrument.items.map { KnownWords.folded($0.code) })
    }
  }

  private static func codes(of register: Register) -> Set<String> {
    var codes = register.units.union(register.groups.keys).union(register.programmes.keys)
    codes.formUnion(register.instruments.keys)
    codes.formUnion(register.waves.map(\.code))
    return codes
  }

  /// Takes in what a file's columns mean: headings and values its binding knows.
  func learn(_ layout: Layout) {
    for map in layout.maps.values { words.formUnion(map.values.map(KnownWords.folded)) }
    for (_, source) in layout.items { words.formUnion(source.words.map(KnownWords.folded)) }
    answers.removeAll()
  }

  /// A text of a file as a message shows it: as it is, shortened, or masked.
  func shown(_ text: some StringProtocol) -> String {
    let text = String(text)
    guard allows(text) else { return mask }
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  /// As `shown`, where what was meant is one of `known`: a misspelling of those is shown, too.
  func shown(
    _ text: some StringProtocol, nearTo known: some Sequence<String>
  ) -> String {
    isMisspelt(KnownWords.folded(String(text)), among: known) ? String(text) : shown(text)
  }

  /// A number that was read. One of more digits than are shown (it may be an id) is told by their count.
  func shown(number text: String) -> String {
    allows(text) ? text : "a number of \(text.count { $0.isNumber }) digits"
  }

  /// A code nobody knows, of a column that takes one of `known`. Shown is also what differs in one of
  /// at least three capitals from one of those, as a name does not.
  func shown(code: String, among known: some Sequence<String>) -> String {
    let isTyped =
      showsCodes && code.utf8.count <= 40
      && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_/.".contains($0)) }
    return isTyped || isSlip(code, among: known) ? code : shown(code)
  }

  /// The code of something that is in the log under it.
  func shown(recorded code: String) -> String {
    let text = maskedContacts(code)
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  private func isSlip(_ code: String, among known: some Sequence<String>) -> Bool {
    func isShort(_ text: String) -> Bool {
      (3...8).contains(text.utf8.count) && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
    guard isShort(code), questions > 0 else { return false }
    questions -= 1
    return nearest(to: code, among: known.filter(isShort), within: 1) != nil
  }

  /// As `shown`, where a moment says no more than its day: to the second it may say whose it is.
  func shownToTheDay(_ text: some StringProtocol) -> String {
    let text = String(text)
    return PlainShape.day(ofMoment: text).map { "\($0) \(mask)" } ?? shown(text)
  }

  /// Whether a cell's text says nothing about who anybody is.
  func allows(_ text: String) -> Bool {
    if text.isEmpty { return true }
    guard text.utf8.count <= Disclosure.longest else { return false }
    if let answer = answers[text] { return answer }
    if answers.count > 10_000 { answers.removeAll(keepingCapacity: true) }
    let answer = isKnown(text) || PlainShape.isPlain(text) || isList(text)
    answers[text] = answer
    return answer
  }

  /// Several words of one cell, each of which may be shown.
  private func isList(_ text: String) -> Bool {
    let parts = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    guard parts.count > 1 else { return parts.isEmpty }
    return parts.allSatisfy { isKnown(String($0)) }
  }

  private func isKnown(_ text: String) -> Bool {
    let folded = KnownWords.folded(text)
    return words.contains(folded) || SpreadsheetError(CellTrim.trimmed(text))?.isKnown == true
      || sessions.knows(text) || continuesStem(CellTrim.trimmed(text))
      || isMisspelt(folded, among: words)
  }

  private func continuesStem(_ text: String) -> Bool {
    for index in text.indices where "-_/.".contains(text[index]) {
      guard stems.contains(String(text[..<index])) else { continue }
      return text[index...].utf8.count <= 40 && text[index...].allSatisfy(Disclosure.isOfCode)
    }
    return false
  }

  private static func isOfCode(_ character: Character) -> Bool {
    character.isASCII && (character.isNumber || character.isUppercase || "-_/.".contains(character))
  }

  /// One letter of a word of four may be another, or two of one of eight. A text with digits is a
  /// code, and a code that differs in one sign is another code: people's ids differ so, too.
  private func isMisspelt(_ text: String, among known: some Sequence<String>) -> Bool {
    let length = text.unicodeScalars.count
    guard length >= 4, length <= 60, questions > 0, text.allSatisfy({ $0.isLetter || $0 == "_" })
    else { return false }
    questions -= 1
    let longer = known.filter { $0.unicodeScalars.count >= 4 }
    return nearest(to: text, among: longer, within: length < 8 ? 1 : 2) != nil
  }
}

extension AnswerSource {
  /// What a binding says may stand in its cells.
  fileprivate var words: [String] {
    switch self {
    case .number: []
    case .coded(_, let codes): Array(codes.values.keys)
    case .oneHot(_, let marks), .box(_, _, let marks): Array(marks.checked.union(marks.unchecked))
    case .listed(_, _, let list): list.known
    }
  }
}
