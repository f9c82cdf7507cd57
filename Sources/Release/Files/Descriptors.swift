import Crypto
import Indicators

/// The files that describe the others: Data Package, manifest, disclosure statement, checksums.
struct Descriptors {
  let publication: Publication
  private var frame: Publication.Frame { publication.frame }

  static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in SHA256.hash(data: bytes) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: datapackage.json

  /// Data Package, version 2: every table with its schema.
  func dataPackage(_ tables: [(table: Table, file: ReleaseFile)]) -> ReleaseFile {
    let name = frame.folderName.lowercased()
    let root = JSON.object([
      .init("$schema", .text("https://datapackage.org/profiles/2.0/datapackage.json")),
      .init("name", .text(name)),
      .init("title", .text("\(frame.programme.title.en): \(frame.period.code)")),
      .init("description", .text(frame.programme.purpose)),
      .init("version", .text("p\(frame.cut)")),
      .init("created", .text("\(frame.asOf)T00:00:00Z")),
      .init("quarantined_events", .count(frame.quarantined)),
      .init("resources", .array(tables.map { resource($0.table, $0.file) })),
    ])
    return ReleaseFile(path: "datapackage.json", text: root.file)
  }

  private func resource(_ table: Table, _ file: ReleaseFile) -> JSON {
    .object([
      .init("name", .text(table.name)), .init("path", .text(table.path)),
      .init("title", .text(table.title)), .init("description", .text(table.description)),
      .init("format", .text("csv")), .init("mediatype", .text("text/csv")),
      .init("encoding", .text("utf-8")), .init("bytes", .count(file.bytes.count)),
      .init("hash", .text("sha256:" + Self.sha256(file.bytes))),
      .init(
        "dialect",
        .object([.init("delimiter", .text(",")), .init("lineTerminator", .text("\n"))])),
      .init("schema", schema(table)),
    ])
  }

  private func schema(_ table: Table) -> JSON {
    // A primary key may hold no missing value; an empty item code is one.
    let required = Set(table.columns.filter(\.required).map(\.name))
    let key = JSON.array(table.key.map { .text($0) })
    return .object([
      .init("fieldsMatch", .text("exact")), .init("fields", .array(table.columns.map(field))),
      table.key.allSatisfy(required.contains)
        ? .init("primaryKey", key) : .init("uniqueKeys", .array([key])),
      .init("missingValues", .array([.text("")])),
    ])
  }

  private func field(_ column: Table.Column) -> JSON {
    var members: [JSON.Member] = [
      .init("name", .text(column.name)), .init("type", .text(column.kind.rawValue)),
      .init("description", .text(column.description)),
    ]
    if !column.categories.isEmpty {
      members.append(
        .init(
          "categories",
          .array(
            column.categories.map {
              .object([.init("value", .text($0.value)), .init("label", .text($0.label))])
            })))
    }
    var constraints: [JSON.Member] = []
    if column.required { constraints.append(.init("required", .boolean(true))) }
    if !column.categories.isEmpty {
      constraints.append(.init("enum", .array(column.categories.map { .text($0.value) })))
    }
    if !constraints.isEmpty { members.append(.init("constraints", .object(constraints))) }
    return .object(members)
  }

  // MARK: disclosure.json

  /// What was hidden and by which rules; counts only.
  var disclosure: ReleaseFile {
    let counts = publication.disclosure
    let root = JSON.object([
      .init("format", .text("varde-disclosure/1")),
      .init(
        "thresholds",
        .object([
          .init("count_of_people", .count(frame.options.countThreshold)),
          .init("people_behind_a_value", .count(frame.options.valueThreshold)),
          .init("groups_behind_a_process_figure", .count(2)),
          .init("people_in_each_tail_of_a_quartile", .count(frame.options.countThreshold)),
        ])),
      .init(
        "rules",
        .array(
          [
            "Counts of people below the threshold are hidden; true zeros are shown.",
            "Values need the threshold of people behind them; session figures at least two groups.",
            "A share of persons is hidden when few are in it or few are outside it.",
            "A survey item is hidden when one answer holds everybody, or all but one.",
            "Answers are shown one by one, in three classes, in two, or not, as fine as is safe.",
            "Bases that tell how many left are rounded down to a multiple of 5 when that is hidden.",
            "Further cells are hidden until no hidden one follows from a sum of published ones.",
            "Groups are never published one by one; units by term and wave only.",
          ].map { .text($0) })),
      .init(
        "symbols",
        .object([
          .init("c", .text("hidden for confidentiality")), .init("z", .text("not applicable")),
          .init("x", .text("not available")),
        ])),
      .init(
        "figures",
        .object([
          .init("published", .count(counts.published)),
          .init("hidden_primary", .count(counts.hiddenPrimary)),
          .init("hidden_complementary", .count(counts.hiddenComplementary)),
          .init("outside_the_release_by_scope", .count(counts.withheldByScope)),
        ])),
      .init(
        "distributions",
        .object([
          .init("hidden_primary", .count(counts.distributionsHiddenPrimary)),
          .init("hidden_complementary", .count(counts.distributionsHiddenComplementary)),
          .init("shown_in_classes", .count(counts.distributionsCollapsed)),
        ])),
      .init("counts_hidden", .count(counts.countsHidden)),
      .init(
        "audit",
        .object([
          .init("sum_lines", .count(counts.lines)),
          // A finding would have stopped the release, so there is only one value to print.
          .init("hidden_figures_determined_by_sums", .count(0)),
          .init(
            "not_covered",
            .text("inference from several statistics of a cell together; earlier releases")),
        ])),
    ])
    return ReleaseFile(path: "disclosure.json", text: root.file)
  }

  // MARK: manifest.json and SHA256SUMS

  func manifest(_ files: [ReleaseFile], _ tables: [Table]) -> ReleaseFile {
    let root = JSON.object([
      .init("format", .text("varde-release/1")),
      .init("release", .text(frame.folderName)),
      .init("institution", .text(frame.institution.code)),
      .init("programme", .text(frame.programme.code)),
      .init(
        "period",
        .object([
          .init("code", .text(frame.period.code)), .init("first_day", .text(frame.period.from)),
          .init("last_day", .text(frame.period.to)),
        ])),
      .init(
        "cut",
        .object([
          .init("position", .integer(frame.cut)), .init("block_hash", .text(frame.blockHash)),
          .init("as_of", .text(frame.asOf)),
          .init("quarantined_events", .count(frame.quarantined)),
        ])),
      .init("tool", .object([.init("varde", .text(frame.toolVersion))])),
      .init(
        "options",
        .object([
          .init("language", .text(frame.options.language.rawValue)),
          .init("count_threshold", .count(frame.options.countThreshold)),
          .init("value_threshold", .count(frame.options.valueThreshold)),
        ])),
      .init(
        "definitions", .object(frame.definitions.map { .init($0.id, .count($0.version)) })),
      .init("rows", .object(tables.map { .init($0.path, .count($0.rows.count)) })),
      .init(
        "files",
        .object(
          files.map { file in
            .init(
              file.path,
              .object([
                .init("bytes", .count(file.bytes.count)),
                .init("sha256", .text(Self.sha256(file.bytes))),
              ]))
          })),
    ])
    return ReleaseFile(path: "manifest.json", text: root.file)
  }

  /// One line per file in the format of sha256sum, so that `sha256sum -c SHA256SUMS` checks all.
  static func checksums(_ files: [ReleaseFile]) -> ReleaseFile {
    ReleaseFile(
      path: "SHA256SUMS",
      text: files.map { "\(sha256($0.bytes))  \($0.path)\n" }.joined())
  }
}
