internal import Events

/// What a binding says of a survey, whatever the tool: to which instrument the answers belong, who
/// gave them when, and which column answers which item.
struct SurveyBinding: Sendable {
  enum Identifier: String, CaseIterable {
    case personID = "person_id"
    case email
  }

  let file: String
  var programme: BoundText
  var instrument: BoundText
  var version: BoundText?
  var wave: BoundText?
  /// The column that tells the wave, and what its values stand for.
  var waves: (column: BoundText, waves: [(value: BoundText, wave: BoundText)])?
  /// What tells this survey from others of the same tool, where each numbers its responses from 1.
  var survey: BoundText?
  var zone: BoundText?
  var subject: (column: BoundText, identifier: Identifier)?
  /// Columns that together are the id of a response; empty for the tool's own.
  var response: [BoundText]
  /// The column of the time; `nil` for the tool's own.
  var time: BoundText?
  var questions: [BoundQuestion]
  var drop: [BoundText]
  /// Columns a draft has not decided on.
  var unsure: [BoundText]
  /// Other places of a draft that are to be filled in.
  var open: [BoundText]
  var missing: [(text: BoundText, state: ResponseKind.Missing)]
  /// Texts of which a draft has not decided whether they are answers.
  var unsureTexts: [BoundText]

  /// Reads what all survey tools have in common; the caller reads on and closes the reader.
  init(_ reader: inout BindingReader, needsZone: Bool = false) throws {
    file = reader.file
    _ = reader.text("kind", oneOf: ["responses"])
    let programme = reader.bound("programme")
    let instrument = reader.bound("instrument")
    version = reader.bound("version", required: false)
    wave = reader.bound("wave", required: false)
    survey = reader.bound("survey", required: false)
    zone = reader.bound("zone", required: needsZone)
    time = reader.bound("time", required: false)
    response = SurveyBinding.texts("response", &reader)
    waves = SurveyBinding.waves(&reader)
    if let waves, wave != nil {
      reader.report(.bindingKey, waves.column, "there is 'wave' and 'waves'; one of them is right")
    }
    subject = SurveyBinding.subject(&reader)
    questions = BoundQuestion.all(&reader)
    drop = reader.list("drop")
    unsure = reader.list("unsure")
    open = reader.open
    (missing, unsureTexts) = SurveyBinding.missing(&reader)
    let read = Set(questions.flatMap(\.columns).map { Composition.composed($0.text).lowercased() })
    for column in drop where read.contains(Composition.composed(column.text).lowercased()) {
      reader.report(
        .columnUsedTwice, column, "'\(column.text)' is dropped here and answers an item above",
        hint: "take it out of one of the two places")
    }
    guard let programme, let instrument else {
      try reader.close()
      throw InputError(reader.found)
    }
    self.programme = programme
    self.instrument = instrument
  }

  private static func texts(_ key: String, _ reader: inout BindingReader) -> [BoundText] {
    guard let node = reader.node(key) else { return [] }
    switch node.value {
    case .text(let text): return [text]
    case .list(let texts, _): return texts
    case .members:
      reader.report(.bindingKey, node.key, "'\(key)' is not a column or a list of columns")
      return []
    }
  }

  private static func subject(
    _ reader: inout BindingReader
  ) -> (column: BoundText, identifier: Identifier)? {
    guard let node = reader.node("subject"),
      var members = BoundMembers(node.value, of: node.key, &reader)
    else { return nil }
    let column = members.text("column", &reader)
    let identifier = members.text("identifier", &reader)
    members.close(&reader)
    guard let column else {
      reader.report(.bindingKey, node.key, "'subject' names no column")
      return nil
    }
    guard let identifier else { return (column, .personID) }
    guard identifier.text != "name" else {
      reader.report(
        .bindingKey, identifier, "'identifier: name' would find nobody",
        hint:
          "names are looked for among the members of a group, and a response has no group: take a"
          + " column of employee ids (person_id) or of addresses (email)")
      return nil
    }
    guard let known = Identifier(rawValue: identifier.text) else {
      reader.report(
        .bindingKey, identifier, "'identifier': '\(identifier.text)' is not known",
        hint: "known are " + Identifier.allCases.map(\.rawValue).joined(separator: ", "))
      return nil
    }
    return (column, known)
  }

  private static func waves(
    _ reader: inout BindingReader
  ) -> (column: BoundText, waves: [(value: BoundText, wave: BoundText)])? {
    guard let node = reader.node("waves"),
      var members = BoundMembers(node.value, of: node.key, &reader)
    else { return nil }
    let column = members.text("column", &reader)
    let map = members.pairs("map", &reader)
    members.close(&reader)
    guard let column, let map else {
      reader.report(
        .bindingKey, node.key, "'waves' takes 'column' and 'map'",
        hint: "waves: {column: redcap_event_name, map: {intake_arm_1: W0}}")
      return nil
    }
    return (column, map.map { (value: $0.key, wave: $0.value) })
  }

  private static func missing(
    _ reader: inout BindingReader
  ) -> (marks: [(text: BoundText, state: ResponseKind.Missing)], unsure: [BoundText]) {
    guard let node = reader.node("missing"),
      var members = BoundMembers(node.value, of: node.key, &reader)
    else { return ([], []) }
    var marks: [(text: BoundText, state: ResponseKind.Missing)] = []
    for state in ResponseKind.Missing.allCases {
      for text in members.texts(state.rawValue, &reader) ?? [] {
        if marks.contains(where: { $0.text.text == text.text }) {
          reader.report(.bindingKey, text, "'\(text.text)' stands for two states")
        }
        marks.append((text, state))
      }
    }
    let unsure = members.texts("unsure", &reader) ?? []
    members.close(&reader)
    return (marks, unsure)
  }
}
