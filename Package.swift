// swift-tools-version: 6.2
import PackageDescription

// ExistentialAny: https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
// InternalImportsByDefault: https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
// MemberImportVisibility: https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
// NonisolatedNonsendingByDefault: https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// `embedded` are files whose bytes become part of the program.
///
/// A room `withLoops` goes over every byte or row of all that the others do: it is optimised in debug builds too, since
/// the tests would wait for it more than for anything else. Larger rooms would take longer to compile than they save.
func room(
    _ name: String, _ dependencies: [String] = [], path: String? = nil, embedded: [String] = [],
    withLoops: Bool = false
) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .byName(name: $0) }, path: path,
        resources: embedded.map { .embedInCode($0) },
        swiftSettings: settings + (withLoops ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []))
}

/// A channel of this build, with the samples that the conformance kit tries.
func channel(_ name: String) -> Target {
    room(name, ["ChannelKit"], path: "Plugins/\(name)", embedded: ["samples.json"])
}

func program(_ name: String, _ dependencies: [String]) -> Target {
    .executableTarget(name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [String]) -> Target {
    .testTarget(
        name: name, dependencies: (["TestSupport"] + dependencies).map { .byName(name: $0) }, swiftSettings: settings)
}

let package = Package(
    name: "patron",
    products: [
        // Loaded into the daemon by the tests of what survives loss of power.
        .library(name: "PowerTrace", type: .dynamic, targets: ["PowerTrace"])
    ],
    targets: [
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CSystem", linkerSettings: [.linkedLibrary("crypt")]),
        room("Hashing", withLoops: true),
        room("StrictJSON", withLoops: true),
        .target(name: "CStorage"),
        room("Storage", ["CStorage", "CSQLite"], withLoops: true),
        room("Journal", ["CSystem"], withLoops: true),
        room("Wire", ["StrictJSON"], withLoops: true),
        room("Registry", ["CSystem", "Hashing", "Storage", "StrictJSON"]),
        room("ChannelKit", ["Registry", "Storage", "StrictJSON"], withLoops: true),
        room(
            "Conformance", ["ChannelKit", "ControlClient", "StrictJSON"],
            embedded: ["orders", "payloads", "people", "hosting"].map { "Cases/\($0).jsonl" }),
        room("ChannelRunner", ["ChannelKit", "Polling"]),
        room("Transfer", ["CSystem", "Registry", "StrictJSON"]),
        room(
            "Hosting", ["ChannelKit", "CSystem", "Journal", "Polling", "Registry", "Storage", "StrictJSON", "Transfer"]),
        room("Commands", ["Hosting", "ChannelKit", "Registry", "Storage", "StrictJSON", "Transfer", "Wire"]),
        room("Polling", ["CSystem"], withLoops: true),
        room("ControlServer", ["CSystem", "Polling", "Wire"], withLoops: true),
        room("ControlClient", ["StrictJSON", "CSystem"], withLoops: true),
        program(
            "patrond",
            [
                "Booking", "ChannelKit", "ChannelRunner", "Commands", "Conformance", "ControlClient", "ControlServer",
                "Events", "Hosting",
                "ManualEntry", "OnlineShop", "PointOfSale", "Registry", "Storage", "StrictJSON",
            ]),
        program("patronctl", ["ControlClient"]),
        program("patron-bench", ["ControlClient", "CSQLite", "CSystem", "Registry", "Storage", "StrictJSON"]),
        tests("BenchTests", ["patron-bench", "Registry", "Storage", "StrictJSON"]),
        channel("OnlineShop"),
        channel("Booking"),
        channel("Events"),
        channel("PointOfSale"),
        channel("ManualEntry"),
        room(
            "TestSupport", ["ControlClient", "CSQLite", "CSystem", "StrictJSON"], path: "Tests/TestSupport",
            withLoops: true),
        tests("EndToEndTests", ["ControlClient", "Registry", "StrictJSON", "Transfer", "patrond", "patronctl"]),
        tests(
            "RobustnessTests", ["ControlClient", "CSQLite", "CSystem", "Registry", "Storage", "StrictJSON", "patrond"]),
        .target(name: "PowerTrace", path: "Tests/PowerTrace"),
        tests(
            "PowerLossTests",
            [
                "Booking", "ChannelKit", "ControlClient", "Events", "Hosting", "Journal", "ManualEntry", "OnlineShop",
                "PointOfSale", "PowerTrace", "Registry", "Storage", "StrictJSON", "patrond",
            ]),
        tests("StrictJSONTests", ["StrictJSON"]),
        tests("WireTests", ["StrictJSON", "Wire"]),
        tests("PollingTests", ["Polling"]),
        tests("ControlServerTests", ["ControlServer", "CSystem", "Polling", "Wire"]),
        tests(
            "ChannelTests",
            ["Booking", "ChannelKit", "Events", "ManualEntry", "OnlineShop", "PointOfSale", "Storage"]),
        tests(
            "ConformanceTests",
            [
                "Booking", "ChannelKit", "Conformance", "ControlClient", "Events", "ManualEntry", "OnlineShop",
                "PointOfSale", "StrictJSON", "patrond",
            ]),
        tests("PatronctlTests", ["ControlClient", "CSystem", "StrictJSON"]),
        tests("StorageTests", ["CSQLite", "CStorage", "Storage"]),
        tests("JournalTests", ["Journal"]),
        tests("RegistryTests", ["Registry", "Storage", "StrictJSON"]),
        tests("TransferTests", ["Registry", "StrictJSON", "Transfer"]),
        tests("HostingTests", ["ChannelKit", "CSystem", "Hosting", "Registry", "Storage"]),
    ]
)
