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
  /// A member of a line of JSON.
  enum Member: Encodable, ExpressibleByStringLiteral {
    case text(String)
    case number(Int)

    init(stringLiteral text: String) { self = .text(text) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

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
        ["institution": .text(institution), "state": isHalted ? "halted" : "waiting"])
    case .lost(let reason, let seconds):
      problem(
        "warning", "VD621", reason, hint: "trying again in \(seconds) s, then every ten",
        ["retry_in_seconds": .number(seconds)])
    case .hindered(let reason, let seconds):
      problem(
        "warning", "VD693", reason, hint: "trying again in \(seconds) s, then every ten",
        ["retry_in_seconds": .number(seconds)])
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
    report(events: events, cells: cells)
  }

  /// Tells what was done.
  func report(events: Int, cells: Int) {
    line(
      "info", "\(events) events projected, \(cells) cells computed",
      ["events": .number(events), "cells": .number(cells)])
  }

  func line(_ level: String, _ message: String, _ members: [String: Member] = [:]) {
    Console.line(rendered(level, message, members))
  }

  /// A line as it would be told.
  func rendered(_ level: String, _ message: String, _ members: [String: Member] = [:]) -> String {
    format == .text ? message : json(level, message, members)
  }

  /// Tells what ended the work, where it is not for people; the status with which to end.
  /// - Returns: `nil` where the caller is to tell it.
  func tellEnd(_ error: any Error) -> ExitStatus? {
    guard format == .json, let failure = Failure(error) else { return nil }
    let parts = failure.text.split(separator: "\n  hint: ", maxSplits: 1).map(String.init)
    problem("error", failure.code, parts.first ?? "", hint: parts.last ?? "", [:])
    return failure.status
  }

  private func problem(
    _ level: String, _ code: String, _ message: String, hint: String, _ members: [String: Member]
  ) {
    let members = members.merging(["code": .text(code), "hint": .text(hint)]) { first, _ in first }
    Console.problem(
      format == .text
        ? "varde: \(level)[\(code)]: \(message)\n  hint: \(hint)" : json(level, message, members))
  }

  private func json(_ level: String, _ message: String, _ members: [String: Member]) -> String {
    var all = members
    all["time"] = .text(Date().formatted(.iso8601))
    all["level"] = .text(level)
    all["message"] = .text(message)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(all)).map { String(decoding: $0, as: UTF8.self) } ?? message
  }
}
