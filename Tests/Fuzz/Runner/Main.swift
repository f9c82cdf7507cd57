// Runs one fuzz target: under libFuzzer where it is built so (see Scripts/fuzz), else by itself over
// the files of a folder and random changes to them.
#if DEBUG
  import FoundationEssentials
  import FuzzTargets
  import Glibc

  #if FUZZER
    /// The target is named by the environment, for the arguments are libFuzzer's.
    private let target =
      getenv("VARDE_FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) } ?? .file

    /// What libFuzzer's own beginning of a program would call; linked in with it.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
      target.run(UnsafeBufferPointer(start: bytes, count: count))
      return 0
    }

    @_silgen_name("LLVMFuzzerRunDriver")
    private func drive(
      _ count: UnsafeMutablePointer<CInt>,
      _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
      _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    @main
    struct Main {
      static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(drive(&count, &arguments, test))
      }
    }
  #else
    @main
    struct Main {
      static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let target = FuzzTarget(rawValue: arguments[1]),
          let seconds = Int(arguments[2])
        else {
          let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")
          print("usage: varde-fuzz \(names) SECONDS FOLDER")
          exit(1)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: arguments[3]).sorted()
        let corpus = try files.map {
          Array(try Data(contentsOf: URL(filePath: "\(arguments[3])/\($0)")))
        }
        var mutator = Mutator(corpus)
        let end = ContinuousClock.now + .seconds(seconds)
        var count = 0
        for bytes in corpus { bytes.withUnsafeBufferPointer { target.run($0) } }
        while ContinuousClock.now < end {
          mutator.next().withUnsafeBufferPointer { target.run($0) }
          count += 1
        }
        print(
          "\(target.rawValue): \(corpus.count) files and \(count) changes to them, nothing found")
      }
    }
  #endif
#else
  @main
  struct Main {
    static func main() { print("built for release, where there is nothing to test with") }
  }
#endif
