/// What a workbook says of itself: its sheets in the order of the tabs, and where its parts are.
struct WorkbookIndex {
  struct Sheet: Equatable {
    var name: String
    var isHidden: Bool
    /// Path of its part in the ZIP file.
    var path: String
  }

  private(set) var sheets: [Sheet] = []
  private(set) var from1904 = false
  private(set) var stylesPath: String?
  private(set) var textsPath: String?

  init(_ archive: ZipArchive) throws(InputError) {
    let root = try WorkbookIndex.relations(of: "", in: archive)
    guard let path = root.first(where: { $0.isOf("officeDocument") })?.path,
      let part = try archive.part(path, atMost: archive.limits.indexBytes), path.hasSuffix(".xml")
    else { throw WorkbookIndex.otherFormat(archive) }
    let relations = try WorkbookIndex.relations(of: path, in: archive)
    stylesPath = relations.first { $0.isOf("styles") }?.path
    textsPath = relations.first { $0.isOf("sharedStrings") }?.path
    var isWorkbook = false
    let xml = try XMLPull(part, file: archive.file)
    while try xml.next() {
      if xml.isStart("workbook") { isWorkbook = true }
      if xml.isStart("workbookPr") {
        from1904 = ["1", "true"].contains(xml.attributes()["date1904"])
      }
      guard xml.isStart("sheet") else { continue }
      let sheet = xml.attributes()
      // Charts and macro sheets have tabs, too, and no cells.
      guard let name = sheet["name"], let id = sheet["id"],
        let relation = relations.first(where: { $0.id == id }), relation.isOf("worksheet")
      else { continue }
      sheets.append(
        Sheet(
          name: name, isHidden: ["hidden", "veryHidden"].contains(sheet["state"]),
          path: relation.path))
    }
    guard isWorkbook else { throw WorkbookIndex.otherFormat(archive) }
    guard !sheets.isEmpty else { throw .damaged(archive.file, "the workbook has no sheet") }
  }

  /// The sheet that was asked for, or the first one that is shown.
  func sheet(_ wanted: String?, file: String) throws(InputError) -> Sheet {
    guard let wanted else { return sheets.first { !$0.isHidden } ?? sheets[0] }
    if let sheet = sheets.first(where: { $0.name == wanted })
      ?? sheets.first(where: { $0.name.lowercased() == wanted.lowercased() })
    {
      return sheet
    }
    if let number = Int(wanted), sheets.indices.contains(number - 1) { return sheets[number - 1] }
    throw InputError(
      .sheetUnknown, file: file, message: "'\(file)' has no sheet '\(wanted)'",
      hint: "its sheets are \(names)")
  }

  /// The names of the sheets, for a message.
  var names: String { WorkbookIndex.names(sheets) }

  /// The names of the sheets a person sees beside that one; `nil` where there are none.
  func names(beside sheet: Sheet) -> String? {
    let others = sheets.filter { !$0.isHidden && $0 != sheet }
    return others.isEmpty ? nil : WorkbookIndex.names(others)
  }

  private static func names(_ sheets: [Sheet]) -> String {
    let shown = sheets.prefix(20).map { "'\($0.name)'" }.joined(separator: ", ")
    return sheets.count > 20 ? shown + " and \(sheets.count - 20) more" : shown
  }

  private struct Relation {
    var id: String
    var type: String
    var path: String

    /// The two editions of the standard have different addresses that end alike.
    func isOf(_ kind: String) -> Bool { type.hasSuffix("/" + kind) }
  }

  /// What a part refers to; `""` is the file as a whole.
  private static func relations(
    of part: String, in archive: ZipArchive
  ) throws(InputError) -> [Relation] {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { part[part.index(after: $0)...] } ?? part[...]
    guard
      let rels = try archive.part(
        "\(folder)_rels/\(name).rels", atMost: archive.limits.indexBytes)
    else { return [] }
    var found: [Relation] = []
    let xml = try XMLPull(rels, file: archive.file)
    while try xml.next() {
      guard xml.isStart("Relationship") else { continue }
      let relation = xml.attributes()
      guard let id = relation["Id"], let type = relation["Type"], let target = relation["Target"],
        relation["TargetMode"] != "External"
      else { continue }
      found.append(Relation(id: id, type: type, path: path(of: target, from: folder)))
    }
    return found
  }

  private static func path(of target: String, from folder: String) -> String {
    var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }

  /// A ZIP file that is something else, by what is in it.
  private static func otherFormat(_ archive: ZipArchive) -> InputError {
    let file = archive.file
    func refusal(_ what: String) -> InputError {
      InputError(.otherFormat, file: file, message: "'\(file)' is \(what), not an Excel workbook")
    }
    if archive.contains("word/document.xml") { return refusal("a Word document") }
    if archive.contains("ppt/presentation.xml") { return refusal("a PowerPoint presentation") }
    if archive.contains("xl/workbook.bin") { return refusal("a binary workbook (.xlsb)") }
    if archive.contains("content.xml") { return refusal("an OpenDocument file (.ods)") }
    return InputError(
      .otherFormat, file: file, message: "'\(file)' is a ZIP file and no Excel workbook",
      hint: "unpack it and send the files in it")
  }
}
