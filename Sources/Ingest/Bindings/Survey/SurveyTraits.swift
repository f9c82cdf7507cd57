/// What the files of a survey tool have beside the questions.
struct SurveyTraits: Sendable {
  /// Whose numbering the ids of responses belong to.
  var source: String
  /// Whether ids are given once in the whole tool; if not, they begin anew in every survey.
  var idsAreUnique = false
  /// The columns that together are the id of a response, where the file has them.
  var response: [String]
  /// Columns that tell when; the first one the file has is used.
  var time: [String]
  /// Whether a file without any of them is not the tool's, unless the binding names another.
  var needsTime = false
  /// Columns of the tool's own that are of no use here: left out without being named.
  var own: Set<String> = []
  /// Columns that say who or where somebody is, left out too; a binding may not make answers of
  /// them. Some of them may be the subject.
  var personal: Set<String> = []
  /// Columns nothing may be made of at all: addresses of machines, places.
  var forbidden: Set<String> = []
  /// Names that begin so are the tool's own as well.
  var ownPrefixes: [String] = []
  var missing: MissingMarks
  /// How names of columns are compared, where a tool writes them in several ways.
  var spelling: @Sendable (String) -> String = { $0 }
}
