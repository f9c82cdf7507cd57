import Events
import FoundationEssentials
import Glibc
import Testing

@testable import Ingest

@Suite("Statistics files")
struct StatisticsReaderTests {
  private func reader(_ name: String) throws -> StatisticsReader {
    let input = try OpenedInput("\(GoldenTests.folder)/statistics/\(name)", IngestOptions())
    return try #require(input.reader as? StatisticsReader)
  }

  @Test func `questions, what codes mean and which are no answer come with the file`() throws {
    let variables = try reader("responses-codes.sav").variables
    #expect(variables.map(\.name).suffix(2) == ["pit_1", "pit_2"])
    #expect(variables[6].label == "Jeg lærer")
    #expect(
      variables[5].values.map { "\($0.code)=\($0.label)" } == [
        "1=Helt uenig", "7=Helt enig", "8=Ikke relevant",
      ])
    #expect(variables[5].missing == [.init(from: "8", to: "8")])
    #expect(variables[6].missing.contains(.init(from: "-99", to: "-97")))
    #expect(variables[0].values.isEmpty && variables[0].missing.isEmpty)
    #expect(try reader("responses-codes.dta").variables[5].values.last?.code == "8")
  }

  @Test(arguments: [
    ("DATE11", 13_958_611_200, "2025-02-11"), ("EDATE10", 0, "1582-10-14"),
    ("DATETIME20", 13_958_658_307, "2025-02-11T13:05:07"), ("TIME8", 3_661, "01:01:01"),
    ("DTIME12", 90_061, "25:01:01"),
  ])
  func `SPSS counts seconds since 1582`(format: String, seconds: Double, text: String) {
    #expect(StatisticsTime(spss: format)?.text(seconds) == text)
  }

  @Test(arguments: [
    ("%td", 23_783, "2025-02-11"), ("%tdDD.NN.CCYY", -1, "1959-12-31"), ("%d", 0, "1960-01-01"),
    ("%-td", 0, "1960-01-01"), ("%tc", 2_054_898_300_000, "2025-02-11T13:05:00"),
  ])
  func `Stata counts days or milliseconds since 1960`(
    format: String, count: Double, text: String
  ) {
    #expect(StatisticsTime(stata: format)?.text(count) == text)
  }

  @Test func `other numbers are no times`() {
    for format in ["F8.2", "A10", "MONTH", "WKDAY", "DOLLAR8"] {
      #expect(StatisticsTime(spss: format) == nil)
    }
    for format in ["%9.0g", "%tm", "%ty", "%10s"] { #expect(StatisticsTime(stata: format) == nil) }
    for value in [1e300, -1e300, -1e13] {
      #expect(StatisticsTime.spssDay.text(value) == nil)
      #expect(StatisticsTime.stataDay.text(value) == nil)
    }
  }

  @Test func `a reader that is dropped early ends its thread`() throws {
    for _ in 0..<50 {
      let reader = try reader("moments.sav")
      #expect(try reader.next(atMost: 1))
    }
  }

  @Test func `who makes waits for who uses, and stops when nobody does`() {
    let queue = HandOver<Int>(room: 2)
    let thread = Worker { while queue.put(1) {} }
    #expect(queue.take() == 1)
    #expect(queue.take() == 1)
    queue.abandon()
    thread.join()
    #expect(!queue.put(1))

    let second = HandOver<Int>(room: 3)
    let other = Worker {
      for number in 0..<1_000 { _ = second.put(number) }
      second.close()
    }
    var got: [Int] = []
    while let number = second.take() { got.append(number) }
    other.join()
    #expect(got == Array(0..<1_000))
  }

  @Test func `more variables than are read are refused`() throws {
    let file = "\(GoldenTests.folder)/statistics/moments.sav"
    var limits = CSVReader.Limits()
    limits.cells = 7
    #expect(
      codes {
        _ = try StatisticsReader(
          try SeekableFile(try ByteSource(path: file)), .spss, limits: limits)
      } == ["VD263"])
    limits.cells = 8
    limits.cellBytes = 12
    let reader = try StatisticsReader(
      try SeekableFile(try ByteSource(path: file)), .spss, limits: limits)
    #expect(try reader.allRows().dropFirst().allSatisfy { $0 == ["VD216"] })
    limits.rowBytes = 4
    let narrow = try StatisticsReader(
      try SeekableFile(try ByteSource(path: file)), .spss, limits: limits)
    #expect(try narrow.allRows().dropFirst() == [["VD217"]])
    #expect(narrow.gaveUp)
  }
}

/// A thread that does one thing.
private final class Worker {
  private var thread = pthread_t()

  init(_ work: @escaping () -> Void) {
    let box = Unmanaged.passRetained(Box(work))
    pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().work() }
        return nil
      }, box.toOpaque())
  }

  func join() { pthread_join(thread, nil) }

  private final class Box {
    let work: () -> Void
    init(_ work: @escaping () -> Void) { self.work = work }
  }
}
