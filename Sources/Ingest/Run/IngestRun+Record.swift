internal import Events

extension IngestRun {
  /// Takes one record, given by hand, through the same checks as a row of a file. What is wrong with
  /// it is told argument by argument.
  public func record(
    _ kind: any RecordKind, _ arguments: [RecordArgument]
  ) throws -> IngestReport {
    guard let kind = kind as? any CheckedKind else {
      preconditionFailure("every kind of RecordKinds.all is checked")
    }
    let name = "record"
    let context = context(of: name)
    context.disclosure.showsCodes = true
    let places = ArgumentPlaces(
      kind: kind, arguments: arguments, disclosure: context.disclosure)
    do {
      var report = try read(kind.name, in: context) {
        let reader = ArgumentReader(arguments)
        let header = reader.header()
        let layout = try Layout(
          header: header, kind: kind, register: register, file: name, wording: reader.wording,
          programme: options.programme)
        return BoundInput(
          source: ByteSource(nothing: name), reader: reader, layout: layout, kind: kind,
          header: layout.ownHeader(header, reader.delimiter), isBound: false)
      }
      report.diagnostics = try shown(report.diagnostics).map(places.place)
      for index in report.corrections.indices { report.corrections[index].line = 0 }
      for index in report.personChanges.indices { report.personChanges[index].line = 0 }
      return report
    } catch let error as InputError {
      throw InputError(error.diagnostics.map(places.place))
    }
  }
}

extension IngestRun {
  /// Codes nobody knows are shown, unless they are somebody's id or name: reports are kept.
  private func shown(_ diagnostics: [Diagnostic]) throws -> [Diagnostic] {
    let codes: Set<String> = Set(
      [
        IngestCode.unknownUnit, .unknownGroup, .unknownSession, .unknownProgramme,
        .unknownInstrument, .unknownWave,
      ].map(\.id))
    return try diagnostics.map { found in
      guard codes.contains(found.code) else { return found }
      return try KnownPeople(register, resolver).hidden(in: InputError([found])).diagnostics[0]
    }
  }
}

/// Moves what was found in the row made of arguments to the argument it was found in.
private struct ArgumentPlaces {
  let kind: any CheckedKind
  let arguments: [RecordArgument]
  let disclosure: Disclosure

  func place(_ found: Diagnostic) -> Diagnostic {
    var moved = found
    moved.line = nil
    moved.column = nil
    moved.excerpt = nil
    moved.caret = nil
    if found.code == IngestCode.noHeader.id {
      moved.message = "none of the keys is a column of \(kind.name)"
      moved.hint = "columns are " + kind.columns.map(\.name).joined(separator: ", ")
      return moved
    }
    if found.code == IngestCode.otherKind.id {
      moved.message = found.message.replacing("the header is that", with: "the keys are those")
      moved.hint = found.hint?.replacing("varde ingest", with: "varde record")
      return moved
    }
    guard found.column != nil, let argument = arguments.first(where: { $0.number == found.line })
    else { return moved }
    moved.file = "argument \(argument.number)"
    moved.column = found.column
    // What the message shows may stand here, too.
    let isTold = found.message.contains("'\(argument.value)'")
    moved.excerpt =
      "\(argument.key)="
      + (isIdentifying(argument.key)
        ? masked(argument.value) : isTold ? argument.value : disclosure.shown(argument.value))
    return moved
  }

  private func isIdentifying(_ key: String) -> Bool {
    let key = ColumnName.folded(key)
    return kind.columns.contains { column in
      column.isIdentifying
        && ([column.name] + column.aliases).contains { ColumnName.folded($0) == key }
    }
  }
}
