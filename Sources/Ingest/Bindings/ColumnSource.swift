internal import Events
internal import Yams

/// Where a column of ours comes from in somebody else's file: `Heading`,
/// `{column: Heading, map: {theirs: ours}}`, or `{value: the same in every row}`.
struct ColumnSource: Sendable {
  enum Origin: Sendable, Equatable {
    case heading(BoundText)
    case value(BoundText)
  }

  /// The name of our column.
  var column: BoundText
  var origin: Origin
  /// What their values are in our words; empty where the cells say it themselves.
  var map: [(theirs: BoundText, ours: BoundText)] = []
}

extension BindingReader {
  /// The members of a nested mapping as sources of our columns, in the order of the file.
  mutating func sources(_ key: String, required: Bool = true) -> [ColumnSource] {
    guard let member = member(key) else {
      if required { report(.bindingKey, nil, "'\(key)' is missing") }
      return []
    }
    guard case .mapping(let mapping) = member.value else {
      report(.bindingKey, member.key, "'\(key)' is not a list of 'key: value' lines")
      return []
    }
    return mapping.compactMap { source(BoundText(of: $0.key), $0.value) }
  }

  private mutating func source(_ column: BoundText, _ node: Node) -> ColumnSource? {
    if let scalar = node.scalar, !scalar.string.isEmpty {
      return ColumnSource(column: column, origin: .heading(BoundText(of: node)))
    }
    guard case .mapping(let members) = node else {
      report(
        .bindingKey, column, "'\(column.text)' is neither a heading nor {column:, map:} or {value:}"
      )
      return nil
    }
    var origins: [ColumnSource.Origin] = []
    var map: [(theirs: BoundText, ours: BoundText)] = []
    for (key, value) in members {
      let name = BoundText(of: key)
      switch (name.text, value) {
      case ("column", .scalar): origins.append(.heading(BoundText(of: value)))
      case ("value", .scalar): origins.append(.value(BoundText(of: value)))
      case ("map", .mapping(let pairs)):
        map = pairs.map { (BoundText(of: $0.key), BoundText(of: $0.value)) }
      default:
        report(
          .bindingKey, name, "'\(name.text)' is not known in '\(column.text)'",
          hint: "known are column, map and value")
      }
    }
    guard origins.count == 1, let origin = origins.first else {
      report(.bindingKey, column, "'\(column.text)' needs either 'column' or 'value'")
      return nil
    }
    return ColumnSource(column: column, origin: origin, map: map)
  }
}

extension BoundText {
  fileprivate init(of node: Node) {
    self.init(
      text: node.scalar?.string ?? "", line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}

extension ColumnSource {
  /// Makes a column of `layout` read from the cell at `index`, in our words; `isCode` as in
  /// `Layout.translate`.
  func bind(
    _ column: Int, to index: Int, in layout: inout Layout,
    isCode: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    layout.sources[column] = index
    if !map.isEmpty {
      layout.translate(
        column, map.map { (theirs: $0.theirs.text, ours: $0.ours.text) }, isCode: isCode)
    }
  }
}
