internal import Events

/// Statements of a learning record store: `attended` and `completed` as attendance, or `registered`
/// and `unregistered` as enrolments.
struct XAPIBinding: ToolBinding {
  static let tool = "xapi"
  static let isToldByLooks = true
  static let hasHeader = false
  let kind: String
  /// Sessions, or groups, by the ids of their objects.
  let objects: ObjectNames
  /// Objects that are something else.
  let drop: [BoundText]
  /// Our column for `actor.account.name`.
  let actor: String
  let unit: BoundText?
  let role: BoundText?
  private let zone: BoundText?

  init(_ reader: inout BindingReader) throws {
    let kind = reader.text("kind", oneOf: ["attendance", "enrolments"]) ?? ""
    let isEnrolment = kind == "enrolments"
    self.kind = kind
    objects = ObjectNames(reader.pairs(isEnrolment ? "groups" : "sessions"))
    drop = reader.list("drop")
    let actor = reader.bound("actor", required: false)
    if let actor, !["person_id", "email"].contains(actor.text) {
      reader.report(
        .bindingKey, actor, "'actor': '\(actor.text)' is not known",
        hint: "known are person_id, email")
    }
    self.actor = actor?.text ?? "person_id"
    unit = isEnrolment ? reader.bound("unit") : nil
    role = isEnrolment ? reader.bound("role", required: false) : nil
    zone = isEnrolment ? reader.bound("zone") : nil
    try reader.close()
  }

  func check(
    against register: Register, _ sessions: SessionDirectory, binding file: String
  ) throws {
    var found: [Diagnostic] = []
    func miss(_ place: BoundText, _ what: String, among known: some Sequence<String>) {
      let hint = nearest(to: place.text, among: known).map { "did you mean '\($0)'?" }
      found.append(
        Diagnostic(
          .bindingReference, file: file, line: place.line, column: place.column,
          message: "\(what) '\(place.text)' is not known", hint: hint))
    }
    if kind == "enrolments" {
      for group in objects.fixed where register.groups[group.text] == nil {
        miss(group, "group", among: register.groups.keys)
      }
      if let unit, !register.units.contains(unit.text) { miss(unit, "unit", among: register.units) }
    } else {
      for session in objects.fixed where try sessions.entry(named: session.text) == nil {
        found.append(try session.unknownSession(in: sessions, file: file))
      }
    }
    if !found.isEmpty { throw InputError(found) }
  }

  func checkZone(_ setting: BindingSetting) throws { _ = try zone?.rules(setting) }

  func open(_ file: String, _ setting: BindingSetting) throws -> BoundInput {
    try check(against: setting.register, setting.sessions, binding: setting.binding)
    guard let kind = RecordKinds.named(kind) as? any CheckedKind else {
      preconditionFailure("both kinds are known")
    }
    let input = try PeekedInput(file, setting.options)
    let statements = XAPIStatements(input.supply, file: file, binding: self)
    let maker: any XAPIRows
    if kind.registersPeople {
      maker = XAPIEnrolments(statements, LocalDay(try zone?.rules(setting)))
    } else {
      maker = XAPIAttendance(statements, setting.sessions, file: file)
    }
    var layout = Layout(made: maker.columns, kind)
    for (name, value) in [("unit", unit), ("role", role)] {
      guard let value, let index = ColumnTargets.index(of: name, in: kind) else { continue }
      layout.fix(index, to: value.text)
    }
    return BoundInput(
      source: input.source,
      reader: MadeRowReader(maker, input.decoder, form: "xAPI statements"),
      layout: layout, kind: kind, header: [], whole: maker)
  }

  static func draft(for sample: FileSample) -> String? {
    guard sample.text.contains("\"verb\""), sample.text.contains("\"actor\"") else { return nil }
    let attended = objects(in: sample, ["attended", "completed"])
    let registered = objects(in: sample, ["registered", "unregistered"])
    let isEnrolment = attended.isEmpty && !registered.isEmpty
    let named = (isEnrolment ? registered : attended).map {
      "  \(YAMLText.quoted($0)): \(isEnrolment ? "GROUP" : "SESSION")"
    }
    let head = [
      "# xAPI statements as \(isEnrolment ? "enrolments" : "attendance").",
      "tool: xapi", "kind: \(isEnrolment ? "enrolments" : "attendance")",
      "# What 'actor.account.name' is: person_id or email.", "actor: person_id",
    ]
    let body =
      isEnrolment
      ? [
        "zone: Europe/Oslo  # in which a timestamp is a day", "unit: UNIT",
        "# The ids of objects and the codes of their groups; a * stands for the rest of an id.",
        "groups:",
      ]
      : [
        "# The ids of objects and the codes of their sessions; a * stands for the rest of an id.",
        "sessions:",
      ]
    let example =
      isEnrolment
      ? "  \"https://example.org/courses/1\": GROUP" : "  \"https://example.org/sessions/*\": \"*\""
    let lines =
      head + body + (named.isEmpty ? [example] : named)
      + ["# Objects that are no \(isEnrolment ? "groups" : "sessions").", "drop: []"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The ids of the objects about which the file begins to say one of those verbs, a few of them.
  private static func objects(in sample: FileSample, _ verbs: Set<String>) -> [String] {
    let items = XAPIStatements.items(of: MemorySupply(Array(sample.text.utf8)), sample.file)
    var found: [String] = []
    while found.count < 30, case .item(let item)? = try? items.next() {
      let verb = item.value["verb", "id"]?.text?.split(separator: "/").last.map(String.init)
      guard let verb, verbs.contains(verb), let id = item.value["object", "id"]?.text,
        XAPIStatements.shown(id) == id, !found.contains(id)
      else { continue }
      found.append(id)
    }
    return found
  }
}

/// Rows made of statements, and the columns they have.
protocol XAPIRows: RowMaker, WholeInput {
  var columns: [String] { get }
}
