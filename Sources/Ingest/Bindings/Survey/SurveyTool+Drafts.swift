// How each survey tool's files are recognised, and what a first binding for them says.

extension Nettskjema {
  static func draft(for sample: FileSample) -> String? {
    guard let header = sample.rows.first, header.first == "$submission_id" else { return nil }
    let isAnonymous = !header.contains("$created")
    return SurveyDraft(
      tool, sample, names: header, rows: sample.rows.dropFirst(), traits: traits,
      keys: isAnonymous ? ["# The form is anonymous: it needs a wave and has no subject."] : []
    ).yaml
  }
}

extension NettskjemaAnswers {
  static func draft(for sample: FileSample) -> String? {
    let answers = sample.objects(atMost: 200)
    guard let first = answers.first, first["submissionId"] != nil, first["elementId"] != nil else {
      return nil
    }
    // The form's elements say which columns there are; here are those of the first answers.
    var columns: [(name: String, value: String)] = []
    for answer in answers {
      guard let code = answer["externalElementId"]?.text ?? answer["elementId"]?.text else {
        continue
      }
      let row = answer["subElementId"]?.text.map { ".\($0)" } ?? ""
      let chosen = (answer["externalAnswerOptionIds"]?.elements ?? []).compactMap(\.text)
      if answer["elementType"]?.text?.hasSuffix("CHECKBOX") == true {
        columns += chosen.map { ("\(code)\(row).\($0)", "1") }
      } else {
        columns.append(("\(code)\(row)", answer["textAnswer"]?.text ?? chosen.first ?? ""))
      }
    }
    var names: [String] = []
    for column in columns where !names.contains(column.name) { names.append(column.name) }
    let rows = columns.map { column in names.map { $0 == column.name ? column.value : "" } }
    return SurveyDraft(
      tool, sample, names: names, rows: rows[...], traits: Nettskjema.traits,
      keys: [
        "elements: ELEMENTS.json  # what Nettskjema's API answers for the form's elements",
        "# Rows of a matrix stand here by number; with their codes they are CODE.ROW, as in the"
          + " csv-report.",
        zoneLine,
      ]
    ).yaml
  }
}

extension LimeSurvey {
  static func draft(for sample: FileSample) -> String? {
    guard let header = sample.rows.first, let first = header.first,
      !LimeSurveyVV.hasCodes(sample)
    else { return nil }
    if first == textHeadings.response { return draft(sample, texts: header) }
    guard first == "id" || first.hasPrefix("id. "),
      header.contains(where: { $0 == "submitdate" || $0.hasPrefix("submitdate. ") })
    else { return nil }
    let names = header.map { name in
      first == "id"
        ? name : name.firstRange(of: ". ").map { String(name[..<$0.lowerBound]) } ?? name
    }
    return SurveyDraft(
      tool, sample, names: names, rows: sample.rows.dropFirst(), traits: traits,
      keys: [SurveyDraft.surveyLine(sample.file), zoneLine, "incomplete: exclude  # or include"],
      isOther: isOtherText
    ).yaml
  }
}

extension LimeSurvey {
  /// What the tool's own columns are headed where questions are by their texts.
  private static let textHeadings = (
    response: "Response ID", time: "Date submitted",
    own: [
      "Last page", "Start language", "Seed", "Date started", "Date last action", "IP address",
      "Referrer URL", "Total time",
    ]
  )

  /// For an export whose headings are the questions' texts.
  private static func draft(_ sample: FileSample, texts header: [String]) -> String? {
    guard header.contains(textHeadings.time),
      header.contains(where: textHeadings.own.prefix(3).contains)
    else { return nil }
    var traits = traits
    traits.own.formUnion([textHeadings.response, textHeadings.time].map { $0.lowercased() })
    traits.personal.insert("access code")
    return SurveyDraft(
      tool, sample, names: header, rows: sample.rows.dropFirst(), traits: traits,
      keys: [
        "response: \(SurveyDraft.quoted(textHeadings.response))",
        "time: \(SurveyDraft.quoted(textHeadings.time))",
        SurveyDraft.surveyLine(sample.file), zoneLine,
        "incomplete: exclude  # or include",
      ],
      isOther: { name in
        textHeadings.own.contains(name) || name.hasPrefix("Group time: ")
          || name.hasPrefix("Question time: ")
      }
    ).yaml
  }
}

extension LimeSurveyVV {
  static func draft(for sample: FileSample) -> String? {
    guard hasCodes(sample) else { return nil }
    let rows = rows(of: sample) ?? sample.rows
    return SurveyDraft(
      tool, sample, names: sample.rows[1], rows: rows.dropFirst(2), traits: traits,
      keys: [SurveyDraft.surveyLine(sample.file), zoneLine, "incomplete: exclude  # or include"],
      isOther: isOtherText
    ).yaml
  }
}

extension LimeSurveyVV {
  /// Whether the second row has the questions' codes, as no other export of LimeSurvey's does.
  static func hasCodes(_ sample: FileSample) -> Bool {
    sample.rows.count >= 2 && areCodes(sample.rows[1])
  }

  /// The rows as the tool writes them, in which a quote is a letter like others.
  private static func rows(of sample: FileSample) -> [[String]]? {
    guard !sample.text.isEmpty,
      let csv = try? CSVReader(
        MemorySupply(Array(sample.text.utf8)), delimiter: .tab, quotes: false)
    else { return nil }
    let reader = VVReader(csv)
    guard (try? reader.next(atMost: FileSample.sampled)) == true else { return nil }
    return reader.batch.rows.map { row in
      reader.batch.cells(of: row).map {
        Composition.composed(CellTrim.trimmed(reader.batch.text($0)))
      }
    }
  }
}

extension Qualtrics {
  static func draft(for sample: FileSample) -> String? {
    guard sample.rows.count >= 2, let header = sample.rows.first else { return nil }
    let isNew = sample.rows.count >= 3 && sample.rows[2].first?.contains("ImportId") == true
    guard isNew || (header.first == "V1" && header.contains("V10")) else { return nil }
    let zone = isNew ? zone(in: sample.rows[2]) : nil
    let line = zone.map { "zone: \(SurveyDraft.quoted($0))  # as the file's third row says" }
    return SurveyDraft(
      tool, sample, names: header.map(name(of:)), rows: sample.rows.dropFirst(isNew ? 3 : 2),
      traits: traits, keys: [line ?? zoneLine, "incomplete: exclude  # or include"],
      isOther: isOtherText
    ).yaml
  }
}

extension REDCap {
  static func draft(for sample: FileSample) -> String? {
    guard let header = sample.rows.first else { return nil }
    let forms = REDCap.forms(header)
    let isREDCap =
      header.first == "record_id" || header.contains { $0.hasPrefix("redcap_") }
    guard isREDCap, let form = likelyForm(forms, header, sample.register) else { return nil }
    let others = forms.filter { $0 != form }
    var keys = others.isEmpty ? [] : ["form: \(form)  # or " + others.joined(separator: ", ")]
    keys.append(zoneLine)
    if header.contains("redcap_event_name") {
      keys.append("# waves: {column: redcap_event_name, map: {EVENT: WAVE}}  # instead of 'wave'")
    }
    keys.append(SurveyDraft.surveyLine(sample.file))
    keys.append("# dictionary: DICTIONARY.csv  # to hold this binding against")
    return SurveyDraft(
      tool, sample, names: header, rows: sample.rows.dropFirst(),
      traits: traits(record: header.first ?? "", form: form), keys: keys,
      isOther: { name in
        name.hasSuffix("_complete") || name.hasSuffix("_timestamp")
          || others.contains { REDCap.columns(of: $0, header).contains(name) }
      }
    ).yaml
  }

  /// Whether a file is an export whose headings are labels: of those nothing can be told apart.
  static func hasLabels(_ sample: FileSample) -> Bool {
    guard let header = sample.rows.first?.map({ $0.lowercased() }), header.contains("record id")
    else { return false }
    let own = [
      "event name", "repeat instrument", "repeat instance", "data access group",
      "survey identifier", "complete?",
    ]
    return header.contains(where: own.contains)
  }

  /// A form's columns: those between the status of the form before and its own.
  private static func columns(of form: String, _ header: [String]) -> ArraySlice<String> {
    guard let end = header.firstIndex(of: "\(form)_complete") else { return [] }
    let start = header[..<end].lastIndex { $0.hasSuffix("_complete") || $0.hasPrefix("redcap_") }
    return header[(start.map { $0 + 1 } ?? 1)..<end]
  }

  /// The form most of whose columns are items that are known; else the one that was a survey.
  private static func likelyForm(
    _ forms: [String], _ header: [String], _ register: Register
  ) -> String? {
    let items = register.instruments.values.joined().flatMap(\.items)
    let scored = forms.map { form in
      (
        form,
        columns(of: form, header).count { name in items.contains { ItemMatch.names(name, $0) } }
      )
    }
    if let best = scored.max(by: { $0.1 < $1.1 }), best.1 > 0 { return best.0 }
    return forms.first { header.contains("\($0)_timestamp") } ?? forms.first
  }
}

private let zoneLine = "zone: Europe/Oslo  # where the tool's times are from"

/// What people wrote beside "other": `Q38[other]`, `Q38_other`, `Q38_TEXT`.
private func isOtherText(_ column: String) -> Bool {
  ["[other]", "_other", "_TEXT"].contains { column.hasSuffix($0) }
}
