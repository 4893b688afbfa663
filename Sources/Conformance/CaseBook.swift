internal import StrictJSON

/// The cases that every channel must pass: the lines of Cases/*.jsonl, which are built into the program.
enum CaseBook {
    /// - Parameter own: The channel's own cases; what is asked at last comes behind them.
    /// - Returns: All, in the order they are tried.
    /// - Throws: ``KitError/badSamples(_:)``.
    static func cases(with own: [Case]) throws -> [Case] {
        let files = [PackageResources.orders_jsonl, PackageResources.payloads_jsonl, PackageResources.people_jsonl]
        return try files.flatMap(cases) + own + cases(PackageResources.hosting_jsonl)
    }

    private static func cases(_ file: [UInt8]) throws -> [Case] {
        try file.split(separator: UInt8(ascii: "\n")).map { try Case(JSON(parsing: Array($0))) }
    }
}
