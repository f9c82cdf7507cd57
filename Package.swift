// swift-tools-version: 6.3
import PackageDescription

/// Every target of ours: Swift 6 mode, explicit existentials, imports that say who sees them,
/// and a warning is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

// The targets stand in the order of the data's path; a target depends only on those below it
// and on Events, the vocabulary.
let package = Package(
  name: "varde",
  products: [
    .executable(name: "varde", targets: ["varde"]),
    .executable(name: "varde-oracle", targets: ["varde-oracle"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .executableTarget(
      name: "varde",
      dependencies: [
        "Events", "Ingest", "Vault", "EventLog", "Projection", "Indicators", "Release", "Postgres",
        "CMicroHTTP", arguments,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "varde-bench",
      dependencies: ["EventLog", "Events", "Ingest", "Statistics", "Vault", "Postgres"],
      swiftSettings: strict),
    .executableTarget(
      name: "varde-oracle", dependencies: ["Statistics", crypto], swiftSettings: strict),

    .target(name: "Events", dependencies: ["Yams"], swiftSettings: strict),
    .target(
      name: "Ingest",
      dependencies: [
        "Events", "Vault", "EventLog", "Postgres", "CZip", "CXML", "CReadStat", "Yams", crypto,
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(name: "Vault", dependencies: ["Postgres"], swiftSettings: strict),
    .target(
      name: "EventLog", dependencies: ["Events", "Postgres", crypto], swiftSettings: strict),
    .target(
      name: "Projection", dependencies: ["EventLog", "Indicators", "Postgres"],
      swiftSettings: strict),
    .target(
      name: "Release",
      dependencies: [
        "Events", "EventLog", "Indicators", "Statistics", "Postgres", crypto,
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),
    .target(
      name: "Indicators", dependencies: ["Events", "Statistics", "Postgres", crypto],
      swiftSettings: strict),
    .target(
      name: "Statistics", dependencies: ["CGSL", "CNetwork", "CLinearProgram"],
      swiftSettings: strict),
    .target(
      name: "Postgres", dependencies: ["CPostgreSQL", "CSchema"], swiftSettings: strict),

    .systemLibrary(
      name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CMicroHTTP", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    // libxml2's headers bring an ICU that is not Swift's.
    .target(name: "CXML", dependencies: ["CLibXML"]),
    .systemLibrary(
      name: "CLibXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // ReadStat has no pkg-config file.
    .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"])]),
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    // igraph's header clashes with others when Swift imports it, and GLPK has no pkg-config
    // file; both stand behind a C target that shows only functions of ours.
    .target(name: "CNetwork", dependencies: ["CIgraph"]),
    .systemLibrary(
      name: "CIgraph", pkgConfig: "igraph", providers: [.apt(["libigraph-dev"])]),
    .target(name: "CLinearProgram", linkerSettings: [.linkedLibrary("glpk")]),
    .target(name: "CSchema"),

    .target(
      name: "TestSupport",
      dependencies: ["Events", "Vault", "EventLog", "Projection", "Postgres"],
      path: "Tests/Support", swiftSettings: strict),
    .testTarget(name: "EventsTests", dependencies: ["Events"], swiftSettings: strict),
    // What is asked of every input, for the tests and for a fuzzer; see Scripts/fuzz.
    .target(
      name: "FuzzTargets", dependencies: ["Ingest", "EventLog", "Events"],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .executableTarget(
      name: "varde-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Runner",
      swiftSettings: strict),
    // Everything killed at random while people record and workers work; see Scripts/soak.
    .target(
      name: "Soak", dependencies: ["EventLog", "Events", "Vault", "Postgres"],
      path: "Tests/Soak/Harness", swiftSettings: strict),
    .executableTarget(
      name: "varde-soak", dependencies: ["Soak"], path: "Tests/Soak/Runner",
      swiftSettings: strict),
    .testTarget(
      name: "IngestTests",
      dependencies: ["Ingest", "EventLog", "Events", "FuzzTargets", "CZip"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(name: "VaultTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(name: "EventLogTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(name: "ProjectionTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["Statistics", "varde-oracle", "CNetwork", "CLinearProgram"],
      swiftSettings: strict),
    .testTarget(
      name: "IndicatorsTests",
      dependencies: ["Indicators", "EventLog", "Events", "Postgres", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReleaseTests", dependencies: ["Release", "Indicators", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "SchemaTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["varde", "Soak", "TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
