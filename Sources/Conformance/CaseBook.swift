internal import StrictJSON

/// The cases that every channel must pass: the lines of Cases/*.jsonl, which are built into the program.
enum CaseBook {
    static func cases() throws -> [Case] {
        let files = [
            PackageResources.orders_jsonl, PackageResources.payloads_jsonl, PackageResources.people_jsonl,
            PackageResources.hosting_jsonl,
        ]
        return try files.flatMap { file in
            try file.split(separator: UInt8(ascii: "\n")).map { try Case(JSON(parsing: Array($0))) }
        }
    }
}
