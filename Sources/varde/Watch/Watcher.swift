import Events
import FoundationEssentials
import Glibc
import Ingest
import Postgres

/// Records what is dropped into a folder, one file after the other.
final class Watcher {
  private let folder: DropFolder
  private let workplace: Workplace
  private let institution: String?
  private let order: SendingOrder
  private let stop: StopSignal
  private let observer: ProgressLine
  /// `nil` until the database answers.
  private var recorder: Recorder?
  private var seen: [String: DroppedFile.Stamp] = [:]
  /// What was told already, and is not told at every look.
  private var told: Set<String> = []
  /// The folder of a watcher that was killed, until its file is finished.
  private var adopted: WorkFolder?

  init(
    _ folder: DropFolder, _ workplace: Workplace, institution: String?, _ order: SendingOrder,
    _ stop: StopSignal
  ) {
    self.folder = folder
    self.workplace = workplace
    self.institution = institution
    self.order = order
    self.stop = stop
    observer = ProgressLine(stop)
  }

  /// Looks once, and records what has stayed as it was since the last look. A signal ends it between
  /// two files, or between two blocks of one.
  /// - Throws: `SystemError` where a file cannot be moved on; it is finished with at the next round.
  func round() throws -> [ExitStatus] {
    var ends: [ExitStatus] = []
    if let own = folder.own.claim { ends += try finish(own, in: folder.own, isLeft: true) }
    while !stop.isRaised, let left = adopted ?? folder.takeOver() {
      // Kept until it is finished: a lock that is given up would leave the file to others.
      adopted = left
      if let claim = left.claim { ends += try finish(claim, in: left, isLeft: true) }
      if ends.last != .interrupted { left.remove() }
      adopted = nil
    }
    for file in try still() where !stop.isRaised {
      if let claim = try take(file) { ends += try finish(claim, in: folder.own, isLeft: false) }
    }
    return ends
  }

  /// A file that cannot be taken does not keep others waiting.
  private func take(_ file: DroppedFile) throws -> Claim? {
    do {
      return try folder.take(file, lastRun: try lastRun())
    } catch let error as SystemError {
      tellOnce("VD223", "\(file.path): \(error); it is tried again")
      return nil
    }
  }

  /// Files that are no longer being written.
  private func still() throws -> [DroppedFile] {
    let contents = try folder.contents()
    for what in contents.leftAlone { tellOnce("VD222", "\(what); it is left alone") }
    let before = seen
    seen = [:]
    for file in contents.files { seen[file.path] = file.stamp }
    return contents.files.filter { before[$0.path] == $0.stamp && !folder.isBeingWritten($0) }
  }

  private func tellOnce(_ code: String, _ text: String) {
    if told.insert(text).inserted { Console.problem("varde: warning[\(code)]: \(text)") }
  }

  /// Looks without taking anything; what does not change until the next look is complete.
  func look() throws { _ = try still() }

  /// Dropped files that are not complete yet.
  func waiting() throws -> [String] { try folder.contents().files.map(\.path) }

  /// The next file finds another session.
  func forgetSession() { recorder = nil }

  private func current() throws -> Recorder {
    if let recorder { return recorder }
    let made = try Recorder(workplace, institution: institution, observer: observer)
    recorder = made
    return made
  }

  private func lastRun() throws -> Int { try current().archive.runs(limit: 1).first?.number ?? 0 }

  /// Records a file and moves it; an interrupted one stays, to be gone on with.
  /// - Parameter isLeft: whether an earlier attempt may have recorded it already.
  private func finish(
    _ claim: Claim, in work: WorkFolder, isLeft: Bool
  ) throws -> [ExitStatus] {
    // Reports name the file as it lies below the drop folder, where it will lie below `done`, too.
    guard chdir(work.path) == 0 else { throw SystemError("enter \(work.path)", errno) }
    var sent = try send(claim, in: work, isLeft: isLeft)
    // Somebody may have written to the file since it was taken: then it is sent again, and what was
    // recorded of it is unchanged.
    while case .report(let report) = sent, !report.isInterrupted, !report.isUnusable,
      !stop.isRaised,
      let digest = RunArchive.digest(of: claim.path), hexadecimal(digest) != report.sha256
    {
      stop.wait(milliseconds: 1_000)
      sent = try send(claim, in: work, isLeft: false)
    }
    let end = ExitStatus(sent)
    if end == .interrupted {
      Console.line("\(claim.path): interrupted; the next watcher goes on with it")
      return [end]
    }
    if case .report(let report) = sent, report.lacksRejects {
      throw SystemError("write what was rejected of \(claim.path) in \(work.path)", ENOSPC)
    }
    try Files.write(try sent.text() + "\n", to: "\(work.path)/\(claim.textReport)")
    try Files.write(try sent.json() + "\n", to: "\(work.path)/\(claim.jsonReport)")
    try folder.finish(claim, in: work, isDone: end == .done)
    Console.line("\(claim.path): \(sent.summary); see \(end == .done ? "done" : "failed")")
    return [end]
  }

  private func send(_ claim: Claim, in work: WorkFolder, isLeft: Bool) throws -> Sent {
    do {
      let sending: Sending
      let kind: any RecordKind
      if let binding = try BindingFolder(folder.bindings).binding(for: claim.path) {
        guard let bound = RecordKinds.named(binding.kind) else { throw unknown(claim) }
        (sending, kind) = (.bound(claim.path, binding), bound)
      } else if let named = DroppedFile.kind(of: claim.path) {
        (sending, kind) = (.file(claim.path, named), named)
      } else {
        throw unknown(claim)
      }
      if isLeft, let kept = try keptReport(claim, kind) { return kept }
      try work.clear(claim)
      return try current().send(sending, kind: kind, order)
    } catch let error as InputError {
      return .report(
        IngestReport(
          unusable: error, run: UUID(), kind: DroppedFile.kind(of: claim.path)?.name ?? "",
          file: claim.path, isDryRun: false))
    }
  }

  /// The report of a run that came to its end although its watcher did not.
  private func keptReport(_ claim: Claim, _ kind: any RecordKind) throws -> Sent? {
    let archive = try current().archive
    guard let digest = RunArchive.digest(of: claim.path),
      let run = try archive.finished(kind: kind.name, file: claim.path, digest: digest),
      run.number > claim.lastRun
    else { return nil }
    // Where its rejected rows are nowhere, it is sent again, and what was recorded is unchanged.
    guard let kept = try archive.report(of: run), !kept.report.lacksRejects else { return nil }
    return .report(kept.report)
  }

  private func unknown(_ claim: Claim) -> InputError {
    let kinds = RecordKinds.all.map(\.name).joined(separator: ", ")
    return InputError([
      Diagnostic(
        code: "VD656", file: claim.path, message: "the name of the file does not say its kind",
        hint: "begin it with the kind (\(kinds)), put it into the kind's folder, or write a binding"
      )
    ])
  }
}

extension Sent {
  fileprivate func text() throws -> String {
    switch self {
    case .report(let report): report.text()
    case .interrupted: ""
    }
  }

  fileprivate func json() throws -> String {
    switch self {
    case .report(let report): try report.json()
    case .interrupted: ""
    }
  }

  fileprivate var summary: String {
    switch self {
    case .report(let report) where report.isUnusable:
      report.diagnostics.first?.message ?? "not usable"
    case .report(let report): report.summary
    case .interrupted: ""
    }
  }
}
