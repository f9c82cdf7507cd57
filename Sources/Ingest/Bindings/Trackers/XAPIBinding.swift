internal import Events

/// Statements of a learning record store: `attended` and `completed` as attendance, or `registered`
/// and `unregistered` as enrolments.
struct XAPIBinding: ToolBinding {
  static let tool = "xapi"
  static let isToldByLooks = true
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
      maker = XAPIAttendance(statements, file: file)
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
    return """
      # xAPI statements as attendance.
      tool: xapi
      kind: attendance
      # What 'actor.account.name' is: person_id or email.
      actor: person_id
      # The ids of objects and the codes of their sessions; a * stands for the rest of an id.
      sessions:
        "https://example.org/sessions/*": "*"
      # Objects that are no sessions.
      drop: []

      """
  }
}

/// Rows made of statements, and the columns they have.
protocol XAPIRows: RowMaker, WholeInput {
  var columns: [String] { get }
}
