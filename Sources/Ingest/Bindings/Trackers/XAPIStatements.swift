internal import Events

/// The statements of a file that say something, taken-back ones told apart.
final class XAPIStatements {
  /// One statement, as far as it matters here.
  struct Told {
    var verb: Verb
    var id: String?
    /// The session or group it is about.
    var object: MadeRow.Cell
    /// Account, address and name of who it is about; empty where they are not given.
    var account: MadeRow.Cell
    var email: MadeRow.Cell
    var name: MadeRow.Cell
    var time: MadeRow.Cell
    var duration: MadeRow.Cell
    var line: Int
    /// Where the statement as it stands in the file was put aside.
    var original: Range<Int>
    var objections: [RowObjection] = []

    /// Who and what, to find what else was said of it.
    var key: String {
      if account.text.isEmpty, email.text.isEmpty, name.text.isEmpty { return "line \(line)" }
      return [
        account.text, email.text.lowercased(), account.text + email.text == "" ? name.text : "",
        object.text,
      ].joined(separator: "\u{1F}")
    }
  }

  enum Verb: String {
    case attended, completed, registered, unregistered
  }

  private static let most = 100_000

  private let items: JSONItems
  private let file: String
  private let binding: XAPIBinding
  private var notes = ReaderNotes()
  /// Ids of statements that were taken back, and where that was said.
  private(set) var voided: [String: SourcePosition] = [:]
  /// The statements that count and are not told: they take others back, or are taken back.
  private(set) var silent: [Range<Int>] = []
  /// Lines that are no statements, as rows to be turned down.
  private(set) var broken: [Broken] = []
  /// The statements as they stand in the file: all are needed late, and there may be many.
  private let originals: ByteStore

  /// A line that is no statement.
  struct Broken {
    var line: Int
    var place: SourcePosition
    var reason: String
    var original: Range<Int>
  }

  init(_ supply: any ByteSupply, file: String, binding: XAPIBinding) {
    self.file = file
    self.binding = binding
    originals = ByteStore(for: file)
    items = XAPIStatements.items(of: supply, file)
  }

  /// What a store writes: statements a line each, a list of them, or an answer with such a list.
  static func items(of supply: any ByteSupply, _ file: String) -> JSONItems {
    JSONItems(supply, file: file) { value in
      if case .array(let elements) = value.content { return elements }
      return value["statements"]?.elements
    }
  }

  func takeNotes() -> ReaderNotes {
    defer { notes = ReaderNotes() }
    return notes
  }

  func exclude(_ reason: String) { notes.excluded[reason, default: 0] += 1 }
  func warn(_ diagnostic: Diagnostic) { notes.warnings.append(diagnostic) }

  /// Notes that nothing is told of a statement others take back.
  func silence(_ statement: Told) {
    exclude(ToolReason.takenBack.rawValue)
    silent.append(statement.original)
  }

  /// Reads the whole file: what is said early may be taken back late.
  func all() throws -> [Told] {
    var told: [Told] = []
    var any = false
    while let reading = try items.next() {
      switch reading {
      case .fault(let line, let place, let reason, let original):
        broken.append(
          Broken(line: line, place: place, reason: reason, original: try originals.add(original)))
      case .item(let item):
        any = any || item.value["verb"] != nil
        if let statement = try statement(item) { told.append(statement) }
      }
      if told.count + broken.count + voided.count > XAPIStatements.most {
        throw InputError(
          .tooManyStatements, file: file,
          message: "'\(file)' has more than \(XAPIStatements.most) statements that count")
      }
    }
    guard any || !broken.isEmpty else {
      throw InputError(.nothingOfTool, file: file, message: "'\(file)' has no xAPI statements")
    }
    warnOfStrangers(told)
    return told
  }

  /// A statement that was taken back and is not in the file was recorded from another, if at all.
  private func warnOfStrangers(_ told: [Told]) {
    let known = Set(told.compactMap(\.id))
    for (id, place) in voided.sorted(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) })
    where !known.contains(id) {
      warn(
        Diagnostic(
          .voidedElsewhere, file: file, line: place.line, column: place.column,
          message: "a statement is taken back that is not among those of this file that count"))
    }
  }

  /// Some statements as they stand in the file, a line each.
  func original(_ places: [Range<Int>]) throws -> [UInt8] {
    Array(try places.map(originals.bytes).joined(separator: [0x0A]))
  }

  /// Gives back the statements that rows were made of, each on its line, and then the silent ones.
  func giveBack(_ rows: [[Range<Int>]], _ take: ([UInt8], Int, Int?) -> Void) throws {
    for (row, places) in rows.enumerated() { take(try original(places), 0, row) }
    for place in silent { take(try original([place]), 0, nil) }
  }

  private func statement(_ item: JSONItems.Item) throws -> Told? {
    let value = item.value
    let verbID = value["verb", "id"]?.text ?? ""
    let word = verbID.split(separator: "/").last.map(String.init) ?? ""
    if word == "voided" {
      exclude(ToolReason.takingBack.rawValue)
      let target = value["object", "id"]
      if let id = target?.text { voided[id.lowercased()] = item.place(target) }
      silent.append(try originals.add(item.original))
      return nil
    }
    guard let verb = Verb(rawValue: word), verb.isOf(binding.kind) else {
      let isVerb =
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
      exclude(
        isVerb && verbID.contains("://") ? "with the verb '\(word.prefix(30))'" : "without a verb")
      return nil
    }
    let object = value["object", "id"]
    let id = object?.text ?? ""
    if binding.drop.contains(where: {
      $0.text == id || ObjectNames.rest(of: id, after: $0.text) != nil
    }) {
      exclude("about other objects")
      return nil
    }
    return try told(verb, item, object)
  }

  private func told(_ verb: Verb, _ item: JSONItems.Item, _ object: JSONValue?) throws -> Told {
    let value = item.value
    func cell(_ path: String..., text: (String) -> String = { $0 }) -> MadeRow.Cell {
      var found: JSONValue? = value
      for name in path { found = found?[name] }
      return MadeRow.Cell(text: text(found?.text ?? ""), place: item.place(found))
    }
    let id = object?.text ?? ""
    let name = binding.objects.name(of: id)
    var told = Told(
      verb: verb, id: value["id"]?.text?.lowercased(),
      object: MadeRow.Cell(text: name ?? id, place: item.place(object)),
      account: cell("actor", "account", "name"),
      email: cell("actor", "mbox") { $0.hasPrefix("mailto:") ? String($0.dropFirst(7)) : $0 },
      name: cell("actor", "name"), time: cell("timestamp"),
      duration: cell("result", "duration"), line: item.line,
      original: try originals.add(item.original))
    if binding.actor == "email", told.email.text.isEmpty { swap(&told.account, &told.email) }
    if told.account.text.isEmpty, told.email.text.isEmpty, told.name.text.isEmpty {
      told.objections.append(
        RowObjection(
          code: .noActor, cell: 1,
          message: "the statement does not say who: it has neither 'actor.account.name' nor"
            + " 'actor.mbox'"))
    }
    if name == nil {
      let near = nearest(to: id, among: binding.objects.ids).map { "did you mean '\($0)'?" }
      told.objections.append(
        RowObjection(
          code: .unmappedObject, cell: 0,
          message:
            "the binding does not say which \(binding.what) '\(XAPIStatements.shown(id))' is",
          hint: near))
    }
    return told
  }

  /// An object as the user must write it into the binding, if it is one: an address on the web.
  static func shown(_ id: String) -> String {
    let isAddress = id.hasPrefix("http://") || id.hasPrefix("https://") || id.hasPrefix("urn:")
    return isAddress && !id.contains("@") && id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      ? String(id.prefix(80)) : mask
  }
}

extension XAPIStatements.Verb {
  fileprivate func isOf(_ kind: String) -> Bool {
    switch self {
    case .attended, .completed: kind == "attendance"
    case .registered, .unregistered: kind == "enrolments"
    }
  }
}

extension XAPIBinding {
  /// What an object stands for.
  fileprivate var what: String { kind == "enrolments" ? "group" : "session" }
}
