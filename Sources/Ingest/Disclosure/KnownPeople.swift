internal import Events
internal import FoundationEssentials

/// Hides people the institution knows in what is said about a file as a whole. A heading is shown,
/// for nobody could mend it otherwise; in a table whose columns are people it is somebody's name.
struct KnownPeople {
  private let register: Register
  private let resolver: any IdentityResolver

  init(_ register: Register, _ resolver: any IdentityResolver) {
    self.register = register
    self.resolver = resolver
  }

  /// The error with a mask wherever it names one of them, by name, id or address.
  func hidden(in error: InputError) throws -> InputError {
    let names = try resolver.names(of: Array(register.enrolments.keys)).values
    // Given and family names stand in columns of their own, too; short words are ours as well.
    var hidden = Set(
      names.flatMap { PersonName.normalised($0).split { !KnownPeople.isPart($0) } }
        .filter { $0.count > 3 }.map(String.init))
    let ids = Set(error.diagnostics.flatMap(KnownPeople.numbered))
    if !ids.isEmpty {
      hidden.formUnion(try resolver.lookUp(personIDs: Array(ids)).keys.map { $0.lowercased() })
    }
    return InputError(error.diagnostics.map { KnownPeople.hide(hidden, in: $0) })
  }

  /// What may be an employee id: words with digits.
  private static func numbered(_ diagnostic: Diagnostic) -> [String] {
    [diagnostic.message, diagnostic.hint ?? "", diagnostic.excerpt ?? ""].flatMap { text in
      text.split { !isPart($0) }.filter { $0.contains(where: \.isNumber) }.map(String.init)
    }
  }

  private static func hide(_ hidden: Set<String>, in diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.message = masking(hidden, in: diagnostic.message).text
    diagnostic.hint = diagnostic.hint.map { masking(hidden, in: $0).text }
    guard let excerpt = diagnostic.excerpt else { return diagnostic }
    let caret = diagnostic.caret ?? diagnostic.column
    let shown = masking(hidden, in: excerpt, caret: caret)
    diagnostic.excerpt = shown.text
    if shown.caret != caret { diagnostic.caret = shown.caret }
    return diagnostic
  }

  /// The text with masks for words, and where a caret in it goes.
  private static func masking(
    _ hidden: Set<String>, in text: String, caret: Int? = nil
  ) -> (text: String, caret: Int?) {
    var (rest, result, caret) = (text[...], "", caret)
    while let start = rest.firstIndex(where: isPart) {
      result += rest[..<start]
      let word = rest[start...].prefix(while: isPart)
      rest = rest[word.endIndex...]
      guard hidden.contains(Composition.composed(String(word)).lowercased()) else {
        result += word
        continue
      }
      let before = result.unicodeScalars.count
      let lost = word.unicodeScalars.count - mask.unicodeScalars.count
      if let place = caret, place - 1 > before { caret = max(before + 1, place - lost) }
      result += mask
    }
    return (result + rest, caret)
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
