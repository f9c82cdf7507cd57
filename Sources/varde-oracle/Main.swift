internal import Glibc

/// Answers one case of a set of oracle cases: the case on standard input, the set's folder as
/// the argument, the answer on standard output.
///
/// Exit: 0 answered, 3 the statistic is not implemented, 64 usage, 65 malformed case, 66 a file
/// of the case cannot be read.
@main
struct Main {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, arguments.count == 1, !folder.hasPrefix("-") else {
      fail("usage: varde-oracle SETDIR < cases/NAME.json", 64)
    }
    var text: [UInt8] = []
    while let line = readLine(strippingNewline: false) { text.append(contentsOf: line.utf8) }
    do {
      print(try OracleCase(text, folder: folder).answer().text)
    } catch {
      fail("varde-oracle: " + error.message, error.exitCode)
    }
  }

  private static func fail(_ message: String, _ code: Int32) -> Never {
    let line = Array((message + "\n").utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
  }
}
