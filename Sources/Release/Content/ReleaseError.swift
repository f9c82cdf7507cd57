/// Why no release was made. Nothing is left behind when one is thrown.
public enum ReleaseError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two cells claim the same indicator, scope, period and item.
  case duplicateCell(String)
  /// A number of the content is not finite; a release never prints NaN or infinity.
  case notFinite(String)
  /// A cell speaks of a period whose dates are not known.
  case unknownPeriod(String)
  /// The self-audit could compute a hidden number from published ones.
  case disclosureAudit([String])
  /// A folder of that name holds other content.
  case exists(folder: String)
  /// The file system refused.
  case fileSystem(operation: String, path: String, reason: String)
  /// The programme has no such period, or the database lacks what a release needs.
  case notFound(String)
  /// A text of the report could not be built; a defect of Varde, not of the data.
  case template(String)

  /// Stable code, the same in every language.
  public var code: String {
    switch self {
    case .duplicateCell: "VD501"
    case .notFinite: "VD502"
    case .unknownPeriod: "VD503"
    case .disclosureAudit: "VD510"
    case .exists: "VD520"
    case .fileSystem: "VD521"
    case .notFound: "VD530"
    case .template: "VD540"
    }
  }

  public var description: String {
    switch self {
    case .duplicateCell(let key): "two figures for the same cell: \(key)"
    case .notFinite(let key): "a number that is not finite: \(key)"
    case .unknownPeriod(let code): "the dates of period '\(code)' are not known"
    case .disclosureAudit(let findings):
      "the release was stopped: a hidden figure could be computed from published ones\n"
        + findings.map { "  \($0)" }.joined(separator: "\n")
    case .exists(let folder): "\(folder) exists and holds other content"
    case .fileSystem(let operation, let path, let reason): "cannot \(operation) \(path): \(reason)"
    case .notFound(let what): "not found: \(what)"
    case .template(let what): "the report could not be built: \(what)"
    }
  }

  /// What to do about it, or `nil`.
  public var hint: String? {
    switch self {
    case .exists: "give --replace to put the new release in its place, or choose another folder"
    case .disclosureAudit: "report this: suppression should have prevented it"
    default: nil
    }
  }
}
