import EventLog
import Events
import Ingest
import Indicators
import Postgres
import Projection
import Release

/// An error as the command tells it: stable code, text with hint, exit status.
struct Failure {
  let code: String
  let text: String
  let status: ExitStatus

  init(code: String, text: String, status: ExitStatus) {
    self.code = code
    self.text = text
    self.status = status
  }

  /// `nil` for errors of the argument parser, which knows how to tell its own.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as PostgresError where error.isUnknownDatabase:
      self.init(
        code: "VD694",
        text:
          "\(error)\n  hint: does VARDE_DATABASE_URL name the right one? It may have to be made: "
          + "createdb, then varde init",
        status: .system)
    case let error as PostgresError where error.isFull:
      self.init(
        code: "VD695",
        text:
          "\(error)\n  hint: a worker takes a session for each of --concurrency, three more, and "
          + "one for its metrics; raise the limit (ALTER ROLE … CONNECTION LIMIT, max_connections) or "
          + "take less",
        status: .system)
    case let error as PostgresError where error.isConnectionFailure:
      self.init(
        code: "VD600",
        text:
          "\(error.message)\n  hint: is the server running, and does VARDE_DATABASE_URL name it?",
        status: .system)
    case let error as PostgresError where error.isRefusal:
      self.init(
        code: "VD691",
        text: "\(error)\n  hint: check name and password; a login must be a member of the role it "
          + "acts in: varde_projector for workers and status, varde_recorder for recording",
        status: .system)
    case let error as PostgresError where error.isCancelled:
      self.init(
        code: "VD692",
        text:
          "\(error)\n  hint: if nobody cancelled it, the login's statement_timeout is too short "
          + "for this command; ALTER ROLE … SET statement_timeout changes it",
        status: .system)
    case let error as PostgresError:
      self.init(code: "VD610", text: error.description, status: .system)
    case let error as Migrator.Mismatch:
      self.init(code: error.code, text: error.description, status: .system)
    case let error as ReadSide.Outdated:
      self.init(code: "VD605", text: error.description, status: .system)
    case let error as PostgresPrograms.NotInstalled:
      self.init(code: "VD606", text: error.description, status: .system)
    case let error as PrivateCluster.Failure:
      self.init(code: "VD607", text: error.description, status: .system)
    case let error as SystemError:
      self.init(code: "VD608", text: error.description, status: .system)
    case let problem as RebuildProblem:
      self.init(code: problem.code, text: problem.description, status: .system)
    case let error as IndicatorError:
      self.init(code: "VD641", text: "\(error)", status: .system)
    case let problem as ReleaseLoader.Problem:
      self.init(code: "VD630", text: problem.description, status: .nothingWritten)
    case let error as ReleaseError:
      let hint = error.hint.map { "\n  hint: \($0)" } ?? ""
      self.init(code: error.code, text: error.description + hint, status: .nothingWritten)
    default: return nil
    }
  }
}

extension Failure: Error {}
