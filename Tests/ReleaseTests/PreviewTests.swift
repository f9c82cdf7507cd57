#if canImport(Glibc)
  import Glibc
#endif
import Release
import Testing

/// Writes the sample to a folder named by the environment, to be looked at in a browser.
@Test(.enabled(if: getenv("VARDE_PREVIEW") != nil))
func preview() throws {
  guard let folder = getenv("VARDE_PREVIEW") else { return }
  for language in ReleaseOptions.Language.allCases {
    let package = try ReleasePackage(SampleRelease.content(language: language))
    try ReleaseWriter.write(
      package, into: String(cString: folder) + "/" + language.rawValue, replace: true)
  }
}
