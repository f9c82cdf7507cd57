/// A release as files, ready to be written or compared.
public struct ReleasePackage: Sendable, Equatable {
  /// Name of the folder, for example `varde_TST_2026V_p1234`.
  public let folderName: String
  /// In the order of their paths.
  public let files: [ReleaseFile]
  /// SHA-256 of `manifest.json`, lower-case hexadecimal: what the log remembers of a release.
  public let manifestSHA256: String

  /// Applies disclosure control to the content and renders what may be shown. Deterministic: no
  /// clock, no locale, nothing of the machine.
  ///
  /// - Throws: ``ReleaseError`` when the content is inconsistent or the self-audit fails.
  public init(_ content: ReleaseContent) throws(ReleaseError) {
    let publication = try Disclosure.publish(content)
    let tables =
      FigureTables(publication: publication).all
      + FrameTables(publication: publication).all
    let tableFiles = tables.map(\.file)
    let descriptors = Descriptors(publication: publication)
    var files = tableFiles
    files.append(descriptors.dataPackage(Array(zip(tables, tableFiles).map { ($0, $1) })))
    files.append(descriptors.disclosure)
    files.append(try ReportTemplate.render(Report(publication)))
    files.append(ReadMe.file(publication))
    files.sort { utf8Precedes($0.path, $1.path) }
    let manifest = descriptors.manifest(
      files, tables.sorted { utf8Precedes($0.path, $1.path) })
    files.append(manifest)
    files.sort { utf8Precedes($0.path, $1.path) }
    files.append(Descriptors.checksums(files))
    files.sort { utf8Precedes($0.path, $1.path) }
    folderName = content.folderName
    self.files = files
    manifestSHA256 = Descriptors.sha256(manifest.bytes)
  }
}
