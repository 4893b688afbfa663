internal import ChannelKit
internal import Registry
internal import StrictJSON
internal import Transfer
internal import Wire

/// How a verb that exports a table was asked to write it.
struct TableLayout: Sendable {
    let delimiter: UInt8
    let format: TableFormat

    static let parameters: [Parameter] = [
        .optional("format", .text, "csv, which is the only one"),
        .optional(
            "delimiter", .text,
            "what parts the fields: a comma, tab, or a semicolon, with which numbers have a decimal comma"),
    ]

    /// - Throws: ``CommandError/badValue(_:_:)``.
    init(_ invocation: TenantInvocation) throws(CommandError) {
        if let format = invocation.arguments.text("format"), format != "csv" {
            throw .badValue("format", "csv is the only one")
        }
        let delimiters: [String: Character] = [",": ",", ";": ";", "tab": "\t", "\t": "\t"]
        let text = invocation.arguments.text("delimiter") ?? ","
        guard let delimiter = delimiters[text]?.asciiValue else {
            throw .badValue("delimiter", "a comma, a semicolon or tab is needed")
        }
        self.delimiter = delimiter
        format = TableFormat(zone: invocation.shop.timeZone, decimalSign: text == ";" ? "," : ".")
    }
}

/// Sends the records of a table as pieces of a file.
struct TableOutput {
    private static let piece = 32 << 10
    private let job: Job
    private var writer: CSVWriter
    private var isFirst = true
    /// How many records there were behind the header.
    private(set) var count = 0

    /// Begins with the header.
    init(_ job: Job, _ layout: TableLayout, header: [String]) {
        self.job = job
        writer = CSVWriter(delimiter: layout.delimiter)
        writer.record(header)
    }

    /// - Throws: ``JobCancelled``.
    mutating func record(_ fields: [String]) throws {
        writer.record(fields)
        count += 1
        if writer.count >= Self.piece { try send() }
        if count.isMultiple(of: 10_000) { try job.progress(done: count, total: nil) }
    }

    /// Sends what is left, and says how many records there were.
    ///
    /// - Throws: ``JobCancelled``.
    mutating func finish() throws -> Reply {
        try send()
        let count = count
        return Reply(outcome: .ok(JSONWriter.object { $0.member("rows", count) }))
    }

    private mutating func send() throws {
        let bytes = (isFirst ? CSVWriter.byteOrderMark : []) + writer.take()
        isFirst = false
        try job.row(JSONWriter.object { $0.member("text", String(decoding: bytes, as: UTF8.self)) })
    }
}
