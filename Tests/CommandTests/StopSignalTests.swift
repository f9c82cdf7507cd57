import Glibc
import Testing

@testable import varde

@Suite(.serialized) struct `A signal` {
  @Test(arguments: [SIGTERM, SIGINT])
  func `that comes at once is not lost`(number: Int32) {
    let stop = StopSignal()
    #expect(!stop.isRaised)
    kill(getpid(), number)
    #expect(stop.wait(milliseconds: 10_000))
    #expect(stop.isRaised, "it stays raised")
    // The second one would end the program; not this one, which is a test.
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
