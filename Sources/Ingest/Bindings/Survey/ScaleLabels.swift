/// Words of the answers that questionnaires let people choose from, in Norwegian and English: how much
/// somebody agrees, to what extent, how often, how well. A column of such words was asked with options,
/// and the words say nothing of anybody.
enum ScaleLabels {
  private static let known: Set<String> = Set(
    """
    helt uenig|svært uenig|sterkt uenig|uenig|litt uenig|delvis uenig|ganske uenig|nøytral
    verken enig eller uenig|hverken enig eller uenig|verken eller|hverken eller|både og
    litt enig|delvis enig|ganske enig|enig|helt enig|svært enig|sterkt enig
    heilt ueinig|svært ueinig|ueinig|litt ueinig|delvis ueinig|verken einig eller ueinig
    litt einig|delvis einig|einig|svært einig|heilt einig
    strongly disagree|completely disagree|disagree|somewhat disagree|slightly disagree|neutral
    neither agree nor disagree|undecided|slightly agree|somewhat agree|agree|completely agree
    strongly agree
    ikke i det hele tatt|ikkje i det heile|overhodet ikke|i svært liten grad|i liten grad
    i noen grad|i nokon grad|i middels grad|til en viss grad|til ei viss grad|i stor grad
    i svært stor grad|liten|stor|lite|mye|svært lite|svært mye
    not at all|to a very small extent|to a small extent|to a limited extent|to some extent
    to a moderate extent|to a large extent|to a great extent|to a very large extent
    to a very great extent|very little|a little|moderately|quite a bit|very much|extremely
    aldri|nesten aldri|svært sjelden|sjelden|sjeldan|av og til|noen ganger|nokre gonger|ofte
    svært ofte|nesten alltid|alltid|daglig|ukentlig|månedlig
    never|almost never|very rarely|rarely|seldom|sometimes|occasionally|often|very often|usually
    almost always|always|daily|weekly|monthly
    svært dårlig|dårlig|middels|god|godt|bra|svært god|svært godt|svært bra
    very poor|poor|fair|good|very good|excellent
    svært misfornøyd|misfornøyd|fornøyd|svært fornøyd
    very dissatisfied|dissatisfied|satisfied|very satisfied
    ja|nei|yes|no|vet ikke|veit ikkje|ikke relevant|ikkje relevant|ikke aktuelt|ingen mening
    don't know|do not know|not relevant|not applicable|no opinion
    """.split { $0 == "|" || $0 == "\n" }.map(String.init))

  /// What a cell says of an answer: the number it has beside its words, or is.
  struct Label: Equatable {
    var number: Int?
  }

  /// `Helt enig`, `7 i svært stor grad`, `5 - Helt enig`, `Enig (4)`, `3`; `nil` for other texts.
  static func label(_ text: String) -> Label? {
    let folded = HTMLText.decoded(text).lowercased()
    let words = folded.split { !($0.isLetter || $0 == "'" || $0 == "’") }.joined(separator: " ")
      .replacing("’", with: "'")
    let numbers = folded.split { !($0.isASCII && $0.isNumber) }
    guard numbers.count <= 1, numbers.allSatisfy({ $0.count <= 2 }) else { return nil }
    guard words.isEmpty ? !numbers.isEmpty : known.contains(words) else { return nil }
    return Label(number: numbers.first.flatMap { Int($0) })
  }
}
