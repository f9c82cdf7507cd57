internal import Glibc

/// A file of numbers: a row a line, separated by commas; nothing between two commas is missing.
struct NumberTable {
  /// There is no such file, or a line of it is not as wide as the first.
  struct Unreadable: Error {
    var path: String
    var line: Int
  }

  private(set) var columns: [[Double?]] = []

  init(path: String) throws {
    guard let file = fopen(path, "r") else { throw Unreadable(path: path, line: 0) }
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer {
      fclose(file)
      free(buffer)
    }
    var line = 0
    while getline(&buffer, &capacity, file) > 0, let text = buffer {
      line += 1
      let width = append(text, isFirst: line == 1)
      guard width == columns.count else { throw Unreadable(path: path, line: line) }
    }
  }

  /// The numbers of a column without those missing.
  func present(_ column: Int) -> [Double] { columns[column].compactMap(\.self) }

  /// Adds the numbers of one line to the columns, and says how many they were.
  private mutating func append(_ text: UnsafeMutablePointer<CChar>, isFirst: Bool) -> Int {
    var place = text
    var column = 0
    while true {
      var end: UnsafeMutablePointer<CChar>? = place
      let number = strtod(place, &end)
      let next = end ?? place
      if isFirst { columns.append([]) }
      guard column < columns.count else { return column + 1 }
      columns[column].append(next == place ? nil : number)
      column += 1
      guard next.pointee == UInt8(ascii: ",") else { return column }
      place = next + 1
    }
  }
}
