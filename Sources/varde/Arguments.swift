public import ArgumentParser
public import Ingest
public import Release

// How the words of Ingest are typed on the command line.

extension Language: ExpressibleByArgument {}

extension TextEncoding: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument) }
}

extension Delimiter: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument) }
}

extension ExcelDates: ExpressibleByArgument {}

extension ReleaseOptions.Language: ExpressibleByArgument {}

extension SendingOrder.Atomicity: ExpressibleByArgument {}
