import FoundationEssentials
import Testing

@testable import Release

/// The folder appears whole or not at all.
@Suite struct ReleaseWriterTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/varde-release-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func package(cutTo language: ReleaseOptions.Language = .en) throws -> ReleasePackage {
    try ReleasePackage(SampleRelease.content(language: language))
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func `writes every file and leaves nothing else`() throws {
    try withFolder { folder in
      let package = try package()
      #expect(try ReleaseWriter.write(package, into: folder + "/a/b") == .written)
      #expect(try names(folder + "/a/b") == [package.folderName])
      for file in package.files {
        let path = "\(folder)/a/b/\(package.folderName)/\(file.path)"
        #expect(FileManager.default.contents(atPath: path).map { Array($0) } == file.bytes)
      }
    }
  }

  @Test func `the same again changes nothing`() throws {
    try withFolder { folder in
      try ReleaseWriter.write(try package(), into: folder)
      #expect(try ReleaseWriter.write(try package(), into: folder) == .unchanged)
      #expect(try ReleaseWriter.write(try package(), into: folder, replace: true) == .unchanged)
    }
  }

  @Test func `other content is refused, and replaced when asked`() throws {
    try withFolder { folder in
      let (english, norwegian) = (try package(), try package(cutTo: .nb))
      try ReleaseWriter.write(english, into: folder)
      #expect(throws: ReleaseError.exists(folder: "\(folder)/\(english.folderName)")) {
        try ReleaseWriter.write(norwegian, into: folder)
      }
      #expect(try ReleaseWriter.write(english, into: folder) == .unchanged)
      #expect(try ReleaseWriter.write(norwegian, into: folder, replace: true) == .replaced)
      #expect(try ReleaseWriter.write(norwegian, into: folder) == .unchanged)
      #expect(try names(folder) == [english.folderName])
    }
  }

  @Test func `an additional file in the folder is other content`() throws {
    try withFolder { folder in
      let package = try package()
      try ReleaseWriter.write(package, into: folder)
      let extra = "\(folder)/\(package.folderName)/tables/notes.txt"
      #expect(FileManager.default.createFile(atPath: extra, contents: Data("x".utf8)))
      #expect(throws: ReleaseError.self) { try ReleaseWriter.write(package, into: folder) }
    }
  }

  @Test func `a file where a folder should be is an error that names it`() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      #expect(FileManager.default.createFile(atPath: folder + "/file", contents: Data()))
      let error = #expect(throws: ReleaseError.self) {
        try ReleaseWriter.write(try package(), into: folder + "/file")
      }
      #expect(error?.description.contains(folder + "/file") == true)
    }
  }
}
