#if DEBUG
  import Events
  @testable import Ingest

  /// One entrance for bytes that may be anything. Running it ends the program where something does
  /// not hold that must hold for every input.
  public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Delimited text, whatever the blocks it arrives in. The first byte chooses delimiter and block.
    case csv
    /// Bytes to text and back. The first byte chooses encoding and block.
    case decoder
    /// A whole file of some kind, of whatever form its first bytes say. The first byte chooses the kind.
    case file
    /// A workbook's attendance, a statistics file's responses, and records as lines of JSON: the bytes
    /// decide which reader takes them, the seeds are of that form.
    case xlsx, sav, dta, ndjson
    /// What tools write, one target a kind of binding.
    case teams, zoom, nettskjema, limesurvey, qualtrics, redcap, xapi, table
    case nettskjemaAnswers = "nettskjema-answers"
    case limesurveyVV = "limesurvey-vv"
    case xapiEnrolments = "xapi-enrolments"
    /// Both forms of DHIS2, nested and a table.
    case dhis2
    case attendanceList = "attendance-list"
    /// A description of a form that lies beside its answers.
    case elements, dictionary
    /// A binding.
    case binding
    /// Lines of JSON.
    case json

    /// How many rows a file of this target gives the log; `nil` for what is no file.
    public func recorded(_ bytes: [UInt8]) -> Int? {
      switch self {
      case .csv, .decoder, .binding, .json: return nil
      default:
        bytes.withUnsafeBufferPointer(run)
        return FuzzScene.shared.recorded
      }
    }

    public func run(_ bytes: UnsafeBufferPointer<UInt8>) {
      let rest = Array(bytes.dropFirst())
      let choice = Int(bytes.first ?? 0)
      switch self {
      case .csv: TextChecks.rows(rest, choice)
      case .decoder: TextChecks.decoding(rest, choice)
      case .file:
        FuzzScene.shared.send(rest, RecordKinds.all[choice % RecordKinds.all.count])
      case .xlsx, .ndjson: FuzzScene.shared.send(Array(bytes), AttendanceKind())
      case .sav, .dta: FuzzScene.shared.send(Array(bytes), ResponseKind())
      case .elements, .dictionary: FuzzScene.shared.describe(Array(bytes), self)
      case .binding: FuzzScene.shared.bind(String(decoding: bytes, as: UTF8.self))
      case .json: TextChecks.lines(Array(bytes))
      case .nettskjemaAnswers: FuzzScene.shared.answer(Array(bytes))
      case .teams, .zoom, .nettskjema, .limesurvey, .limesurveyVV, .qualtrics,
        .redcap, .xapi, .xapiEnrolments, .dhis2, .attendanceList, .table:
        FuzzScene.shared.send(Array(bytes), FuzzBindings.all[self])
      }
    }
  }
#endif
