import ArgumentParser
import FoundationEssentials
import Projection
import Synchronization

/// How a worker tells what it does.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  /// Lines for people.
  case text
  /// One JSON object a line, for a log collector.
  case json
}

/// Tells the news of workers: what is wrong at once, what is done at most once a second.
final class WorkerVoice: Sendable {
  private let format: LogFormat
  private let done = Mutex((events: 0, cells: 0))

  init(_ format: LogFormat) { self.format = format }

  func tell(_ news: WorkerNews) {
    switch news {
    case .projected(let events): done.withLock { $0.events += events }
    case .computed(let cells): done.withLock { $0.cells += cells }
    case .stuck(let institution, let reason, let isHalted):
      let hint =
        isHalted
        ? "`varde failures` tells what to do" : "it will be tried again"
      problem(
        "error", "VD620", "\(institution): \(reason)", hint: hint,
        ["institution": institution, "state": isHalted ? "halted" : "waiting"])
    case .lost(let reason, let seconds):
      problem(
        "warning", "VD621", reason, hint: "trying again in \(seconds) s, then less often", [:])
    case .found: line("info", "the server is back", [:])
    }
  }

  /// Tells what was done since the last time, if anything was.
  func flush() {
    let (events, cells) = done.withLock { done in
      defer { done = (0, 0) }
      return done
    }
    guard events > 0 || cells > 0 else { return }
    line(
      "info", "\(events) events projected, \(cells) cells computed",
      ["events": String(events), "cells": String(cells)])
  }

  func line(_ level: String, _ message: String, _ members: [String: String]) {
    Console.line(format == .text ? message : json(level, message, members))
  }

  private func problem(
    _ level: String, _ code: String, _ message: String, hint: String, _ members: [String: String]
  ) {
    let members = members.merging(["code": code, "hint": hint]) { first, _ in first }
    Console.problem(
      format == .text
        ? "varde: \(level)[\(code)]: \(message)\n  hint: \(hint)" : json(level, message, members))
  }

  private func json(_ level: String, _ message: String, _ members: [String: String]) -> String {
    var all = members
    all["time"] = Date().formatted(.iso8601)
    all["level"] = level
    all["message"] = message
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(all)).map { String(decoding: $0, as: UTF8.self) } ?? message
  }
}
