// varde-soak VARDE FOLDER MINUTES SEED: see Scripts/soak.
import Glibc
import Soak

@main
struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let minutes = Double(arguments[3]), let seed = UInt64(arguments[4])
    else {
      print("usage: varde-soak VARDE FOLDER MINUTES SEED")
      exit(1)
    }
    var plan = SoakPlan(varde: arguments[1], folder: arguments[2], seed: seed)
    plan.seconds = minutes * 60
    // Unbuffered, so that a diary cut short is whole up to there.
    plan.tell = { line in
      let bytes = Array((line + "\n").utf8)
      _ = write(1, bytes, bytes.count)
    }
    let outcome = try Soak.run(plan)
    print(outcome.summary)
    for fault in outcome.faults { print("FAULT: \(fault)") }
    print(outcome.faults.isEmpty ? "everything is as it was promised" : "NOT as it was promised")
    exit(outcome.faults.isEmpty ? 0 : 5)
  }
}
