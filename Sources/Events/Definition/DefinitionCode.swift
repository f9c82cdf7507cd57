/// The stable codes of what can be wrong with a programme definition. A code that is retired is
/// never used for something else.
enum DefinitionCode: String, CaseIterable {
  /// The file is empty, not text, or not a mapping.
  case unreadable = "VD101"
  /// The text is not YAML.
  case syntax = "VD102"
  case repeatedKey = "VD103"
  case unknownKey = "VD110"
  case missingKey = "VD111"
  /// A list where a text is expected, a word where a number is expected.
  case wrongType = "VD112"
  /// A word outside a fixed vocabulary.
  case unknownWord = "VD113"
  case impossibleDate = "VD114"
  case outOfRange = "VD115"
  /// A code with a space, a slash or another character that keys and columns cannot carry.
  case malformedCode = "VD116"
  case malformedPeriod = "VD117"
  case repeatedCode = "VD120"
  case unknownUnit = "VD121"
  case unknownItem = "VD122"
  case reversedOutsideScale = "VD123"
  case unknownInstrument = "VD124"
  case unitCycle = "VD130"
  /// A stretch of time or of numbers whose end lies before its beginning.
  case endBeforeStart = "VD131"
  case emptyScale = "VD132"
  case notRelevantInsideScale = "VD133"
  case labelOutsideScale = "VD134"
  case overlappingTerms = "VD135"
}
