#if DEBUG
  @testable import Ingest

  /// What holds for all bytes on their way to cells.
  enum TextChecks {
    private static let blocks = [1, 2, 3, 7, 64, 65_536]

    private struct Parsed: Equatable {
      var rows: [[[UInt8]]] = []
      var lines: [Int] = []
      var faults: [RowFault.Kind?] = []
      var places: [SourcePosition] = []
    }

    static func rows(_ bytes: [UInt8], _ choice: Int) {
      let delimiters: [Delimiter?] = [nil] + Delimiter.allCases
      let delimiter = delimiters[choice % 4]
      let whole = parse(bytes, delimiter, block: 65_536)
      let again = parse(bytes, delimiter, block: blocks[choice / 4 % blocks.count])
      precondition(whole == again, "blocks make a difference")
      precondition(whole.lines == whole.lines.sorted(), "lines go backwards")
      let last = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
      for place in whole.places {
        precondition((1...last).contains(place.line), "a line outside the file")
        precondition((1...bytes.count + 1).contains(place.column), "a column outside the file")
      }
    }

    private static func parse(_ bytes: [UInt8], _ delimiter: Delimiter?, block: Int) -> Parsed {
      var limits = CSVReader.Limits()
      limits.rows = 7
      limits.rowBytes = 2_048
      limits.cellBytes = 512
      limits.cells = 64
      limits.batchBytes = 4_096
      var parsed = Parsed()
      do {
        let reader = try CSVReader(
          MemorySupply(bytes, block: block), delimiter: delimiter, limits: limits)
        while try reader.next() {
          let batch = reader.batch
          for row in batch.rows where row.fault?.kind != .rowTooLarge {
            parsed.lines.append(row.line)
            parsed.faults.append(row.fault?.kind)
            if let fault = row.fault {
              parsed.places.append(batch.position(of: fault.offset, in: row))
            }
            parsed.rows.append(batch.cells(of: row).map { Array(batch.span($0)) })
            for cell in batch.cells(of: row) {
              parsed.places.append(batch.position(of: cell.origin, in: row))
            }
            precondition(
              row.fault != nil || UTF8Check.isText(Array(batch.raw(row))), "text that is none")
          }
        }
        // Where a row is given up depends on how much of it had arrived.
        if reader.gaveUp { return Parsed() }
      } catch {
        preconditionFailure("\(error)")
      }
      return parsed
    }

    static func decoding(_ bytes: [UInt8], _ choice: Int) {
      let encodings: [TextEncoding?] = [nil] + TextEncoding.allCases
      let wanted = encodings[choice % encodings.count]
      let whole = decode(bytes, wanted, block: 65_536)
      let block = blocks[choice / encodings.count % blocks.count]
      let again = decode(bytes, wanted, block: block)
      precondition(whole?.text == again?.text, "blocks make a difference")
      guard let (text, choice) = whole else { return }
      let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
      if choice.encoding == .windows1252, wanted != nil {
        precondition(!contains(text, replacement), "a letter was made up")
      } else if choice.encoding == .utf8 {
        precondition(contains(text, replacement) == contains(bytes, replacement), "made up")
      }
      let mark = choice.hasMark ? TextEncoder.mark(choice) : []
      let isEven =
        choice.encoding == .utf8 || choice.encoding == .windows1252
        || (bytes.count - mark.count).isMultiple(of: 2)
      guard wanted != nil, isEven else { return }
      let back = mark + TextEncoder(encoding: choice.encoding).encode(text)
      precondition(back == bytes, "the way back ends elsewhere")
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
      bytes.count >= part.count
        && (0...bytes.count - part.count).contains {
          bytes[$0..<$0 + part.count].elementsEqual(part)
        }
    }

    private static func decode(
      _ bytes: [UInt8], _ wanted: TextEncoding?, block: Int
    ) -> (text: [UInt8], choice: EncodingChoice)? {
      let decoder = TextDecoder(MemorySupply(bytes, block: block), file: "f", encoding: wanted)
      var text: [UInt8] = []
      do {
        while try decoder.append(to: &text) {}
      } catch is InputError {
        return nil
      } catch {
        preconditionFailure("\(error)")
      }
      return (text, decoder.choice)
    }

    static func lines(_ bytes: [UInt8]) {
      do {
        let reader = LineReader(MemorySupply(bytes), limit: 4_096)
        var last = 0
        while let line = try reader.next() {
          precondition(line.number > last, "lines go backwards")
          last = line.number
          _ = try? JSONReader.read(line.bytes)
        }
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }

  extension UTF8Check {
    static func isText(_ bytes: [UInt8]) -> Bool {
      bytes.withUnsafeBufferPointer { check($0) == .valid }
    }
  }
#endif
