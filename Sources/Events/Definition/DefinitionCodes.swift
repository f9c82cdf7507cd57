/// What can be wrong with a programme's definition, for the list of codes.
public enum DefinitionCodes {
  public static let all: [ListedCode] = DefinitionCode.allCases.map(\.listed)
}

extension DefinitionCode {
  fileprivate var listed: ListedCode {
    let (meaning, hint) = explanation
    return ListedCode(rawValue, meaning, hint)
  }

  private var explanation: (meaning: String, hint: String) {
    switch self {
    case .unreadable: ("the definition is empty, not text, or no mapping", "check the file's name")
    case .syntax: ("the definition is not valid YAML", "mend it at the place shown")
    case .repeatedKey: ("a key stands twice", "keep one of them")
    case .unknownKey: ("a key is not known", "rename or remove it")
    case .missingKey: ("a required key is missing", "add it")
    case .wrongType:
      ("a value is of the wrong type", "a text, a number, a date or a list is expected here")
    case .unknownWord: ("a word is not one of those that can stand here", "use one of those listed")
    case .impossibleDate: ("the date does not exist", "write it as 2025-02-11")
    case .outOfRange: ("the number is outside what is possible here", "check the number")
    case .malformedCode:
      (
        "not usable as a code",
        "a code has 1 to 64 of the characters A-Z a-z 0-9 - _ ."
      )
    case .malformedPeriod:
      ("not a period", "write a month 2025-03, a term 2025V, a year 2025 or the code of a wave")
    case .repeatedCode: ("a code is given twice", "every code names one thing")
    case .unknownUnit: ("the unit is not defined", "define it under 'units', or mend the name")
    case .unknownItem: ("the item is not defined", "define it under 'items', or mend the name")
    case .reversedOutsideScale:
      ("a reversed item is not in the scale", "name items of the scale only")
    case .unknownInstrument:
      ("the instrument is not defined", "define it under 'instruments', or mend the name")
    case .unitCycle: ("units contain each other in a circle", "mend one of the parents")
    case .endBeforeStart: ("the end lies before the beginning", "check both")
    case .emptyScale:
      ("the scale of an item has one step only", "write it as [from, to], for example [1, 7]")
    case .notRelevantInsideScale:
      ("'not relevant' is a number of the scale itself", "choose a number outside it")
    case .labelOutsideScale: ("a label is for a number outside the scale", "check the number")
    case .overlappingTerms: ("two terms of the year overlap", "check their dates")
    }
  }
}
